"""Taking back, and removing by HR: the record only grows."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from bot.models import KudosEntry, KudosEvent, KudosReceiver, Notification, NotificationState, Person
from bot.services import kudos, notifications
from tests.conftest import NOW
from tests.services.kudos.builders import give, planned


@pytest.mark.parametrize(
    ("minutes", "event"), [(0, KudosEvent.UNDONE), (10, KudosEvent.UNDONE), (11, KudosEvent.WITHDRAWN)]
)
async def test_the_record_only_grows(
    session: AsyncSession, ana: Person, ben: Person, minutes: int, event: KudosEvent
) -> None:
    kudos_id = await give(session, ana, ben)
    await kudos.take_back(session, ana, kudos_id, now=NOW + timedelta(minutes=minutes))
    entries = (await session.scalars(select(KudosEntry).order_by(KudosEntry.id))).all()
    assert [(one.event, one.by_id) for one in entries] == [(KudosEvent.GIVEN, ana.id), (event, ana.id)]
    assert await session.scalar(select(func.count(KudosReceiver.id))) == 1
    with pytest.raises(AlreadyDone):
        await kudos.take_back(session, ana, kudos_id, now=NOW)


async def test_what_was_not_sent_yet_is_cancelled_and_what_stands_is_updated(
    session: AsyncSession, ana: Person, ben: Person
) -> None:
    kudos_id = await give(session, ana, ben)
    (post,) = await notifications.claim(session, now=NOW, lease=timedelta(minutes=1), limit=1)
    await kudos.take_back(session, ana, kudos_id, now=NOW)
    rows = {
        row.kind: row
        for row in await session.scalars(select(Notification).execution_options(populate_existing=True))
    }
    assert rows["kudos.received"].state == NotificationState.SKIPPED
    assert rows["kudos.posted"].update_due_at == NOW, "on its way: to be updated once it stands"
    await notifications.mark_sent(session, post, channel="C0THANKS", ts="1.0", now=NOW)
    assert (await notifications.outdated(session, now=NOW)) is not None


async def test_only_the_giver_takes_back_and_only_hr_removes_with_a_reason(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    kudos_id = await give(session, ana, ben)
    with pytest.raises(NotAllowed):
        await kudos.take_back(session, ben, kudos_id, now=NOW)
    with pytest.raises(NotAllowed):
        await kudos.remove(session, ben, kudos_id, reason="I am shy", now=NOW)
    with pytest.raises(Invalid) as refused:
        await kudos.remove(session, hana, kudos_id, reason=" ", now=NOW)
    assert refused.value.field == "reason"
    await kudos.remove(session, hana, kudos_id, reason="Names a customer", now=NOW)
    entry = (await session.scalars(select(KudosEntry).where(KudosEntry.event == "removed"))).one()
    assert (entry.by_id, entry.reason) == (hana.id, "Names a customer")
    assert (await planned(session))[-1] == ("kudos.removed", ana.id, None)


async def test_hr_neither_reads_nor_removes_what_is_private(
    session: AsyncSession, ana: Person, ben: Person, hana: Person
) -> None:
    kudos_id = await give(session, ana, ben, channel=None)
    with pytest.raises(NotFound):
        await kudos.read(session, hana, kudos_id)
    with pytest.raises(NotAllowed):
        await kudos.remove(session, hana, kudos_id, reason="?", now=NOW)
