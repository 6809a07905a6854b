"""Nominating somebody: a form that names its readers, and keeps what was typed."""

import pytest

from tests.routes.awards.builders import ACT, nominate, nominations, second_hr
from tests.routes.world import Company


async def test_home_opens_the_form_too(acme: Company) -> None:
    home = await acme.slack.person("Ana Silva").open_home()
    await home.press("Nominate")
    assert acme.slack.person("Ana Silva").modal.title == "Nominate a colleague"


@pytest.mark.parametrize(
    ("whom", "fields", "label", "sentence"),
    [
        ("Ana Silva", {}, "Whom do you nominate?", "You cannot nominate yourself"),
        ("Hana Ito", {}, "Whom do you nominate?", "Nobody could decide on it"),
        ("Ben Okafor", {"evidence": "the wiki"}, "A link that shows it", "begins with https://"),
    ],
)
async def test_what_is_wrong_is_said_under_its_field_and_nothing_typed_is_lost(
    acme: Company, whom: str, fields: dict[str, str], label: str, sentence: str
) -> None:
    ana = acme.slack.person("Ana Silva")
    await nominate(ana, whom, **fields)
    assert sentence in ana.modal.errors[label] and await nominations(acme) == 0
    assert ACT in ana.modal.text
    ana.modal.pick_person("Whom do you nominate?", "Ben Okafor")
    ana.modal.fill("A link that shows it", "https://example.com/1")
    await ana.modal.submit(times=2)
    assert await nominations(acme) == 1


async def test_the_form_names_no_fewer_readers_than_there_are(acme: Company) -> None:
    for name in ("Ben Okafor", "Carla Diaz", "Dee Park"):
        await second_hr(acme, name)
    ana = acme.slack.person("Ana Silva")
    await ana.command("/kudos nominate")
    assert "the HR admins (Ben Okafor, Carla Diaz, Dee Park and others)" in ana.modal.text
