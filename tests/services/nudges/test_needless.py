"""When a reminder would only annoy."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import NotificationState, Person
from bot.services import nudges
from tests.conftest import NOW
from tests.services.notifications.test_putting_off import HOUR, WEEK, said


@pytest.mark.parametrize(
    ("nudge", "reason"),
    [
        ({"state": NotificationState.PLANNED}, "nudged_today"),
        ({"state": NotificationState.SENDING}, "nudged_today"),
        ({"sent_at": NOW - HOUR}, "nudged_today"),
        ({"sent_at": NOW - 24 * HOUR}, None),
        ({"sent_at": NOW - 24 * HOUR, "reason": "not_this_week"}, "not_this_week"),
        ({"state": NotificationState.SKIPPED, "reason": "not_this_week"}, "not_this_week"),
        ({"state": NotificationState.SKIPPED, "reason": "budget", "sent_at": None}, None),
        ({"state": NotificationState.FAILED, "sent_at": None}, None),
    ],
)
async def test_a_reminder_is_needless_beside_its_nudge_or_after_not_this_week(
    session: AsyncSession, ana: Person, nudge: dict[str, Any], reason: str | None
) -> None:
    await said(session, ana, **nudge)
    assert await nudges.needless(session, ana, WEEK, NOW) == reason


async def test_without_a_nudge_a_reminder_is_of_use(session: AsyncSession, ana: Person) -> None:
    assert await nudges.needless(session, ana, WEEK, NOW) is None
