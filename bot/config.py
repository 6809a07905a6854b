"""Settings: every environment variable, typed, with its default. `__main__` reads them once and passes them
down.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import CannotStart

CHECKOUT = Path(__file__).resolve().parents[1]
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class Settings(BaseSettings):
    """The environment wins over `.env`; an empty value counts as not set."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", hide_input_in_errors=True, frozen=True
    )

    slack_bot_token: SecretStr | None = Field(None, description="the bot token of the installed app, xoxb-…")
    slack_signing_secret: SecretStr | None = Field(None, description="proves that a request comes from Slack")
    slack_signing_secret_previous: SecretStr | None = Field(
        None, description="the old secret, accepted too while you rotate"
    )
    slack_app_token: SecretStr | None = Field(
        None, description="app-level token, xapp-…; switches to Socket Mode"
    )
    slack_mode: Literal["http", "socket"] | None = Field(
        None, description="overrides the choice made by SLACK_APP_TOKEN"
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", description="where the Web API lives; the playground sets it"
    )
    database_url: str = Field("sqlite:///var/rapport.db", description="sqlite:///PATH or postgresql://…")
    host: str = Field("127.0.0.1", description="address the web server listens on")
    port: int = Field(3000, ge=0, le=65535, description="port the web server listens on; 0 takes a free one")
    command_prefix: str = Field(
        "",
        pattern=r"^[a-z0-9_-]{0,16}$",
        description="the word before each command: acme gives /acme-checkin",
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        try:
            scheme = make_url(value).drivername
        except ArgumentError:
            raise ValueError("write it as sqlite:///PATH or postgresql://user:password@host/name") from None
        if scheme not in DRIVERS:
            raise ValueError("write it as sqlite:///PATH or postgresql://user:password@host/name")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @model_validator(mode="after")
    def _socket_needs_its_token(self) -> "Settings":
        if self.slack_mode == "socket" and self.slack_app_token is None:
            raise ValueError("SLACK_MODE=socket needs SLACK_APP_TOKEN; create one with connections:write")
        return self

    @property
    def mode(self) -> Literal["http", "socket"]:
        """Socket Mode if there is an app token, else HTTP, unless SLACK_MODE says which."""
        return self.slack_mode or ("socket" if self.slack_app_token else "http")

    @property
    def sqlalchemy_url(self) -> URL:
        """The database address with the async driver's name filled in."""
        url = make_url(self.database_url)
        if "sslmode" in url.query:  # the name libpq uses; asyncpg calls it ssl
            url = url.set(query={**url.query, "ssl": url.query["sslmode"]}).difference_update_query(
                ["sslmode"]
            )
        return url.set(drivername=DRIVERS[url.drivername])

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """The current secret comes first. Socket Mode needs none, as nothing is signed there."""
        both = (self.slack_signing_secret, self.slack_signing_secret_previous)
        return tuple(secret.get_secret_value() for secret in both if secret)

    def token(self) -> str:
        return _required(self.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-", "the Bot User OAuth Token")

    def app_token(self) -> str:
        return _required(self.slack_app_token, "SLACK_APP_TOKEN", "xapp-", "an app-level token")

    def require_slack(self) -> None:
        """The start stops unless every setting for Slack is there."""
        self.token()
        if self.mode == "socket":
            self.app_token()
        elif not self.signing_secrets:
            raise CannotStart(
                "SLACK_SIGNING_SECRET is missing. Copy it from Basic Information of your Slack app into .env, "
                "or set SLACK_APP_TOKEN to use Socket Mode."
            )


def _required(secret: SecretStr | None, name: str, prefix: str, what: str) -> str:
    if secret is None:
        raise CannotStart(f"{name} is missing. Copy {what} ({prefix}…) of your Slack app into .env.")
    if not secret.get_secret_value().startswith(prefix):
        raise CannotStart(f"{name} does not start with {prefix}. Copy {what} of your Slack app into .env.")
    return secret.get_secret_value()


def read_settings(folder: Path, **overrides: object) -> Settings:
    """Settings come from the environment, then from `.env`. A wrong value is reported by its name, never by the
    value.

    `.env` and a relative SQLite path belong to the checkout if the command runs inside it, else to `folder`.
    """
    home = CHECKOUT if folder.resolve().is_relative_to(CHECKOUT) else folder
    try:
        settings = Settings(**{"_env_file": home / ".env", **overrides})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        reason = first["msg"].removeprefix("Value error, ")
        raise CannotStart(f"{name}{reason}. Correct it in the environment or in .env.") from None
    return settings.model_copy(update={"database_url": _anchored(settings.database_url, home)})


def _anchored(database_url: str, home: Path) -> str:
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return database_url
    return url.set(database=str(home / url.database)).render_as_string(hide_password=False)
