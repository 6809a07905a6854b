"""Everybody's own day, pauses, and what HR decides for all."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.models import Person, Workspace
from tests.routes.steps import FRIDAY, MONDAY, THURSDAY, live_until, texts
from tests.routes.world import Clock, Company

WEEK = timedelta(weeks=1)


async def test_two_weeks_passed_over_bring_up_the_question_once(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await live_until(acme, clock, FRIDAY + WEEK)
    assert "Too often?" not in " ".join(texts(acme, "Ana Silva"))
    await live_until(acme, clock, FRIDAY + 2 * WEEK)
    assert "Too often?" in ana.dm.last.text
    await ana.dm.last.press("Every two weeks")
    assert "on Fridays at 16:00, every two weeks" in ana.ephemeral.last.text
    await acme.delivered()
    assert "Too often?" not in ana.dm.last.text
    asked_so_far = len(ana.dm)
    await live_until(acme, clock, FRIDAY + 4 * WEEK)
    later = texts(acme, "Ana Silva")[asked_so_far:]
    assert len([text for text in later if "How was your week?" in text]) == 1
    assert "Too often?" not in " ".join(later)


async def test_a_day_of_ones_own_is_kept_and_can_be_given_back(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/rapport preferences")
    assert "I ask you for your check-in on Fridays at 16:00" in ana.modal.text
    ana.modal.choose("Day", "Thursday")
    ana.modal.choose("Time", "10:30")
    await ana.modal.submit()
    assert "Saved. I ask you on Thursdays at 10:30." in ana.modal.text
    assert "on Thursdays at 10:30" in (await ana.open_home()).text
    await live_until(acme, clock, THURSDAY)
    assert "How was your week?" in ana.dm.last.text
    await ana.command("/rapport preferences")
    assert "You chose this yourself" in ana.modal.text
    await ana.modal.press("Ask me when my department is asked")
    assert "on Fridays at 16:00" in ana.modal.text


async def test_a_mistyped_word_is_answered_with_the_closest(acme: Company) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/rapport puase")
    assert "Did you mean /rapport pause" in ana.ephemeral.last.text
    await ana.command("/rapport help")
    for words in ("/rapport pause", "/rapport resume", "/rapport preferences"):
        assert words in ana.ephemeral.last.text


async def test_a_pause_is_silence_and_its_end_is_too(acme: Company, clock: Clock) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command("/rapport pause until Monday")
    assert "until Monday 23 November" in ana.ephemeral.last.text
    await live_until(acme, clock, FRIDAY)
    assert not ana.dm
    assert "paused until Monday 23 November" in (await ana.open_home()).text
    await ana.home.press("End the pause")
    assert "I ask you for your check-in" in ana.home.text
    await ana.command("/rapport resume")
    assert "not paused" in ana.ephemeral.last.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("whenever", "Write for instance Monday, tomorrow, 2 weeks, 1 December or 2026-12-01"),
        ("until 2020-01-01", "over already"),
        ("until today", "over already"),
        ("until 3 January 2029", "a year at most"),
        ("@nobody until Monday", "choose the person from the list"),
        ("until 9999-12-31", "a year at most"),
        ("until 0001-01-01", "over already"),
    ],
)
async def test_what_is_no_pause_is_answered_with_a_sentence(acme: Company, words: str, answer: str) -> None:
    ana = acme.slack.person("Ana Silva")
    await ana.command(f"/rapport pause {words}")
    assert answer in ana.ephemeral.last.text
    assert "End the pause" not in (await ana.open_home()).text


async def test_a_manager_pauses_their_report_and_others_are_told_who_could(
    acme: Company, clock: Clock
) -> None:
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await pia.command("/rapport pause @ana until 1 December")
    assert "Hana Ito" in pia.ephemeral.last.text
    await ben.command("/rapport pause @ana until 1 December")
    assert "I pause Ana Silva until Tuesday 1 December" in ben.ephemeral.last.text
    assert "as Ben Okafor asked" in (await ana.open_home()).text
    await ben.command("/rapport pause @ana")
    ben.modal.fill("Paused until", "2026-11-18")
    await ben.modal.submit()
    assert "over already" in ben.modal.errors["Paused until"]
    ben.modal.fill("Paused until", "2026-12-07")
    await ben.modal.submit()
    assert "I pause Ana Silva until Monday 7 December" in ben.modal.text
    await live_until(acme, clock, MONDAY)
    assert not ana.dm
    await ben.command("/rapport resume @ana")
    assert "pause of Ana Silva is over" in ben.ephemeral.last.text


async def test_hr_sets_the_rhythm_of_the_company_and_people_see_who_did(acme: Company) -> None:
    hana, ana = acme.slack.person("Hana Ito"), acme.slack.person("Ana Silva")
    home = await hana.open_home()
    await home.press("Department rhythms")
    hana.modal.choose("Day", "Wednesday")
    hana.modal.choose("How often", "Every four weeks")
    await hana.modal.submit()
    assert "I ask the whole company on Wednesdays at 16:00, every four weeks." in hana.modal.text
    await ana.command("/rapport preferences")
    assert "your company's rhythm, chosen by Hana Ito" in ana.modal.text
    await home.press("Department rhythms")
    assert "The whole company: on Wednesdays at 16:00, every four weeks" in hana.modal.text
    assert "Department rhythms" not in (await ana.open_home()).text


async def test_hr_chooses_what_counts_as_away(acme: Company, clock: Clock) -> None:
    hana, ana = acme.slack.person("Hana Ito"), acme.slack.person("Ana Silva")
    await (await hana.open_home()).press("Absence signs")
    assert ":palm_tree:" in hana.modal.text
    hana.modal.fill("Emoji", "🌴")
    await hana.modal.submit()
    assert "Write emoji as Slack names them" in hana.modal.errors["Emoji"]
    hana.modal.fill("Emoji", ":snowflake:")
    hana.modal.fill("Words", "Fasching\nbridge day")
    await hana.modal.submit()
    assert "I ask nothing of people whose status shows one of these." in hana.modal.text
    await ana.become(status_emoji=":snowflake:", status_text="")
    await live_until(acme, clock, FRIDAY)
    assert not ana.dm


async def test_a_large_company_is_asked_only_after_hr_pressed_start(acme: Company, clock: Clock) -> None:
    hana, ana = acme.slack.person("Hana Ito"), acme.slack.person("Ana Silva")
    await _become_large(acme)
    await live_until(acme, clock, THURSDAY)
    assert not ana.dm
    assert "Start the weekly check-in" not in (await ana.open_home()).text
    home = await hana.open_home()
    assert "To reach 307 people takes" in home.text
    await home.press("Start the weekly check-in")
    assert "Start the weekly check-in" not in hana.home.text
    await live_until(acme, clock, THURSDAY + timedelta(hours=1))
    assert "Hello, I help you look back" in ana.dm.last.text


async def _become_large(company: Company) -> None:
    """More colleagues than the rollout starts with by itself, where it is night while this story lasts."""
    async with company.bot.work() as session:
        await session.execute(update(Workspace).values(checkins_started_at=None))
        session.add_all(
            Person(name=f"Colleague {n}", slack_user_id=f"UCOLLEAGUE{n}", timezone="Pacific/Kiritimati")
            for n in range(301)
        )
