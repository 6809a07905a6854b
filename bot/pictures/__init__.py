"""Pictures of what lists say: plain values in, PNG and alt text out. Pure, and slow: call in a thread of its own.

`picture = await asyncio.to_thread(pictures.draw_goal, course)`. The plotting library takes a second and 40 MB to load,
so it is loaded with the first picture, not with the bot.
"""

from bot.pictures.shapes import Bar, Course, Member, Month, Picture, Point, Team, Thanks


def draw_goal(course: Course) -> Picture:
    """How one goal went, with its target and an even pace beside it."""
    from bot.pictures import goals

    return goals.draw_course(course)


def draw_team(team: Team) -> Picture:
    """Every goal of a team as a bar, person by person."""
    from bot.pictures import goals

    return goals.draw_team(team)


def draw_thanks(thanks: Thanks) -> Picture:
    """One person's kudos by month and by value."""
    from bot.pictures import kudos

    return kudos.draw(thanks)
