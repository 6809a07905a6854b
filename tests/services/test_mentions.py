"""Whom a text means by @Name, on both databases: never a guess."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person, PersonKind
from bot.services import people
from tests.conftest import NOW, PersonBuilder


@pytest.fixture
async def colleagues(session: AsyncSession, a_person: PersonBuilder) -> dict[str, str]:
    """Slack id → name."""
    names = ("Ben Okafor", "Ana Silva", "Ana Silva Costa", "Pia Lund", "Pia Holm", "Élodie Łuk-Roy")
    everybody = [
        await a_person(name, slack_user_id=f"U{number}", email=f"{number}@example.com")
        for number, name in enumerate(names)
    ]
    await a_person("Gus Guest", kind=PersonKind.GUEST)
    await a_person("Leo Left", deactivated_at=NOW - timedelta(days=1))
    session.add(Person(name="Nia New", email="nia@example.com"))  # not in Slack yet
    await session.flush()
    return {person.slack_user_id or "": person.name for person in everybody}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ben Okafor stayed until the import ran", ["Ben Okafor"]),
        ("@ben: the clearest review. @Ben’s notes, too", ["Ben Okafor"]),
        ("Thanks to @PIA LUND and @ana silva.", ["Pia Lund", "Ana Silva"]),
        ("(@Ana Silva Costa)", ["Ana Silva Costa"]),
        ("@Élodie Łuk-Roy", ["Élodie Łuk-Roy"]),
        ("@Élodie", ["Élodie Łuk-Roy"]),
        ("@Pia took my call", []),
        ("@Ben Smith from the agency", []),
        ("@Benjamin, @Okafor, @% and @_", []),
        ("ben@example.com, Ben Okafor, <@U0BEN>", []),
        ("@Gus Guest, @Leo Left and @Nia New", []),
        ("", []),
    ],
)
async def test_a_name_means_the_one_colleague_who_has_it(
    session: AsyncSession, colleagues: dict[str, str], text: str, names: list[str]
) -> None:
    assert [colleagues[one] for one in await people.mentioned(session, text)] == names
