"""Settings: where they come from, what is refused and in which words, and that secrets stay secret."""

from pathlib import Path

import pytest

from bot.config import CHECKOUT, Settings, read_settings
from bot.errors import CannotStart

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _a_clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_the_environment_comes_before_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PORT=4000\nHOST=0.0.0.0\n")
    monkeypatch.setenv("PORT", "5000")
    settings = read_settings(tmp_path)
    assert (settings.port, settings.host) == (5000, "0.0.0.0")  # noqa: S104


def test_an_empty_value_counts_as_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert read_settings(tmp_path).port == 3000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "seventy"),
        ("PORT", "70000"),
        ("SLACK_MODE", "carrier-pigeon"),
        ("DATABASE_URL", "mysql://root:hunter2@host/db"),
        ("DATABASE_URL", "hunter2"),
        ("COMMAND_PREFIX", "Not Allowed"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_its_name_and_never_the_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart) as refused:
        read_settings(tmp_path)
    assert refused.value.sentence.startswith(f"{name}: ")
    assert ".env" in refused.value.sentence
    assert value not in refused.value.sentence
    assert refused.value.__suppress_context__


def test_socket_mode_without_its_token_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_MODE", "socket")
    with pytest.raises(CannotStart, match="SLACK_APP_TOKEN"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxp-hunter2", "slack_signing_secret": "s"}, "SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"slack_bot_token": "xoxb-1", "slack_app_token": "hunter2"}, "SLACK_APP_TOKEN"),
    ],
)
def test_what_slack_needs_is_asked_for_by_name(tmp_path: Path, values: dict[str, str], missing: str) -> None:
    with pytest.raises(CannotStart, match=missing) as refused:
        read_settings(tmp_path, **values).require_slack()
    assert "hunter2" not in refused.value.sentence


def test_the_app_token_selects_socket_mode_unless_told_otherwise(tmp_path: Path) -> None:
    assert read_settings(tmp_path).mode == "http"
    assert read_settings(tmp_path, slack_app_token="xapp-1").mode == "socket"
    assert read_settings(tmp_path, slack_app_token="xapp-1", slack_mode="http").mode == "http"


def test_both_signing_secrets_count_during_rotation_the_current_one_first(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, slack_signing_secret="new", slack_signing_secret_previous="old")
    assert settings.signing_secrets == ("new", "old")


def test_secrets_never_print(tmp_path: Path) -> None:
    settings = read_settings(
        tmp_path,
        slack_bot_token="xoxb-hunter2",
        slack_signing_secret="hunter2",
        slack_app_token="xapp-hunter2",
    )
    assert "hunter2" not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:////srv/rapport.db", "sqlite+aiosqlite:////srv/rapport.db"),
        ("postgresql://ann@db/rapport", "postgresql+asyncpg://ann@db/rapport"),
        ("postgres://ann@db/rapport", "postgresql+asyncpg://ann@db/rapport"),
        ("postgresql://db/rapport?sslmode=require", "postgresql+asyncpg://db/rapport?ssl=require"),
    ],
)
def test_databases_are_written_without_driver_names(tmp_path: Path, url: str, driver: str) -> None:
    assert str(read_settings(tmp_path, database_url=url).sqlalchemy_url) == driver


def test_a_relative_database_is_the_checkouts_from_wherever_inside_it(tmp_path: Path) -> None:
    inside = read_settings(CHECKOUT / "bot" / "views", _env_file=None)
    assert inside.sqlalchemy_url.database == str(CHECKOUT / "var" / "rapport.db")
    assert read_settings(tmp_path).sqlalchemy_url.database == str(tmp_path / "var" / "rapport.db")


def test_env_example_names_every_setting_with_its_default_and_nothing_else() -> None:
    example = (CHECKOUT / ".env.example").read_text("utf-8")
    assert example == as_example()


def as_example() -> str:
    """Every setting with its description, commented out at its default."""
    head = "# Copy to .env and fill in. The environment comes before this file; empty means not set.\n"
    return head + "".join(
        f"\n# {field.description}\n#{name.upper()}={'' if field.default is None else field.default}\n"
        for name, field in Settings.model_fields.items()
    )
