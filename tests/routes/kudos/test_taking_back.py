"""Taken back by who gave them, or removed by HR."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.models import KudosEntry
from tests.routes.kudos.builders import LONG, give
from tests.routes.steps import a_channel
from tests.routes.world import Clock, Company


async def record(company: Company) -> Sequence[str]:
    async with company.bot.read() as session:
        return (await session.scalars(select(KudosEntry.event).order_by(KudosEntry.id))).all()


async def test_within_ten_minutes_it_is_undone_and_the_post_says_so(acme: Company) -> None:
    a_channel(acme)
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await ana.modal.press("Undo")
    assert "Nobody can read these thanks any more" in ana.modal.text
    await acme.delivered()
    await ana.modal.press("Give kudos anew")
    assert LONG in ana.modal.text and "Ben Okafor" in ana.modal.text
    assert ben.channel("thanks").last.text.strip() == "A thank-you was taken back."
    assert LONG not in ben.dm.text
    assert list(await record(acme)) == ["given", "undone"]


async def test_later_it_is_withdrawn_from_ones_own_list(acme: Company, clock: Clock) -> None:
    a_channel(acme)
    ana = acme.slack.person("Ana Silva")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    clock.move(days=2)
    await ana.command("/kudos mine")
    assert "November 2026: 1 given\nno value: 1 given" in ana.modal.text
    await ana.modal.press("Take back")
    assert "You have thanked nobody yet" in ana.modal.text
    await acme.delivered()
    assert "withdrawn" in ana.channel("thanks").last.text
    assert list(await record(acme)) == ["given", "withdrawn"]


async def test_the_menu_of_a_post_asks_its_giver_first_and_nobody_else(acme: Company) -> None:
    a_channel(acme)
    ana, pia = acme.slack.person("Ana Silva"), acme.slack.person("Pia Lund")
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await ana.modal.close_all()
    await pia.channel("thanks").last.choose_overflow("Take it back")
    assert "Only whoever gave these thanks" in pia.modal.text
    await ana.channel("thanks").last.choose_overflow("Take it back")
    assert (ana.modal.submit_label, ana.modal.close_label) == ("Take back", "Keep")
    await ana.modal.close()
    assert list(await record(acme)) == ["given"]
    await ana.channel("thanks").last.choose_overflow("Take it back")
    await ana.modal.submit(times=2)
    assert "Nobody can read these thanks any more" in ana.modal.text
    await acme.delivered()
    assert pia.channel("thanks").last.text.strip() == "A thank-you was taken back."
    assert list(await record(acme)) == ["given", "undone"]


async def test_hr_removes_a_post_with_a_reason_and_the_giver_learns_why(acme: Company) -> None:
    a_channel(acme)
    ana, hana, pia = (acme.slack.person(name) for name in ("Ana Silva", "Hana Ito", "Pia Lund"))
    await give(ana, "Ben Okafor")
    await acme.delivered()
    await pia.channel("thanks").last.choose_overflow("Remove it (HR admins)")
    assert "Only HR admins remove thanks" in pia.modal.text
    await hana.channel("thanks").last.choose_overflow("Remove it (HR admins)")
    hana.modal.fill("Why?", "It named a customer.")
    await hana.modal.submit()
    await acme.delivered()
    assert pia.channel("thanks").last.text.strip() == "A thank-you was removed by HR."
    assert "It named a customer." in ana.dm.last.text
    assert list(await record(acme)) == ["given", "removed"]
    await ana.dm.last.press("Give kudos anew")
    assert LONG in ana.modal.text and "Ben Okafor" in ana.modal.text
