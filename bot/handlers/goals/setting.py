"""The owner sets a goal; the manager agrees ("Looks good") or suggests a change."""

from collections.abc import Sequence

from bot.context import Bot
from bot.errors import AlreadyDone, Conflict, Invalid, NotFound
from bot.handlers.answering import Harmless, reading, writing
from bot.handlers.commands import words_of
from bot.handlers.goals.windows import ended, found_goal, outdated, page, refreshed
from bot.handlers.routing import Call, Choices, Reply, Window
from bot.models import Person
from bot.models.goals import Measure, NewGoal
from bot.services import goals, people
from bot.views import goals as views
from bot.views import kit
from bot.views.goals import Below, Ref


async def open_form(bot: Bot, call: Call) -> Reply:
    """`/goals new Ship the importer` opens this form too, with these words."""
    async with reading(bot, call) as (session, me):
        draft = await goals.prefill(session, me, now=bot.now())
    form = views.form(draft, Ref.decode(call.value))
    return Window(kit.begun_with(form, await words_of(bot, call)))


async def show_more(bot: Bot, call: Call) -> Reply:
    """The form adds its rarely used fields. The others keep their ids, so Slack keeps what was typed."""
    ref = Ref.decode(call.view.get("private_metadata")).model_copy(update={"whole": True})
    async with reading(bot, call) as (session, me):
        draft = await goals.prefill(session, me, now=bot.now())
    return Window(views.form(draft, ref), in_place=True)


async def add_result(bot: Bot, call: Call) -> Reply:
    """The form adds the fields of one more key result. That of a goal which is set has room for one."""
    if call.value not in tuple(Measure):
        raise NotFound(Ref.gone)
    ref = Ref.decode(call.view.get("private_metadata"))
    ref = ref.model_copy(update={"results": (*ref.measures, Measure(call.value))})
    if call.view.get("callback_id") == views.ADD:
        _, found = await found_goal(bot, call, ref.goal_id)
        return Window(views.add_form(found, ref), in_place=True)
    async with reading(bot, call) as (session, me):
        draft = await goals.prefill(session, me, now=bot.now())
    return Window(views.form(draft, ref), in_place=True)


async def suggest_parents(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.view.get("private_metadata"))
    async with reading(bot, call) as (session, me):
        lines = await goals.parents_on_offer(session, me, words=call.text, goal_id=ref.goal, now=bot.now())
    return Choices(views.parent_choices(lines))


async def on_submit(bot: Bot, call: Call) -> Reply:
    """The window shows the goal as it was saved."""
    form, ref = views.read_form(call.view), Ref.decode(call.view.get("private_metadata"))
    try:
        async with writing(bot, call, once=call.key) as (session, me):
            shared_with = await people.refuse_outsiders(session, form.co_owners, field=views.CO_OWNERS)
            owner = await people.refuse_outsiders(session, form.owner, field=views.OWNER)
            goal_id = await goals.create(session, me, _new_goal(form, owner, shared_with), now=bot.now())
    except Invalid as error:
        raise views.in_place(error, form.places) from None
    return refreshed(call, ref, then=Window(await page(bot, call, goal_id)))


def _new_goal(form: views.Form, owner: Sequence[Person], co_owners: Sequence[Person]) -> NewGoal:
    return NewGoal(
        title=form.title,
        level=form.level,
        kind=form.kind,
        visibility=form.visibility,
        period=form.period,
        owner_id=owner[0].id if owner else None,
        co_owner_ids=tuple(person.id for person in co_owners),
        department_id=form.department_id,
        parent_id=form.parent_id,
        is_local=form.is_local,
        key_results=form.key_results,
    )


# Agreeing


async def on_agree(bot: Bot, call: Call) -> Reply:
    """The agreement counts for the version on screen. If the goal has changed or is already agreed, the window shows
    its current state.
    """
    ref = Ref.decode(call.value)
    try:
        async with writing(bot, call, once=Harmless("a second agreement changes nothing")) as (session, me):
            await goals.agree(session, me, ref.goal_id, seen=ref.version, now=bot.now())
    except (AlreadyDone, Conflict):
        return Window(await page(bot, call, ref.goal_id))
    if ref.below == Below.PAGE:
        return outdated(ref, str(call.view.get("id", "")))
    return None


async def open_suggestion(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.value)
    _, found = await found_goal(bot, call, ref.goal_id)
    return Window(views.suggest_form(found, ref))


async def on_suggest(bot: Bot, call: Call) -> Reply:
    ref = Ref.decode(call.view.get("private_metadata"))
    async with writing(bot, call, once=call.key) as (session, me):
        text = views.read_text(call.view)
        await goals.suggest_change(session, me, ref.goal_id, text=text, now=bot.now())
    return refreshed(call, ref, then=await ended(bot, call, ref, "Change suggested", views.SUGGESTED))
