"""The doctor checks everything the bot depends on and names the remedy for each fault."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from asyncpg import PostgresError
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import manifest, schema
from bot.config import Settings
from bot.db import Database
from bot.errors import CannotStart
from bot.models import HrGrant
from bot.slack import OPTIONAL_SCOPES, Identity, Slack, SlackError
from bot.socket_mode import one_time_url

MAX_SKEW = timedelta(seconds=60)  # Slack's requests fail at 5 minutes; by then nobody would suspect the clock


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    fact: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        return not self.remedy

    def __str__(self) -> str:
        verdict = "ok" if self.ok else "PROBLEM"
        return f"{verdict:<8} {self.what}: {self.fact}" + (
            f"\n         → {self.remedy}" if self.remedy else ""
        )


async def examine(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    findings = [finding async for finding in _slack(settings, now)]
    findings += [finding async for finding in _database(settings)]
    return findings


async def _slack(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    try:
        settings.require_slack()
        async with Slack.connect(settings.token(), settings.slack_api_url) as slack:
            identity = await slack.identity()
    except CannotStart as error:
        yield Finding("settings", "incomplete", error.sentence)
        return
    except SlackError as error:
        yield _token_refused(error)
        return
    yield Finding("token", f"belongs to {identity.workspace_name} ({identity.workspace_id})")
    yield scopes(identity)
    yield clock(identity, now())
    if settings.mode == "socket":
        yield await _app_token(settings)


def _token_refused(error: SlackError) -> Finding:
    if error.outcome == "refused":
        remedy = "Install the app, then copy its Bot User OAuth Token to SLACK_BOT_TOKEN."
    else:
        remedy = "Check the network, the proxy and SLACK_API_URL."
    return Finding("token", error.code, remedy)


def scopes(identity: Identity) -> Finding:
    wanted = set(manifest.load()["oauth_config"]["scopes"]["bot"])
    missing = wanted - identity.scopes
    if missing - OPTIONAL_SCOPES.keys():
        return Finding(
            "scopes",
            f"missing {', '.join(sorted(missing))}",
            "Paste `rapport manifest` into the app and reinstall it.",
        )
    if missing:
        lost = (f"without {scope}, {OPTIONAL_SCOPES[scope]}" for scope in sorted(missing))
        return Finding("scopes", f"all that are needed; {'; '.join(lost)}")
    if extra := identity.scopes - wanted:
        return Finding("scopes", f"all granted; not needed: {', '.join(sorted(extra))}")
    return Finding("scopes", "all granted, none too many")


def clock(identity: Identity, now: datetime) -> Finding:
    if identity.server_time is None:
        return Finding("clock", "Slack did not say what time it is")
    skew = now - identity.server_time
    if abs(skew) > MAX_SKEW:
        return Finding(
            "clock", f"{skew.total_seconds():+.0f} s from Slack's", "Keep this machine's time by NTP."
        )
    return Finding("clock", "agrees with Slack's")


async def _app_token(settings: Settings) -> Finding:
    try:
        url = await one_time_url(settings.app_token(), settings.slack_api_url)
    except CannotStart as error:
        return Finding("Socket Mode", "token refused", error.sentence)
    if url is None:
        return Finding("Socket Mode", "Slack gave no address to connect to", "Try again in a minute.")
    return Finding("Socket Mode", "token accepted")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        if not await schema.is_current(settings.sqlalchemy_url):
            yield Finding("database", "not up to date", "Run: rapport migrate")
            return
        yield Finding("database", f"reachable, up to date ({settings.sqlalchemy_url.get_backend_name()})")
        yield await _hr(settings)
    except (SQLAlchemyError, PostgresError, OSError) as error:
        yield Finding(
            "database", f"unreachable ({type(error).__name__})", "Check DATABASE_URL and the server."
        )


async def _hr(settings: Settings) -> Finding:
    database = Database(settings.sqlalchemy_url)
    remedy = "Run: rapport hr grant EMAIL"
    try:
        for workspace_id in await database.workspace_ids():
            async with database.read(workspace_id) as session:
                open_grants = select(func.count(HrGrant.id)).where(HrGrant.revoked_at.is_(None))
                if count := await session.scalar(open_grants):
                    return Finding("HR admins", str(count))
    finally:
        await database.close()
    return Finding("HR admins", "none, so nobody can help people who are refused", remedy)
