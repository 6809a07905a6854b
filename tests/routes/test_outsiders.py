"""Guests, apps and leavers: refused politely in commands, windows, buttons and on Home, and told who could help."""

import pytest

from tests.routes.snapshot import snapshot
from tests.routes.steps import write
from tests.routes.world import Company

OUTSIDERS = {
    "a guest": {"is_restricted": True},
    "a single-channel guest": {"is_restricted": True, "is_ultra_restricted": True},
    "an app": {"is_bot": True},
    "no longer active": {"deleted": True},
}
outsiders = pytest.mark.parametrize(("standing", "account"), OUTSIDERS.items())
pytestmark = pytest.mark.parametrize("mode", ["http"], indirect=True)  # Socket Mode differs only at the door
ADMIN = "ask your HR admin, Hana Ito,"


def refused(sentence: str, standing: str) -> bool:
    return f"you are {standing.replace('single-channel ', '')}" in sentence and ADMIN in sentence


@outsiders
async def test_commands_and_home_say_why_and_whom_to_ask(
    acme: Company, standing: str, account: dict[str, bool]
) -> None:
    pia = acme.slack.person("Pia Lund")
    await pia.become(**account)
    before = await snapshot(acme)
    for line in ("/checkin", "/checkin history", "/checkin team", "/checkin export", "/rapport checkin"):
        await pia.command(line)
        assert refused(pia.ephemeral.last.text, standing), line
        assert not pia.has_modal
    home = await pia.open_home()
    assert refused(home.text, standing)
    assert "[" not in home.text  # no button
    assert len(pia.dm) == 0
    assert await snapshot(acme) == before


@outsiders
async def test_old_buttons_are_asked_again(acme: Company, standing: str, account: dict[str, bool]) -> None:
    """The message and the window are from the time when Ben was Ana's manager and a colleague."""
    await write(acme, "Ana Silva", "For a colleague's eyes", stuck="Nothing for others")
    await acme.delivered()
    ben = acme.slack.person("Ben Okafor")
    await ben.dm.last.press("Open")
    await ben.become(**account)
    before = await snapshot(acme)
    for button in ("I'll take this on", ":tada:"):
        await ben.modal.press(button)
        assert refused(ben.modal.text, standing)
        await ben.modal.close()
    ben.modal.fill("Comment", "Typed with care")
    await ben.modal.submit()
    assert refused(ben.modal.errors["Comment"], standing)
    await ben.modal.close_all()
    await ben.dm.last.press("Open")
    assert refused(ben.modal.text, standing)
    assert "For a colleague's eyes" not in ben.modal.text
    assert await snapshot(acme) == before


@outsiders
async def test_who_leaves_between_opening_and_submitting_keeps_the_text_and_saves_nothing(
    acme: Company, standing: str, account: dict[str, bool]
) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/checkin")
    ana.modal.fill("What moved forward this week?", "Typed with care")
    ana.modal.fill("What matters most next week?", "More")
    await ana.become(**account)
    before = await snapshot(acme)
    await ana.modal.submit()
    assert refused(ana.modal.errors["What moved forward this week?"], standing)
    assert "Typed with care" in ana.modal.text
    assert await snapshot(acme) == before


async def test_who_comes_back_finds_everything_as_it_was(acme: Company) -> None:
    await write(acme, "Ana Silva", "From before")
    ana = acme.slack.person("Ana Silva")
    await ana.become(deleted=True)
    await ana.become(deleted=False)
    await ana.command("/checkin history")
    assert "From before" in ana.modal.text


async def test_nobody_is_told_about_a_check_in_after_they_have_left(acme: Company) -> None:
    ben = acme.slack.person("Ben Okafor")
    await write(acme, "Ana Silva", "Just before")
    await ben.become(deleted=True)
    await acme.delivered()
    assert len(ben.dm) == 0
