"""A limited goal is named and opened to nobody else."""

from sqlalchemy import select

from bot.models import Person
from tests.routes.goals.builders import TITLE
from tests.routes.world import Company


async def test_a_limited_goal_stays_between_owner_manager_and_hr(acme: Company, globex: Company) -> None:
    ana, ben, pia = (acme.slack.person(name) for name in ("Ana Silva", "Ben Okafor", "Pia Lund"))
    await ana.command("/goals new")
    await ana.modal.press("More choices")
    assert "If limited: you, co-owners, Ben Okafor, the manager, and HR (Hana Ito)" in ana.modal.text
    ana.modal.fill(TITLE, "Come back from sick leave")
    ana.modal.choose("Who may see it?", "Limited: its owners, Ben Okafor and HR")
    await ana.modal.submit()
    assert "Who sees this: Ana Silva, Ben Okafor, HR." in ana.modal.text
    await ana.modal.close_all()
    await acme.delivered()
    assert "sick leave" not in ben.dm.last.text + ben.dm.last.notification
    await ben.dm.last.press("Open")
    assert "Come back from sick leave" in ben.modal.text
    for stranger in (pia, globex.slack.person("Ben Okafor")):
        await stranger.command("/goals company")
        assert "sick leave" not in stranger.modal.text


async def test_a_button_of_somebody_elses_limited_goal_is_refused_with_a_sentence(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await ana.command("/goals new")
    await ana.modal.press("More choices")
    ana.modal.fill(TITLE, "Come back from sick leave")
    ana.modal.choose("Who may see it?", "Limited: its owners, Ben Okafor and HR")
    await ana.modal.submit()
    await acme.delivered()
    message = ben.dm.last
    async with acme.bot.work() as session:
        owner = (await session.scalars(select(Person).where(Person.name == "Ana Silva"))).one()
        owner.manager_id = None
    await message.press("Open")
    assert "Nothing waits for you here any more." in ben.modal.text
    assert "sick leave" not in ben.modal.text
