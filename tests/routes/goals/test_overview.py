"""The tree, what HR sets and counts, and files on demand."""

from tests.routes.goals.builders import CHURN, agreed_goal, set_goal
from tests.routes.world import Company


async def test_hr_sets_periods_and_sees_counts(acme: Company) -> None:
    hana, ana = acme.slack.person("Hana Ito"), acme.slack.person("Ana Silva")
    await agreed_goal(acme)
    home = await hana.open_home()
    await home.press("Goal coverage")
    assert "Goals: 1 · without an update for 30 days: 0" in hana.modal.text
    assert "Ana" not in hana.modal.text
    await hana.modal.close_all()
    await home.press("Goal periods")
    hana.modal.fill("Name", "H1 2027")
    hana.modal.fill("First day", "2027-06-30")
    hana.modal.fill("Last day", "2027-01-01")
    await hana.modal.submit()
    assert "ends after it begins" in hana.modal.errors["Last day"]
    hana.modal.fill("First day", "2027-01-01")
    hana.modal.fill("Last day", "2027-06-30")
    await hana.modal.submit()
    assert "Saved: H1 2027, 1 January 2027 to 30 June 2027." in hana.modal.text
    await ana.command("/goals new")
    ana.modal.choose("For when?", "H1 2027, until 30 June 2027")
    await ana.modal.close_all()
    await home.press("Goal periods")
    await hana.modal.press("Remove")
    assert "H1 2027:" not in hana.modal.text


async def test_the_tree_is_shown_from_the_top_and_a_branch_by_its_page(acme: Company) -> None:
    pia = acme.slack.person("Pia Lund")
    await set_goal(acme, "Hana Ito", "Customers stay", CHURN, level="Company")
    await agreed_goal(acme)
    await pia.command("/goals company")
    assert "Customers stay\nHana Ito" in pia.modal.text
    await pia.modal.press("Open", beside="Customers stay")
    assert "Churn" in pia.modal.text


async def test_a_chart_of_a_goal_and_of_a_team_comes_as_a_picture_that_says_itself(acme: Company) -> None:
    ana, ben = acme.slack.person("Ana Silva"), acme.slack.person("Ben Okafor")
    await agreed_goal(acme)
    await ana.command("/goals")
    await ana.modal.press("Open")
    await ana.modal.press("Chart")
    assert "The chart comes into our direct messages" in ana.modal.text
    await acme.sent()
    assert "[file: Goal: Half the tickets" in ana.dm.last.text
    assert "5 Oct to 31 Dec 2026, now 45 %" in ana.dm.last.text  # it was set on the fifth, not on the first
    await ben.command("/goals team")
    await ben.modal.press("Send me a picture")
    await acme.sent()
    assert "[file: My team's goals" in ben.dm.last.text


async def test_hr_gets_all_goals_as_a_file(acme: Company) -> None:
    hana = acme.slack.person("Hana Ito")
    await agreed_goal(acme)
    home = await hana.open_home()
    for kind in ("CSV", "XLSX"):
        await home.press("Goal coverage")
        await hana.modal.press(f"All goals as {kind}")
        await acme.sent()
        assert "1 goal with their key results" in hana.dm.last.notification
        assert "[file: Goals]" in hana.dm.last.text
        await hana.modal.close_all()
