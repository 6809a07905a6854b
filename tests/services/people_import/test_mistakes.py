"""Every mistake is named by line and column at once, with the remedy."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import PersonKind
from bot.services import people_import
from tests.conftest import NOW, PersonBuilder


async def mistakes(session: AsyncSession, text: str) -> list[str]:
    return [str(problem) for problem in (await people_import.plan(session, text)).problems]


async def test_every_mistake_is_named_by_line_and_column_at_once(session: AsyncSession) -> None:
    text = (
        "email,name,manager_email,start_date,country,timezone\n"
        "ana@example.com,Ana,nobody@example.com,01.09.2022,UK,Lisbon\n"
        '"ben@example.com","Ben\nOkafor",ana@example.com,2022-02-30,PT,Europe/Lisbon\n'
        "not-an-address,Cy,,,,\n"
        ",Dee,,,,\n"
        "eve@example.com,,,,,\n"
    )
    assert await mistakes(session, text) == [
        'line 2, start_date: "01.09.2022" is not a date. Write it as YYYY-MM-DD.',
        'line 2, country: "UK" is not a country code. Write two letters, such as DE or PT (the United Kingdom is GB).',
        'line 2, timezone: "Lisbon" is not a time zone. Write it as Europe/Berlin.',
        'line 2, manager_email: "nobody@example.com" is neither in this file nor in the directory.',
        'line 3, start_date: "2022-02-30" is not a date. Write it as YYYY-MM-DD.',
        'line 5, email: "not-an-address" is not an e-mail address.',
        "line 6: names nobody. Give a slack_user_id or an email.",
        "line 7, name: is empty or missing, and this person is new. Give a name.",
    ]


NO_HEADER = "line 1: needs a header with a column slack_user_id or email."
CELLS = "line 2: has 3 cells, the header has 2. Quote cells with a separator in them."
OPEN = "line 2: cannot be read from here on: a quote is opened and not closed, or closed too early."
SAME = "line 3: is the same person as line 2."
NOT_AN_ID = 'line 2, slack_user_id: "ana!" is not a Slack member id such as U012AB3CD.'
NOT_A_DATE = 'line 2, start_date: "20220901" is not a date. Write it as YYYY-MM-DD.'
ODD_YEAR = 'line 2, start_date: "0022-09-01" has a year nobody starts in.'
TOO_LONG = "line 2, name: is 201 characters long, 200 at most. Is a quote missing?"
EMPTY_PART = 'line 2, department: "Sales /" has an empty part. Write it as "Engineering / Platform".'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", NO_HEADER),
        ("name,title\nAna,Lead\n", NO_HEADER),
        ("email,email\na@b.c,a@b.c\n", "line 1: has the column email twice."),
        ("email,name\na@b.c,Silva, Ana\n", CELLS),
        ('email,name\na@b.c,"Ana\n', OPEN),
        ("email,name\na@b.c,Ana\nA@B.C,Ana\n", SAME),
        ("email,name,slack_user_id\na@b.c,Ana,U1\nb@b.c,Ben,U1\n", SAME),
        ("slack_user_id,name\nana!,Ana\n", NOT_AN_ID),
        ("email,name,start_date\na@b.c,Ana,20220901\n", NOT_A_DATE),
        ("email,name,start_date\na@b.c,Ana,0022-09-01\n", ODD_YEAR),
        (f"email,name\na@b.c,{'x' * 201}\n", TOO_LONG),
        ("email,name,department\na@b.c,Ana,Sales / \n", EMPTY_PART),
    ],
)
async def test_each_mistake_has_its_sentence(session: AsyncSession, text: str, sentence: str) -> None:
    assert await mistakes(session, text) == [sentence]


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        (["ana,ana"], ["line 2, manager_email: Ana → Ana: nobody can be their own manager."]),
        (["ana,ben", "ben,ana"], ["line 2, manager_email: closes a circle: Ana → Ben → Ana."]),
        (
            ["dee,cy", "ben,cy", "cy,ana", "ana,ben", "eve,fay", "fay,eve"],
            [
                "line 3, manager_email: closes a circle: Ben → Cy → Ana → Ben.",
                "line 6, manager_email: closes a circle: Eve → Fay → Eve.",
            ],
        ),
    ],
)
async def test_circles_in_the_file_are_refused_with_the_chain_named(
    session: AsyncSession, lines: list[str], sentences: list[str]
) -> None:
    rows = [line.split(",") for line in lines]
    body = "".join(f"{one}@example.com,{one.title()},{boss}@example.com\n" for one, boss in rows)
    assert await mistakes(session, "email,name,manager_email\n" + body) == sentences


async def test_a_circle_through_people_outside_the_file_is_found_too(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    ana = await a_person("Ana")
    ben = await a_person("Ben", manager=ana)
    await a_person("Cy", manager=ben)
    found = await mistakes(session, "email,manager_email\nana@example.com,cy@example.com\n")
    assert found == ["line 2, manager_email: closes a circle: Ana → Cy → Ben → Ana."]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"deactivated_at": NOW}, "no longer active"),
        ({"kind": PersonKind.GUEST}, "a guest"),
        ({"kind": PersonKind.BOT}, "an app"),
    ],
)
async def test_only_colleagues_can_be_managers(
    session: AsyncSession, a_person: PersonBuilder, values: dict[str, object], word: str
) -> None:
    await a_person("Gus", **values)
    found = await mistakes(session, "email,name,manager_email\nana@example.com,Ana,gus@example.com\n")
    assert found == [
        f"line 2, manager_email: Gus is {word}, so nobody can report to them. Name another manager."
    ]


async def test_rows_that_contradict_the_directory_are_refused(
    session: AsyncSession, a_person: PersonBuilder
) -> None:
    await a_person("Ana")
    await a_person("Ben")
    header = "slack_user_id,email\n"
    found = await mistakes(session, header + "UANA,ben@example.com\n")
    assert found == ["line 2, email: belongs to Ben, but the slack_user_id to Ana."]
    found = await mistakes(session, header + "UNEW,ana@example.com\n")
    assert found == ["line 2, slack_user_id: differs from the one Ana has, UANA."]
