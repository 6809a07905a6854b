"""The wall between workspaces: a session of one can neither read nor change another's rows."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import (
    Date,
    Integer,
    Text,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.db import (
    Base,
    Database,
    Prepared,
    Scoped,
    UtcDateTime,
    WrongWorkspace,
    insert_rows,
    insert_selected,
    table_of,
    update_rows,
)
from bot.db.expressions import computed_once, later, rows_as_table
from bot.models import Department, HrGrant, Person, Workspace
from tests.conftest import HOME, NOW, OTHER


def test_every_table_belongs_to_a_workspace() -> None:
    unscoped = [mapper.class_ for mapper in Base.registry.mappers if not issubclass(mapper.class_, Scoped)]
    assert unscoped == []


async def test_a_session_sees_only_its_own_workspace(database: Database) -> None:
    async with database.read(HOME) as session:
        assert (await session.scalars(select(Workspace.name))).all() == ["Home"]


def test_every_foreign_key_between_rows_carries_the_workspace() -> None:
    loose = [
        f"{table.name}.{constraint.column_keys}"
        for table in Base.metadata.sorted_tables
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name != "workspaces" and constraint.column_keys[0] != "workspace_id"
    ]
    assert loose == []


@pytest.fixture
async def stranger(database: Database) -> Person:
    """Somebody in the other workspace."""
    async with database.work(OTHER) as session:
        person = Person(name="Stranger", slack_user_id="USTRANGER")
        session.add(person)
    return person


async def test_another_workspaces_rows_cannot_be_read(database: Database, stranger: Person) -> None:
    async with database.read(HOME) as session:
        assert await session.get(Person, stranger.id) is None
        assert (await session.scalars(select(Person))).all() == []
        assert await session.scalar(select(func.count()).select_from(Person)) == 0
        assert (await session.execute(select(Person.name))).all() == []
    async with database.read(OTHER) as session:
        assert await session.get(Person, stranger.id) is not None


async def test_a_change_made_once_ends_at_the_wall_and_comes_after_what_is_pending(
    database: Database, stranger: Person
) -> None:
    rename = Prepared(Person, update(table_of(Person)).values(name=bindparam("new_name")))
    async with database.work(HOME) as session:
        session.add(Person(name="Ana"))
        await rename.execute(session, new_name="Taken")
        assert (await session.execute(select(Person.name))).scalars().all() == ["Taken"]
    async with database.read(OTHER) as session:
        assert (await session.scalars(select(Person.name))).all() == ["Stranger"]


async def test_another_workspaces_rows_cannot_be_changed(database: Database, stranger: Person) -> None:
    async with database.work(HOME) as session:
        await session.execute(update(Person).values(name="Taken"))
        await session.execute(delete(Person))
    async with database.read(OTHER) as session:
        assert (await session.scalars(select(Person.name))).all() == ["Stranger"]


async def test_a_row_carried_over_from_another_session_is_refused(
    database: Database, stranger: Person
) -> None:
    with pytest.raises(WrongWorkspace):
        async with database.work(HOME) as session:
            session.add(stranger)
            stranger.name = "Taken"
    with pytest.raises(WrongWorkspace):
        async with database.work(HOME) as session:
            session.add(Person(name="Planted", workspace_id=OTHER))


@pytest.mark.parametrize(
    "statement",
    [
        text("SELECT * FROM people"),
        select(Person.__table__.c.name),
        insert(Person).values(name="Planted", workspace_id=OTHER),
        Base.metadata.tables["people"].delete(),
    ],
    ids=["text", "core select", "plain insert", "core delete"],
)
async def test_what_cannot_be_narrowed_is_refused(database: Database, statement: object) -> None:
    with pytest.raises(WrongWorkspace):
        async with database.work(HOME) as session:
            await session.execute(statement)  # type: ignore[call-overload]


async def test_many_rows_are_updated_at_once_but_only_ones_own(database: Database, stranger: Person) -> None:
    with pytest.raises(WrongWorkspace):
        async with database.work(HOME) as session:
            await session.execute(update(Person), [{"id": stranger.id, "name": "Taken"}])
    async with database.work(HOME) as session:
        ana = Person(name="Ana")
        session.add(ana)
        await session.flush()
        await update_rows(
            session, Person, [{"id": ana.id, "name": "Ana Silva"}, {"id": stranger.id, "name": "Taken"}]
        )
        assert ana.name == "Ana Silva"
    async with database.read(OTHER) as session:
        assert (await session.scalars(select(Person.name))).all() == ["Stranger"]


async def test_a_row_cannot_point_into_another_workspace(database: Database, stranger: Person) -> None:
    with pytest.raises(IntegrityError):
        async with database.work(HOME) as session:
            session.add(Person(name="Ana", manager_id=stranger.id))


async def test_insert_rows_skips_what_exists_and_says_what_is_new(database: Database) -> None:
    async with database.work(HOME) as session:
        first = await insert_rows(session, Department, [{"name": "Sales", "path": "Sales"}])
        again = await insert_rows(
            session, Department, [{"name": "Sales", "path": "Sales"}, {"name": "Support", "path": "Support"}]
        )
    assert (len(first), len(again)) == (1, 1)


async def test_rows_found_by_a_query_are_inserted_for_ones_own_workspace_only(
    database: Database, stranger: Person
) -> None:
    async with database.work(HOME) as session:
        ana, ben = Person(name="Ana"), Person(name="Ben")
        session.add_all([ana, ben])
        await session.flush()
        grants = select(Person.id.label("person_id"), literal(NOW, UtcDateTime).label("granted_at"))
        with pytest.raises(WrongWorkspace):
            await session.execute(insert(HrGrant).from_select(["person_id", "granted_at"], grants))
        assert await insert_selected(session, HrGrant, grants.where(Person.id == ana.id)) == 1
        assert await insert_selected(session, HrGrant, grants) == 1, (
            "Ana has hers, the stranger is out of sight"
        )
        assert set(await session.scalars(select(HrGrant.person_id))) == {ana.id, ben.id}
    async with database.read(OTHER) as session:
        assert (await session.scalars(select(HrGrant))).all() == []


async def test_a_query_hidden_inside_another_is_narrowed_too(database: Database, stranger: Person) -> None:
    async with database.work(HOME) as session:
        everybody = select(Person.id.label("person_id"))
        inside = computed_once(everybody.where(exists().where(Person.name == "Stranger")), "inside")
        rows = select(inside.c.person_id, literal(NOW, UtcDateTime).label("granted_at"))
        assert await insert_selected(session, HrGrant, rows) == 0


async def test_rows_of_ours_become_a_table_with_their_types(database: Database) -> None:
    columns = (column("id", Integer), column("at", UtcDateTime), column("day", Date), column("note", Text))
    ours = [(1, NOW, NOW.date(), 'it\'s "quoted"'), (2, None, None, None)]
    async with database.work(HOME) as session:
        table = rows_as_table(session, "ours", columns, ours)
        ana = Person(name="Ana")
        session.add(ana)
        await session.flush()
        found = await session.execute(
            select(*table.c, Person.name, later(table.c.at, table.c.id * 90)).join_from(
                table, Person, literal(True)
            )
        )
        first, second = found.all()
    assert first == (1, NOW, NOW.date(), 'it\'s "quoted"', "Ana", NOW + timedelta(seconds=90))
    assert second == (2, None, None, None, "Ana", None)


async def test_an_instant_needs_a_zone_and_comes_back_in_utc(database: Database) -> None:
    async with database.work(HOME) as session:
        ana = Person(name="Ana", away_since=NOW)
        session.add(ana)
    async with database.read(HOME) as session:
        assert await session.scalar(select(Person.away_since)) == NOW
    with pytest.raises(Exception, match="time zone"):
        async with database.work(HOME) as session:
            session.add(Person(name="Ben", away_since=datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_errors_of_the_database_do_not_print_what_people_typed(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with database.work(HOME) as session:
            session.add(Person(name="canary-text", manager_id=999_999))
    assert "canary-text" not in str(caught.value)


async def test_in_a_rush_nobody_is_served_again_and_again_while_somebody_waits(database: Database) -> None:
    served: Counter[int] = Counter()
    most = 0

    async def visit(visitor: int) -> None:
        nonlocal most
        for _ in range(10):
            async with database.work(HOME) as session:
                for _ in range(3):
                    await session.execute(select(Workspace.name))
                served[visitor] += 1
                most = max(most, served[visitor] - min(served[one] for one in range(32)))

    await asyncio.gather(*map(visit, range(32)))
    assert most <= 2
