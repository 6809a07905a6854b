"""Ids from elsewhere in a request that is signed: refused with a sentence, nothing read, nothing changed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from bot.models import Checkin
from playground.faults import Faults
from tests.routes.forgery import Forged, deliver, last, said_to_slack
from tests.routes.snapshot import snapshot
from tests.routes.steps import write
from tests.routes.world import Company

OURS, THEIRS = "quokka", "platypus"
NOT_YOURS = "not available to you"
MOVED, NEXT = "What moved forward this week?", "What matters most next week?"

pytestmark = pytest.mark.parametrize("mode", ["http"], indirect=True)  # Socket Mode differs only at the door


@pytest.fixture
async def acme(acme: Company, globex: Company) -> Company:
    """Ana of both companies has written; Pia of Acme, too."""
    await write(globex, "Ana Silva", THEIRS, stuck=THEIRS)
    await write(acme, "Ana Silva", OURS, stuck=OURS)
    await write(acme, "Pia Lund", "Nothing secret")
    await acme.delivered()
    await globex.delivered()
    return acme


@contextmanager
def forging(company: Company, **values: object) -> Iterator[None]:
    """Inside the block, what people of this company do arrives with these values instead."""
    company.playground.ground.faults = Forged(**values)
    yield
    company.playground.ground.faults = Faults()


async def ref_of_ana(company: Company) -> str:
    async with company.bot.read() as session:
        return f'{{"checkin":{await session.scalar(select(Checkin.id).order_by(Checkin.id))}}}'


def said_since(company: Company, calls: int) -> str:
    return said_to_slack(company.playground.calls[calls:])


@pytest.mark.parametrize(
    "button", ["checkins.open", "checkins.react:tada", "checkins.take_on", "checkins.clear"]
)
async def test_somebody_elses_check_in_cannot_be_opened_or_touched(
    acme: Company, globex: Company, button: str
) -> None:
    """Neither a colleague's nor one of the other company, whose row is in the same database."""
    pia = acme.slack.person("Pia Lund")
    await pia.command("/checkin history")
    before, calls = [await snapshot(acme), await snapshot(globex)], len(acme.playground.calls)
    for company in (acme, globex):
        press = {"actions__0__action_id": button, "actions__0__value": await ref_of_ana(company)}
        with forging(acme, **press):
            await pia.modal.press("Open")
        assert NOT_YOURS in pia.modal.text
        await pia.modal.close()
    assert pia.notices == []
    assert OURS not in said_since(acme, calls)
    assert THEIRS not in said_since(acme, calls)
    assert [await snapshot(acme), await snapshot(globex)] == before


async def test_no_comment_can_be_slipped_under_somebody_elses_check_in(
    acme: Company, globex: Company
) -> None:
    pia = acme.slack.person("Pia Lund")
    await pia.command("/checkin history")
    await pia.modal.press("Open")
    pia.modal.fill("Answer", "Typed with care")
    before, calls = [await snapshot(acme), await snapshot(globex)], len(acme.playground.calls)
    for company in (acme, globex):
        with forging(acme, view__private_metadata=await ref_of_ana(company)):
            await pia.modal.submit()
        assert NOT_YOURS in pia.modal.errors["Answer"]
        assert "Typed with care" in pia.modal.text
    assert OURS not in said_since(acme, calls)
    assert THEIRS not in said_since(acme, calls)
    assert [await snapshot(acme), await snapshot(globex)] == before


async def test_a_workspace_the_bot_is_not_set_up_for_gets_a_sentence_and_nothing_else(
    acme: Company, globex: Company
) -> None:
    """The same app, installed a second time: its requests are signed with the same secret."""
    ana, foreign = acme.slack.person("Ana Silva"), globex.slack.workspace.team_id
    await ana.command("/checkin")
    before, calls = await snapshot(acme), len(acme.playground.calls)
    with forging(acme, team__id=foreign, user__team_id=foreign):
        await ana.modal.submit()
    assert "not set up in this workspace" in ana.modal.errors[MOVED]
    with forging(acme, team_id=foreign):
        await ana.command("/checkin history")
    assert "not set up in this workspace" in ana.ephemeral.last.text
    assert OURS not in said_since(acme, calls)
    assert await snapshot(acme) == before


async def test_news_of_another_workspaces_people_changes_nobody_here(acme: Company, globex: Company) -> None:
    await acme.slack.person("Pia Lund").become(title="Designer")
    before = await snapshot(acme)
    left = last(acme, "event").changed(event_id="Ev1", event__user__deleted=True)
    assert (await deliver(acme, left.changed(team_id=globex.slack.workspace.team_id))).taken
    assert await snapshot(acme) == before


WEEKS = {
    '{"week":"2026-11-02"}': "closed on",
    '{"week":"2026-11-30"}': "has not begun yet",
    '{"week":"2026-11-17"}': "Send /checkin for the current week",  # a Tuesday
    '{"week":"9999-12-31"}': "no longer works",
    '{"week":"soon"}': "no longer works",
    '{"week":"2026-11-16","person":2}': "no longer works",
    "{}": "too old to save",
    "rubbish": "no longer works",
}


@pytest.mark.parametrize(("metadata", "sentence"), WEEKS.items())
async def test_a_forged_week_is_refused_and_what_was_typed_is_kept(
    acme: Company, metadata: str, sentence: str
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "Typed with care")
    before = await snapshot(acme)
    with forging(acme, view__private_metadata=metadata):
        await ana.modal.submit()
    assert sentence in ana.modal.errors[MOVED]
    assert "Typed with care" in ana.modal.text
    assert await snapshot(acme) == before


async def test_more_text_than_a_field_holds_is_refused_under_that_field(acme: Company) -> None:
    """Slack's own client stops at 3,000 characters; a forged submission does not."""
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill(MOVED, "Typed with care")
    before = await snapshot(acme)
    with forging(acme, view__state__values__next__value={"type": "plain_text_input", "value": "x" * 3001}):
        await ana.modal.submit()
    assert list(ana.modal.errors) == [NEXT]
    assert "An answer holds 3000 characters; this one has 3001" in ana.modal.errors[NEXT]
    assert "Typed with care" in ana.modal.text
    assert await snapshot(acme) == before


async def test_what_the_client_stops_never_reaches_the_bot_and_the_limit_itself_does(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    deliveries = len(acme.playground.deliveries)
    ana.modal.fill(MOVED, "x" * 3001)
    await ana.modal.submit()
    assert "no more than 3000" in ana.modal.errors[MOVED]
    assert len(acme.playground.deliveries) == deliveries
    ana.modal.fill(MOVED, "x" * 3000)
    await ana.modal.submit()
    assert ana.modal.title == "Changes saved"


async def test_a_comment_that_is_too_long_is_refused_under_its_field(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    await ben.command("/checkin team")
    await ben.modal.press("Open", beside="Ana Silva")
    ben.modal.fill("Comment", "Typed with care")
    field = next(iter(ben.modal.screen.labels()))
    before = await snapshot(acme)
    with forging(acme, **{f"view__state__values__{field}__value": {"value": "x" * 2001}}):
        await ben.modal.submit()
    assert "A comment holds 2000 characters" in ben.modal.errors["Comment"]
    assert await snapshot(acme) == before
