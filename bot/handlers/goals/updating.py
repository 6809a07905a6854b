"""The owner updates a goal from any Update button; the check-in shows goals; a message can be kept as evidence."""

from bot.context import Bot
from bot.errors import Conflict, Invalid, NotFound
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.checkins import JustShared, Opened, Part, Saved
from bot.handlers.goals.windows import ended, found_goal, outdated, refreshed
from bot.handlers.routing import Again, Call, HomeChanged, Reply, Window
from bot.models.goals import GoalReading, Update
from bot.services import goals
from bot.views import goals as views
from bot.views import kit
from bot.views.checkins import FormPart
from bot.views.goals import Ref

UPDATED = ("Goal updated", "Your update is saved.")


async def open_update(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    _, found = await found_goal(bot, call, ref.goal_id)
    return Window(views.update_form(found, ref))


async def on_update(bot: Bot, call: Call) -> Reply:
    """If two people update at once, the second sees the first update and keeps their own words."""
    ref = Ref.decode(call.view.get("private_metadata"))
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            before = await goals.read(session, me, ref.goal_id, now=bot.now())
            is_in_trouble = await goals.update(session, me, _change(call, ref, before), now=bot.now())
    except Conflict as error:
        _, found = await found_goal(bot, call, ref.goal_id)
        return Again(views.update_form(found, ref, typed=call.view), error.sentence)
    then = Window(views.said_early(before)) if is_in_trouble else await ended(bot, call, ref, *UPDATED)
    return refreshed(call, ref, then=then)


def _change(call: Call, ref: Ref, now: GoalReading) -> Update:
    """Fields of an older version may differ, so its values are not read; the service only reports the conflict."""
    if now.summary.version != ref.version:
        return Update(ref.goal_id, ref.version)
    return views.read_update(call.view, now)


async def on_no_change(bot: Bot, call: Call) -> Reply:
    """One tap reports no change. If somebody has changed the goal meanwhile, the form shows that change."""
    ref = Ref.decode(call.value)
    try:
        async with writing(
            bot,
            call,
            once=Harmless("a repeat names an older version and is refused"),
        ) as (session, me):
            await goals.report_no_change(session, me, ref.goal_id, seen=ref.version, now=bot.now())
    except Conflict as error:
        _, found = await found_goal(bot, call, ref.goal_id)
        typed = call.view if _is_update(call) else None
        return Again(views.update_form(found, ref, typed=typed), error.sentence)
    return await _noted(bot, call, ref)


def _is_update(call: Call) -> bool:
    return call.view.get("callback_id") == views.UPDATE


async def _noted(bot: Bot, call: Call, ref: Ref) -> Reply:
    """The update window, the check-in or Home shows the result, depending on where the button was pressed."""
    if call.view.get("type") != "modal":
        return HomeChanged()
    if not _is_update(call):
        return outdated(ref, str(call.view.get("id", "")), noted=ref.goal)
    _, found = await found_goal(bot, call, ref.goal_id)
    then = Window(views.noted(found), in_place=True)
    return refreshed(call, ref, noted=ref.goal, then=then)


async def _show(opened: Opened) -> FormPart:
    mine = await goals.for_checkin(opened.session, opened.me, now=opened.now)
    written = opened.prefill.written
    serves = await goals.served(opened.session, written.id) if written and mine else None
    return FormPart(
        below_questions=views.serves_input(mine, serves),
        above_more=views.checkin_blocks(mine, opened.prefill.week, opened.noted, more=opened.more),
    )


async def _save(saved: Saved) -> None:
    """The form asks only people who have goals, so only their answer is saved."""
    if views.SERVES not in kit.input_fields(saved.view):
        return
    goal_id = views.read_serves(kit.Values(saved.view))
    try:
        await goals.serve(saved.session, saved.me, checkin_id=saved.checkin_id, goal_id=goal_id)
    except (Invalid, NotFound) as error:
        raise Invalid(error.sentence, field=views.SERVES) from None


async def _next_step(said: JustShared) -> kit.NextStep | None:
    """Nothing is asked of somebody who has just said what is in their way."""
    if said.shared.has_obstacle:
        return None
    quiet = await goals.quiet_of(said.session, said.me, limit=1, now=said.now)
    return views.quiet_step(quiet[0], said.now) if quiet else None


CHECKIN_PART = Part(fields=frozenset({views.SERVES}), show=_show, save=_save, next_step=_next_step)


NO_ADDRESS = "Slack did not tell me where that message is. Try it again from the conversation it stands in."


async def open_evidence(bot: Bot, call: Call) -> Reply:
    if not call.permalink:
        raise Invalid(NO_ADDRESS)
    async with reading(bot, call) as (session, me):
        mine = await goals.mine(session, me, now=bot.now())
    return Window(views.evidence_form(mine, call.permalink))


async def on_evidence(bot: Bot, call: Call) -> Reply:
    goal_id, permalink = views.read_evidence(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        await goals.add_evidence(session, me, goal_id, permalink=permalink, now=bot.now())
        found = await goals.read(session, me, goal_id, now=bot.now())
    return Window(views.evidence_saved_page(found))
