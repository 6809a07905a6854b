"""Slack's Do Not Disturb: the nudge waits until it is over, and a Slack that does not say holds nobody up."""

from datetime import timedelta

import pytest

from bot.slack import METHOD_SCOPES
from playground.workspace.members import DoNotDisturb
from tests.routes.steps import FRIDAY, THURSDAY, live_until, not_granted, texts
from tests.routes.world import Clock, Company

pytestmark = pytest.mark.parametrize("mode", ["http"], indirect=True)  # nothing here depends on the way in

QUESTION = "How was your week?"


def asked(company: Company, name: str) -> int:
    return sum(QUESTION in text for text in texts(company, name))


async def test_a_nudge_waits_until_do_not_disturb_is_over(acme: Company, clock: Clock) -> None:
    await live_until(acme, clock, THURSDAY)
    member = acme.slack.workspace.person_by_email("ana@example.com")
    assert member is not None
    start = FRIDAY - timedelta(hours=2)
    member.dnd = DoNotDisturb(True, int(start.timestamp()), int((FRIDAY + timedelta(minutes=15)).timestamp()))
    await live_until(acme, clock, FRIDAY)
    assert (asked(acme, "Ana Silva"), asked(acme, "Pia Lund")) == (0, 1)
    await live_until(acme, clock, FRIDAY + timedelta(minutes=30))
    assert asked(acme, "Ana Silva") == 1


async def test_without_the_scope_everybody_is_asked_all_the_same(acme: Company, clock: Clock) -> None:
    not_granted(acme, METHOD_SCOPES["dnd.teamInfo"] or "")
    await live_until(acme, clock, FRIDAY)
    assert asked(acme, "Ana Silva") == 1
