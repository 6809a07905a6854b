"""The ⋯ menu of a goal's page changes its wording, key results, parent goal and owner."""

from collections.abc import Callable, Mapping

from slack_sdk.models.views import View

from bot.context import Bot
from bot.errors import Conflict, Invalid, NotFound
from bot.handlers.answering import writing
from bot.handlers.goals.windows import found_goal, refreshed
from bot.handlers.routing import Again, Call, Reply, Window
from bot.models.goals import GoalReading
from bot.services import goals, people
from bot.spelling import command
from bot.views import goals as views
from bot.views.goals import GoalChange, Ref

FORMS: Mapping[GoalChange, Callable[[GoalReading, Ref], View]] = {
    GoalChange.EDIT: views.edit_form,
    GoalChange.ALIGN: views.align_form,
    GoalChange.ADD: views.add_form,
    GoalChange.RETARGET: views.retarget_form,
    GoalChange.HAND_OVER: views.hand_over_form,
}


async def on_menu(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    if ref.change is None:
        raise NotFound(f"This menu belongs to an older version. Send {command('goals')} to find the goal.")
    return await _open(bot, call, ref, ref.change)


async def open_align(bot: Bot, call: Call) -> Reply:
    """Home offers this for a goal whose parent goal is gone."""
    return await _open(bot, call, Ref.decode(call.value), GoalChange.ALIGN)


async def _open(bot: Bot, call: Call, ref: Ref, change: GoalChange) -> Reply:
    return Window(await _form(bot, call, ref, change))


async def _form(bot: Bot, call: Call, ref: Ref, change: GoalChange) -> View:
    _, found = await found_goal(bot, call, ref.goal_id)
    if change == GoalChange.RETARGET and not found.key_results:
        raise Invalid("This goal has no key result to change. Add one first.")
    return FORMS[change](found, ref)


async def on_edit(bot: Bot, call: Call) -> Reply:
    ref, edited = Ref.decode(call.view.get("private_metadata")), views.read_edit(call.view)
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            co_owners = await people.refuse_outsiders(session, edited.co_owners, field=views.CO_OWNERS)
            await goals.edit(
                session,
                me,
                ref.goal_id,
                seen=ref.version,
                title=edited.title,
                detail=edited.detail,
                kind=edited.kind,
                visibility=edited.visibility,
                co_owner_ids=[person.id for person in co_owners],
                reason=edited.reason,
                now=bot.now(),
            )
    except Conflict as error:
        return await _again(bot, call, ref, error, GoalChange.EDIT)
    return refreshed(call, ref)


async def _again(bot: Bot, call: Call, ref: Ref, error: Conflict, change: GoalChange) -> Reply:
    """The form opens again for the current version and keeps what was typed."""
    return Again(await _form(bot, call, ref, change), error.sentence)


async def on_align(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.view.get("private_metadata"))
    parent_id, is_local = views.read_align(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        await goals.align(session, me, ref.goal_id, parent_id=parent_id, is_local=is_local, now=bot.now())
    return refreshed(call, ref)


async def on_add(bot: Bot, call: Call) -> Reply:
    ref, new = Ref.decode(call.view.get("private_metadata")), views.read_add(call.view)
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            await goals.add_key_result(session, me, ref.goal_id, new, seen=ref.version, now=bot.now())
    except Conflict as error:
        return await _again(bot, call, ref, error, GoalChange.ADD)
    return refreshed(call, ref)


async def on_retarget(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.view.get("private_metadata"))
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            told = views.read_retarget(call.view, await goals.read(session, me, ref.goal_id, now=bot.now()))
            if told.is_dropped:
                await goals.drop_key_result(
                    session, me, told.key_result_id, seen=ref.version, reason=told.reason, now=bot.now()
                )
            else:
                await goals.retarget(
                    session,
                    me,
                    told.key_result_id,
                    seen=ref.version,
                    start=told.start,
                    target=told.target,
                    typed_as=told.typed,
                    reason=told.reason,
                    now=bot.now(),
                )
    except Conflict as error:
        return await _again(bot, call, ref, error, GoalChange.RETARGET)
    return refreshed(call, ref)


async def on_hand_over(bot: Bot, call: Call) -> Reply:
    ref, picked = Ref.decode(call.view.get("private_metadata")), views.read_hand_over(call.view)
    async with writing(bot, call, once=call.key) as (session, me):
        to = (await people.refuse_outsiders(session, [picked], field=views.OWNER))[0]
        await goals.hand_over(session, me, ref.goal_id, to=to, now=bot.now())
    return refreshed(call, ref)
