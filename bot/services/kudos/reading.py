"""Reading kudos: one as far as the viewer may, one as its channel sees it, and all of a person's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.errors import NotFound
from bot.models import (
    Kudos,
    KudosEcho,
    KudosEntry,
    KudosEvent,
    KudosReceiver,
    Person,
)
from bot.models.kudos import GivenKudos, MyKudos
from bot.models.paging import Page
from bot.services import goals
from bot.services.kudos.counting import counts
from bot.services.kudos.preferences import in_private, prefers_private
from bot.services.kudos.taking_back import TAKEN_BACK, UNAVAILABLE
from bot.services.kudos.values import value_names
from bot.services.paging import page_of

NEWEST = 5
A_PAGE = 10


async def read(session: AsyncSession, viewer: Person, kudos_id: int) -> GivenKudos:
    found = await _seen(session, await _kudos(session, kudos_id), viewer)
    if found is None:
        raise NotFound(UNAVAILABLE)
    return found


async def posted(session: AsyncSession, kudos_id: int) -> GivenKudos:
    """The kudos as everybody in its channel reads it: people who want thanks in private are not named."""
    kudos = await _kudos(session, kudos_id)
    if kudos.channel is None:
        raise NotFound(UNAVAILABLE)
    return (await as_posted(session, [kudos]))[0]


async def as_posted(session: AsyncSession, several: Sequence[Kudos]) -> Sequence[GivenKudos]:
    receivers = await _receivers(session, [kudos.id for kudos in several])
    private = await in_private(session, (one.person_id for of_one in receivers.values() for one, _ in of_one))
    named = {
        kudos: [
            person
            for receiver, person in receivers.get(kudos.id, [])
            if receiver.in_public and person.id not in private
        ]
        for kudos in several
    }
    return await _given(session, named, viewer=None)


async def received(session: AsyncSession, receiver: Person, kudos_id: int) -> GivenKudos:
    """The kudos as their receiver reads them. After they are taken back, their words are left out."""
    kudos = await _kudos(session, kudos_id)
    receivers = (await _receivers(session, [kudos.id])).get(kudos.id, [])
    if receiver.id not in [person.id for _, person in receivers]:
        raise NotFound(UNAVAILABLE)
    seen = await _seen(session, kudos, receiver)
    if seen is None:
        (gone,) = await _given(session, {kudos: []}, viewer=receiver)
        return replace(gone, text="", link=None)
    return seen


async def removal_reason(session: AsyncSession, kudos_id: int) -> str:
    """HR's reason for removing the kudos; their giver reads it."""
    removed = select(KudosEntry.reason).where(
        KudosEntry.kudos_id == kudos_id, KudosEntry.event == KudosEvent.REMOVED
    )
    return await session.scalar(removed) or ""


async def _kudos(session: AsyncSession, kudos_id: int) -> Kudos:
    kudos = await session.get(Kudos, kudos_id)
    if kudos is None:
        raise NotFound(UNAVAILABLE)
    return kudos


async def _seen(session: AsyncSession, kudos: Kudos, viewer: Person) -> GivenKudos | None:
    receivers = (await _receivers(session, [kudos.id])).get(kudos.id, [])
    named = [one for receiver, one in receivers if policy.may_learn_of_receiver(viewer, kudos, receiver)]
    seen = replace(
        (await _given(session, {kudos: named}, viewer=viewer))[0],
        unnamed=tuple(one for receiver, one in receivers if one in named and not receiver.in_public),
        names_viewer=any(one.id == viewer.id and receiver.in_public for receiver, one in receivers),
    )
    ids = [person.id for _, person in receivers]
    return seen if policy.may_read_kudos(viewer, kudos, ids, taken_back=bool(seen.taken_back)) else None


async def mine(session: AsyncSession, me: Person, *, now: datetime) -> MyKudos:
    """Kudos that were taken back no longer count, and only the record still holds them."""
    return MyKudos(
        counts=await counts(session, me, now=now),
        given=await _page(session, me, received=False, size=NEWEST),
        received=await _page(session, me, received=True, size=NEWEST),
        in_private=await prefers_private(session, me),
    )


async def newest_received(session: AsyncSession, me: Person) -> GivenKudos | None:
    """Home shows these. Who has none costs one query."""
    page = await _page(session, me, received=True, size=1)
    return page.items[0] if page.items else None


async def older(session: AsyncSession, me: Person, *, received: bool, after: int) -> Page[GivenKudos]:
    """The page of kudos this person received, or gave, before the one with that id."""
    return await _page(session, me, received=received, size=A_PAGE, after=after)


async def _page(
    session: AsyncSession, me: Person, *, received: bool, size: int, after: int | None = None
) -> Page[GivenKudos]:
    standing = select(Kudos).where(~TAKEN_BACK)
    if received:
        standing = standing.join(KudosReceiver, KudosReceiver.kudos_id == Kudos.id)
        standing = standing.where(KudosReceiver.person_id == me.id)
    else:
        standing = standing.where(Kudos.giver_id == me.id)
    order = (Kudos.given_at, Kudos.id)
    page = await page_of(session, standing, newest_first=order, after=after, size=size)
    rows = [kudos for (kudos,) in page.items]
    if not rows:
        return page.with_items(())
    receivers = await _receivers(session, [kudos.id for kudos in rows])
    named = {
        kudos: [
            one
            for receiver, one in receivers.get(kudos.id, [])
            if policy.may_learn_of_receiver(me, kudos, receiver)
        ]
        for kudos in rows
    }
    return page.with_items(await _given(session, named, viewer=me))


async def _receivers(
    session: AsyncSession, kudos_ids: Sequence[int]
) -> Mapping[int, list[tuple[KudosReceiver, Person]]]:
    rows = await session.execute(
        select(KudosReceiver, Person)
        .join(Person, Person.id == KudosReceiver.person_id)
        .where(KudosReceiver.kudos_id.in_(kudos_ids))
        .order_by(KudosReceiver.id)
    )
    found: dict[int, list[tuple[KudosReceiver, Person]]] = {}
    for receiver, person in rows:
        found.setdefault(receiver.kudos_id, []).append((receiver, person))
    return found


async def _given(
    session: AsyncSession, named: Mapping[Kudos, Sequence[Person]], *, viewer: Person | None
) -> list[GivenKudos]:
    """The kudos in the order given, in five queries whatever their number."""
    ids = [kudos.id for kudos in named]
    givers = {
        person.id: person
        for person in await session.scalars(
            select(Person).where(Person.id.in_({kudos.giver_id for kudos in named}))
        )
    }
    values = await value_names(session, {kudos.value_id for kudos in named if kudos.value_id})
    titles = await goals.titles(session, {kudos.goal_id for kudos in named if kudos.goal_id})
    echoes, ends = await _echoes(session, ids), await _ends(session, ids)
    return [
        GivenKudos(
            kudos_id=kudos.id,
            giver=givers[kudos.giver_id],
            named=tuple(people),
            text=kudos.text,
            value=values.get(kudos.value_id) if kudos.value_id else None,
            channel=kudos.channel,
            link=kudos.link,
            given_at=kudos.given_at,
            taken_back=ends.get(kudos.id),
            echoes=echoes.get(kudos.id, 0),
            is_own=viewer is not None and viewer.id == kudos.giver_id,
            goal=titles.get(kudos.goal_id) if kudos.goal_id else None,
        )
        for kudos, people in named.items()
    ]


async def _echoes(session: AsyncSession, kudos_ids: Sequence[int]) -> Mapping[int, int]:
    rows = await session.execute(
        select(KudosEcho.kudos_id, func.count(KudosEcho.person_id.distinct()))
        .where(KudosEcho.kudos_id.in_(kudos_ids))
        .group_by(KudosEcho.kudos_id)
    )
    return dict(rows.all())


async def _ends(session: AsyncSession, kudos_ids: Sequence[int]) -> Mapping[int, KudosEvent]:
    rows = await session.execute(
        select(KudosEntry.kudos_id, KudosEntry.event).where(
            KudosEntry.kudos_id.in_(kudos_ids), KudosEntry.event != KudosEvent.GIVEN
        )
    )
    return {kudos_id: KudosEvent(event) for kudos_id, event in rows}
