"""Migrations: they build what the models say, on both databases, and can be taken back."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, column, inspect, select, table, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import schema
from bot.config import CHECKOUT, Settings
from bot.db import Base


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[URL]:
    """The address of a database with nothing in it; the SQLite one lies in a folder that does not exist."""
    if request.param == "sqlite":
        yield Settings(database_url=f"sqlite:///{tmp_path}/new/rapport.db").sqlalchemy_url
        return
    server = Settings(database_url=request.getfixturevalue("postgres_url")).sqlalchemy_url
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("CREATE DATABASE migrations"))
        yield server.set(database="migrations")
        await connection.execute(text("DROP DATABASE migrations WITH (FORCE)"))
    await engine.dispose()


async def hire_ana(connection: AsyncConnection) -> None:
    """The only person of the workspace T1, with the id 1."""
    one = "INSERT INTO workspaces (id, name, installed_at) VALUES ('T1', 'One', CURRENT_TIMESTAMP)"
    ana = "INSERT INTO people (id, workspace_id, name, kind, title_from_csv) VALUES (1, 'T1', 'Ana', 'member', FALSE)"
    for statement in (one, ana):
        await connection.execute(text(statement))


async def tables(url: URL) -> set[str]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    return set(found) - {"alembic_version"}


async def test_from_nothing_to_what_the_models_say_and_back(url: URL) -> None:
    await schema.upgrade(url)
    assert await tables(url) == set(Base.metadata.tables)
    await schema.apply(url, command.check)
    await schema.apply(url, lambda config: command.downgrade(config, "base"))
    assert await tables(url) == set()


async def test_the_bot_knows_whether_the_schema_is_current(url: URL) -> None:
    assert await schema.is_current(url) is False
    await schema.upgrade(url)
    assert await schema.is_current(url) is True
    await schema.apply(url, lambda config: command.downgrade(config, "-1"))
    assert await schema.is_current(url) is False


async def test_two_that_migrate_at_once_do_not_collide(url: URL) -> None:
    await asyncio.gather(schema.upgrade(url), schema.upgrade(url), schema.upgrade(url))
    assert await schema.is_current(url)


async def test_a_migration_that_fails_leaves_nothing_behind(url: URL) -> None:
    def fail_after_upgrading(config: Config) -> None:
        command.upgrade(config, "head")
        raise RuntimeError

    await schema.upgrade(url)
    await schema.apply(url, lambda config: command.downgrade(config, "base"))
    with pytest.raises(RuntimeError):
        await schema.apply(url, fail_after_upgrading)
    assert await tables(url) == set()


async def test_migrating_again_changes_nothing_and_keeps_the_rows(url: URL) -> None:
    await schema.upgrade(url)
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(
            text("INSERT INTO workspaces (id, name, installed_at) VALUES ('T1', 'One', CURRENT_TIMESTAMP)")
        )
    await schema.upgrade(url)
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT name FROM workspaces")) == "One"
    await engine.dispose()


async def test_the_ledger_keeps_its_rows_under_its_new_name_and_under_its_old_one(url: URL) -> None:
    await schema.upgrade(url)
    await schema.apply(url, lambda config: command.downgrade(config, "kudos_goals"))
    engine = create_async_engine(url)
    before = await _run(engine, OLD_LEDGER, "notices")
    await schema.upgrade(url)
    now = await _run(engine, "", "notifications")
    assert [(row.state, row.rank, row.reason, row.subject) for row in now] == [
        ("sent", 1, None, {"week": "2026-11-16"}),
        ("merged", 4, None, {"kudos": 7}),
        ("skipped", 2, "rollout_off", {}),
        ("failed", None, "not_in_channel", {"kudos": 7}),
        ("planned", 2, None, {"post": 4}),
    ]
    await schema.apply(url, lambda config: command.downgrade(config, "kudos_goals"))
    assert await _run(engine, "", "notices") == before
    await engine.dispose()


async def _run(engine: AsyncEngine, statements: str, ledger: str) -> list[SimpleNamespace]:
    """Runs the statements, and reads the whole ledger, which is in the table of that name."""
    async with engine.begin() as connection:
        for statement in filter(str.strip, statements.split(";")):
            await connection.execute(text(statement))
        found = await connection.execute(text(f"SELECT * FROM {ledger} ORDER BY id"))  # noqa: S608
        rows = [dict(row._mapping) for row in found]
    return [
        SimpleNamespace(
            **{
                **row,
                "subject": row["subject"] if isinstance(row["subject"], dict) else json.loads(row["subject"]),
            }
        )
        for row in rows
    ]


OLD_LEDGER = """
INSERT INTO workspaces (id, name, installed_at) VALUES ('T1', 'One', CURRENT_TIMESTAMP);
INSERT INTO people (id, workspace_id, name, kind, title_from_csv) VALUES (1, 'T1', 'Ana', 'member', FALSE);
INSERT INTO notices (id, workspace_id, person_id, kind, key, subject, nonce, due_at, state, reason, attempts,
    to_channel, slack_ts, merged_into_id) VALUES
    (1, 'T1', 1, 'checkins.nudge', 'k1', '{"week" : "2026-11-16"}', 'n1', CURRENT_TIMESTAMP, 'sent', NULL, 1,
     NULL, '1.1', NULL),
    (2, 'T1', 1, 'kudos.received', 'k2', '{"kudos" : 7}', 'n2', CURRENT_TIMESTAMP, 'merged', NULL, 0, NULL, NULL, 1),
    (3, 'T1', 1, 'welcome', 'k3', '{}', 'n3', CURRENT_TIMESTAMP, 'skipped', 'programme_off', 0, NULL, NULL, NULL),
    (4, 'T1', 1, 'kudos.posted', 'k4', '{"kudos" : 7}', 'n4', CURRENT_TIMESTAMP, 'failed', 'not_in_channel', 1,
     'C1', NULL, NULL),
    (5, 'T1', 1, 'posts.refused', 'k5', '{"notice" : 4}', 'n5', CURRENT_TIMESTAMP, 'planned', NULL, 0, NULL, NULL, NULL)
"""


async def test_what_was_planned_before_ranks_gets_one_by_its_kind(url: URL) -> None:
    kinds = {
        "checkins.nudge": 1,
        "goals.proposed": 2,
        "checkins.shared": 3,
        "kudos.received": 4,
        "kudos.posted": None,
    }
    await schema.upgrade(url)
    await schema.apply(url, lambda config: command.downgrade(config, "notifications"))
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await hire_ana(connection)
        await connection.execute(
            text(
                "INSERT INTO notifications "
                "(workspace_id, person_id, kind, key, subject, nonce, due_at, state, attempts) "
                "VALUES ('T1', 1, :kind, :kind, '{}', 'n', CURRENT_TIMESTAMP, 'planned', 0)"
            ),
            [{"kind": kind} for kind in kinds],
        )
    await schema.upgrade(url)
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT kind, rank FROM notifications"))
        assert {row.kind: row.rank for row in rows} == kinds
    await engine.dispose()


async def test_messages_about_one_check_in_each_become_the_messages_of_a_week(url: URL) -> None:
    """Of Ben's three, the one that stands there is the week's; Carla's only one waits and is hers."""
    await schema.upgrade(url)
    await schema.apply(url, lambda config: command.downgrade(config, "answers"))
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in OLD_SHARED.split(";"):
            await connection.execute(text(statement))
    await schema.upgrade(url)
    rows = await _shared(engine)
    assert [(row.key, row.state, row.week) for row in rows] == [
        ("checkins.shared:11:1", "skipped", "2026-11-16"),
        ("checkins.shared:1:2026-11-16", "sent", "2026-11-16"),
        ("checkins.shared:13:1", "skipped", "2026-11-16"),
        ("checkins.shared:2:2026-11-16", "planned", "2026-11-16"),
    ]
    await schema.apply(url, lambda config: command.downgrade(config, "answers"))
    assert {row.checkin for row in await _shared(engine)} == {11, 12, 13, 14}
    await engine.dispose()


OLD_SHARED = """
INSERT INTO workspaces (id, name, installed_at) VALUES ('T1', 'One', CURRENT_TIMESTAMP);
INSERT INTO people (id, workspace_id, name, kind, title_from_csv) VALUES
    (1, 'T1', 'Ben', 'member', FALSE), (2, 'T1', 'Carla', 'member', FALSE),
    (3, 'T1', 'Ana', 'member', FALSE), (4, 'T1', 'Pia', 'member', FALSE), (5, 'T1', 'Tom', 'member', FALSE);
INSERT INTO checkins (id, workspace_id, person_id, week, audience, answers, revision, submitted_at) VALUES
    (11, 'T1', 3, '2026-11-16', 'manager', '[]', 1, CURRENT_TIMESTAMP),
    (12, 'T1', 4, '2026-11-16', 'manager', '[]', 1, CURRENT_TIMESTAMP),
    (13, 'T1', 5, '2026-11-16', 'manager', '[]', 1, CURRENT_TIMESTAMP),
    (14, 'T1', 1, '2026-11-16', 'manager', '[]', 1, CURRENT_TIMESTAMP);
INSERT INTO notifications (id, workspace_id, person_id, kind, key, subject, nonce, due_at, state, attempts) VALUES
    (1, 'T1', 1, 'checkins.shared', 'checkins.shared:11:1', '{"checkin" : 11}', 'n', CURRENT_TIMESTAMP, 'planned', 0),
    (2, 'T1', 1, 'checkins.shared', 'checkins.shared:12:1', '{"checkin" : 12}', 'n', CURRENT_TIMESTAMP, 'sent', 1),
    (3, 'T1', 1, 'checkins.shared', 'checkins.shared:13:1', '{"checkin" : 13}', 'n', CURRENT_TIMESTAMP, 'planned', 0),
    (4, 'T1', 2, 'checkins.shared', 'checkins.shared:14:2', '{"checkin" : 14}', 'n', CURRENT_TIMESTAMP, 'planned', 0)
"""


async def _shared(engine: AsyncEngine) -> list[SimpleNamespace]:
    ledger = table("notifications", column("id"), column("key"), column("state"), column("subject", JSON))
    async with engine.connect() as connection:
        rows = await connection.execute(select(ledger).order_by(ledger.c.id))
    return [SimpleNamespace(key=row.key, state=row.state, **row.subject) for row in rows]


async def test_a_goal_from_before_counts_from_the_day_it_was_set(url: URL) -> None:
    """It was set on 2 December, with a number that holds, one that does not, and half of a way to go."""
    await schema.upgrade(url)
    await schema.apply(url, lambda config: command.downgrade(config, "ranks"))
    engine = create_async_engine(url)
    goal = (
        "INSERT INTO goals (id, workspace_id, level, owner_id, title, kind, visibility, period, starts_on, ends_on, "
        "set_by_id, set_at, state, state_by_id, state_since, progress, touched_at, version) VALUES "
        "(1, 'T1', 'person', 1, 'Stay up', 'committed', 'open', 'Q4 2026', '2026-10-01', '2026-12-31', "
        "1, '2026-12-02 09:00:00', 'agreed', 1, '2026-12-02 09:00:00', 0.5, '2026-12-02 09:00:00', 1)"
    )
    result = (
        "INSERT INTO key_results (id, workspace_id, goal_id, title, measure, unit, start, target, current, tolerance, "
        "milestones, weight) VALUES (:id, 'T1', 1, 'X', :measure, '', 0, 10, :current, 0, '[]', :weight)"
    )
    results = [
        {"id": 1, "measure": "hold", "current": 10.0, "weight": 1.0},
        {"id": 2, "measure": "hold", "current": 9.0, "weight": 1.0},
        {"id": 3, "measure": "metric", "current": 5.0, "weight": 2.0},
    ]
    async with engine.begin() as connection:
        await hire_ana(connection)
        await connection.execute(text(goal))
        await connection.execute(text(result), results)
    await schema.upgrade(url)
    async with engine.connect() as connection:
        row = (
            await connection.execute(text("SELECT begins_on, scored_on, progress, daily_gain FROM goals"))
        ).one()
        held = await connection.execute(text("SELECT held_from, read_on FROM key_results ORDER BY id"))
        assert [str(one) for one in row[:2]] == ["2026-12-02"] * 2
        assert (row.progress, row.daily_gain) == (pytest.approx(0.25), pytest.approx(0.25 / 30))
        assert [one.held_from is not None for one in held] == [True, True, False]
    await engine.dispose()


def test_migrations_are_one_line_of_words_that_need_no_application_code() -> None:
    config = Config()
    config.set_main_option("script_location", str(CHECKOUT / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1
    for revision in script.walk_revisions():
        file = Path(revision.path)
        assert file.stem[10:] == f"_{revision.revision}", "a date, then the revision's own words"
        assert "bot" not in {line.split()[1].partition(".")[0] for line in _imports(file)}


def _imports(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line.startswith(("import ", "from "))]
