"""An update, by two at once, or in one's own notation."""

import pytest

from tests.routes.goals.builders import TICKETS, TITLE, fill_result, readable, set_goal, update
from tests.routes.world import Company


async def shared_goal(company: Company) -> None:
    """Ana's and Pia's."""
    ana = company.slack.person("Ana Silva")
    await ana.command("/goals new")
    ana.modal.fill(TITLE, "Half the tickets")
    await ana.modal.press("More choices")
    fill_result(ana, *TICKETS)
    ana.modal.pick_person("Who answers for it with you?", "Pia Lund")
    await ana.modal.submit()
    await ana.modal.close_all()


async def test_no_change_where_somebody_was_faster_shows_what_they_said(acme: Company) -> None:
    pia = acme.slack.person("Pia Lund")
    await shared_goal(acme)
    await update(acme, "Ana Silva", "31", "On track")
    await pia.command("/goals")
    await pia.modal.press("Update")
    await update(acme, "Ana Silva", "25", "At risk")
    await pia.modal.press("No change")
    assert "Ana Silva" in pia.modal.text
    assert "75 % · At risk" in pia.modal.text
    assert "25 tickets" in readable(pia.modal.text)
    assert pia.notices == []


async def test_of_two_updates_at_once_the_second_sees_the_first_and_decides(acme: Company) -> None:
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await shared_goal(acme)
    for person in (ana, pia):
        await person.command("/goals")
        await person.modal.press("Update")
        person.modal.choose("How sure are you?", "On track")
    ana.modal.fill("Support tickets per week", "30")
    await ana.modal.submit()
    pia.modal.fill("In a sentence", "I saw 28")
    await pia.modal.submit()
    assert pia.modal.title == "Update goal"
    assert "Ana Silva" in pia.modal.text and "What you changed is still here." in pia.modal.text
    assert "I saw 28" in pia.modal.text
    assert "30 tickets" in readable(pia.modal.text)
    pia.modal.fill("Support tickets per week", "28")
    await pia.modal.submit()
    assert "60 %" in pia.modal.text
    assert pia.notices == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1,5", "1,5"), ("1.5", "1.5"), ("3k", "3k"), ("1'500 tickets", "1'500"), ("12 %", None)],
)
async def test_numbers_in_ones_own_notation_are_read_or_refused(
    acme: Company, typed: str, shown: str | None
) -> None:
    ana = acme.slack.person("Ana Silva")
    await set_goal(acme, "Ana Silva", result=("Support tickets per week", "4000", "1 tickets"))
    await ana.command("/goals")
    await ana.modal.press("Update")
    ana.modal.fill("Support tickets per week", typed)
    ana.modal.choose("How sure are you?", "On track")
    await ana.modal.submit()
    if shown is None:
        assert "not counted in %" in str(ana.modal.errors)
        return
    await ana.modal.press("Open")
    assert f"Support tickets per week: 4000 → 1 tickets, now {shown} tickets" in spaced(ana.modal.text)


def spaced(text: str) -> str:
    return readable(text).replace("\u202f", " ")
