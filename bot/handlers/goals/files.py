"""Pictures of goals and HR's files are sent to the person who asked. They take longer than Slack waits."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date

from bot import clock, pictures
from bot.context import Bot
from bot.handlers.answering import reading
from bot.handlers.files import send_file
from bot.handlers.routing import Call, Reply, Window
from bot.models.goals import GoalMoment, GoalReading, TeamGoals
from bot.services import goals, goals_export
from bot.services.goals_export import Export
from bot.views import goals as views
from bot.views.csv_file import csv_file
from bot.views.files import on_its_way
from bot.views.goals import Ref
from bot.views.xlsx_file import xlsx_file


async def send_chart(bot: Bot, call: Call) -> Reply:
    goal_id, now = Ref.decode(call.value).goal_id, bot.now()
    async with reading(bot, call) as (session, me):
        found = await goals.read(session, me, goal_id, now=now)
        moments = await goals.course(session, me, goal_id)
    course = _course(found, moments, clock.local(now, me.timezone).date(), me.timezone)
    bot.start(_send_course(bot, call.user_id, found, course))
    return Window(on_its_way("The chart"))


def _points(
    reading: GoalReading, moments: Sequence[GoalMoment], today: date, timezone: str | None
) -> Iterator[pictures.Point]:
    """Each report, and today where numbers that were held have moved the goal since the last one."""
    for one in moments:
        yield pictures.Point(clock.local(one.at, timezone).date(), one.progress, one.confidence)
    now = reading.summary
    if now.is_open and moments and now.progress != moments[-1].progress:
        yield pictures.Point(today, now.progress, now.confidence)


def _course(
    reading: GoalReading, moments: Sequence[GoalMoment], today: date, timezone: str | None
) -> pictures.Course:
    return pictures.Course(
        title=reading.summary.title,
        owner=reading.summary.owner_name,
        kind=reading.summary.kind,
        starts_on=reading.summary.begins_on,
        ends_on=reading.summary.ends_on,
        today=today,
        points=tuple(_points(reading, moments, today, timezone)),
    )


async def _send_course(bot: Bot, to: str, reading: GoalReading, course: pictures.Course) -> None:
    picture = await asyncio.to_thread(pictures.draw_goal, course)
    line = reading.summary
    title, comment = views.chart_title(line), views.chart_comment(line)
    await send_file(bot, to, "goal.png", picture.png, title=title, comment=comment, alt_text=picture.alt)


async def send_team_chart(bot: Bot, call: Call) -> Reply:
    now = bot.now()
    async with reading(bot, call) as (session, me):
        team = await goals.team(session, me, now=now)
    if team is None:
        return Window(views.team_page(None))
    bot.start(_send_team(bot, call.user_id, team, clock.local(now, me.timezone).date()))
    return Window(on_its_way("The picture of your team's goals"))


async def _send_team(bot: Bot, to: str, team: TeamGoals, today: date) -> None:
    members = tuple(
        pictures.Member(
            one.person.name,
            tuple(pictures.Bar(line.title, line.progress, line.confidence) for line in one.goals),
            one.more,
        )
        for one in team.members
    )
    title, comment = "My team's goals", views.team_comment(team.pages > 1)
    picture = await asyncio.to_thread(pictures.draw_team, pictures.Team(title, today, members))
    await send_file(
        bot, to, "team-goals.png", picture.png, title=title, comment=comment, alt_text=picture.alt
    )


# HR's file


async def send_export(bot: Bot, call: Call) -> Reply:
    """The rows are read before Slack gets its answer, so that a refusal can still be shown."""
    async with reading(bot, call) as (session, me):
        found = await goals_export.export(session, me, period=None, now=bot.now())
    bot.start(_send_export(bot, call.user_id, found, views.XLSX if call.value == views.XLSX else views.CSV))
    return Window(on_its_way("The file"))


async def _send_export(bot: Bot, to: str, found: Export, kind: str) -> None:
    content = await asyncio.to_thread(_written, found, kind)
    comment = views.export_comment(found.goals, found.is_cut)
    await send_file(bot, to, f"goals.{kind}", content, title="Goals", comment=comment)


def _written(found: Export, kind: str) -> bytes:
    if kind == views.XLSX:
        return xlsx_file("Goals", goals_export.HEADER, found.rows)
    return csv_file(goals_export.HEADER, found.rows)
