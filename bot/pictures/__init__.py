"""Pictures show what lists say: plain values become a PNG and its alt text. Drawing is pure but slow, so it needs a
thread.

`picture = await asyncio.to_thread(pictures.draw_goal, course)`. The plotting library takes a second and 40 MB to load,
so it is loaded with the first picture, not with the bot.
"""

from bot.pictures.shapes import Bar, Course, Member, Month, Picture, Point, Team, Thanks


def draw_goal(course: Course) -> Picture:
    """The picture shows how one goal went, with its target and an even pace beside it."""
    from bot.pictures import goals

    return goals.draw_course(course)


def draw_team(team: Team) -> Picture:
    """The picture shows every goal of a team as a bar, person by person."""
    from bot.pictures import goals

    return goals.draw_team(team)


def draw_thanks(thanks: Thanks) -> Picture:
    """The picture shows one person's kudos by month and by value."""
    from bot.pictures import kudos

    return kudos.draw(thanks)
