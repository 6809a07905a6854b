"""A group in a typed line becomes people, or names are asked for."""

import pytest

from bot.models import Person
from playground.web_api.call import Answer
from playground.workspace import Channel
from playground.workspace.members import Usergroup
from tests.routes.trouble import BROKEN, BUSY, SLACK_SECONDS, Unwell
from tests.routes.world import Company


async def test_a_group_becomes_people_and_the_preview_says_how_many(acme: Company, thanks: Channel) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    ids = [acme.slack.person(name).id for name in ("Ana Silva", "Ben Okafor", "Pia Lund")]
    workspace.usergroups["S0MAKERS"] = Usergroup("S0MAKERS", "makers", "Makers", ids)
    await ana.command("/kudos @makers for the launch nobody noticed", channel="thanks")
    assert "Thanks to Ben Okafor and Pia Lund (2 people)" in ana.ephemeral.last.text
    assert "1 of the group left out" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Send to 2 people")
    await acme.delivered()
    assert "Ana Silva thanks Ben Okafor and Pia Lund" in ana.channel("thanks").last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_a_group_of_two_hundred_is_refused_with_its_number(acme: Company, thanks: Channel) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    async with acme.bot.work() as session:
        crowd = [workspace.add_person(f"Person {number}") for number in range(200)]
        session.add_all(Person(name=one.real_name, slack_user_id=one.id) for one in crowd)
    workspace.usergroups["S0ALL"] = Usergroup("S0ALL", "all", "All", [one.id for one in crowd])
    await ana.command("/kudos @all for everything this year", channel="thanks")
    assert "10 people at most, and this one to 200" in ana.ephemeral.last.text


@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_where_slack_does_not_open_its_groups_names_are_asked_for(
    acme: Company, thanks: Channel
) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    workspace.usergroups["S0ALL"] = Usergroup("S0ALL", "all", "All", [])
    workspace.is_paid = False
    await ana.command("/kudos @all for everything this year", channel="thanks")
    assert "Name the people instead" in ana.ephemeral.last.text
    assert "What you typed is kept" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    assert "for everything this year" in ana.modal.text


@pytest.mark.parametrize("ack_seconds", [SLACK_SECONDS])
@pytest.mark.parametrize("answer", [BUSY, BROKEN, None])
@pytest.mark.parametrize("mode", ["http"], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_line_to_a_group_is_kept_while_slack_is_in_trouble(
    acme: Company, thanks: Channel, answer: Answer | None
) -> None:
    ana, workspace = acme.slack.person("Ana Silva"), acme.slack.workspace
    workspace.usergroups["S0ALL"] = Usergroup("S0ALL", "all", "All", [])
    acme.playground.ground.faults = Unwell(answer, "usergroups.users.list")
    await ana.command("/kudos @Ben Okafor and @all for everything this year", channel="thanks")
    assert "Name the people instead" in ana.ephemeral.last.text
    await ana.ephemeral.last.press("Open the form")
    assert "for everything this year" in ana.modal.text and "Ben Okafor" in ana.modal.text
