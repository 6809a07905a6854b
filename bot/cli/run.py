"""`rapport run` builds the bot once, from the database up to the web server, and takes it down in reverse."""

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import installation, jobs
from bot.bolt import Intake, bolt_app
from bot.capabilities import House, house
from bot.cli import Operator
from bot.context import Bot
from bot.courier import Courier
from bot.guard import Guard
from bot.handlers import register_all
from bot.metrics import Metrics
from bot.packs import shipped_packs
from bot.server import Server, web_app
from bot.slack import Slack
from bot.socket_mode import SocketMode

log = logging.getLogger(__name__)


async def run(operator: Operator) -> None:
    """The bot runs until a signal ends it, or until Socket Mode is given up."""
    operator.settings.require_slack()
    over = over_http if operator.settings.mode == "http" else over_socket
    whole = house()
    async with (
        assembled(operator, whole) as (bot, intake),
        delivering(bot, whole),
        jobs.ticking(bot, whole.timetable),
    ):
        await over(bot, intake)


@asynccontextmanager
async def assembled(operator: Operator, house: House) -> AsyncIterator[tuple[Bot, Intake]]:
    """The whole bot, not yet serving or delivering anything. The demo gives it a clock of its own."""
    settings, metrics = operator.settings, Metrics.new()
    async with (
        operator.database() as database,
        Slack.connect(
            settings.token(),
            settings.slack_api_url,
            count=metrics.count_call,
            command_prefix=settings.command_prefix,
        ) as slack,
    ):
        identity = await installation.greet(slack)
        bot = Bot(
            workspace_id=await installation.register(database, identity, now=operator.now()),
            settings=settings,
            database=database,
            slack=slack,
            packs=shipped_packs(),
            now=operator.now,
            metrics=metrics,
        )
        app = bolt_app(identity, settings.slack_api_url)
        register_all(app, bot, house.front)
        yield bot, Intake(app, metrics)


@asynccontextmanager
async def delivering(bot: Bot, house: House) -> AsyncIterator[None]:
    """The courier runs beside the server; at the end it finishes the send in progress."""
    courier = Courier(bot, house.spoken)
    running = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        await courier.stop()
        await running


async def over_http(bot: Bot, intake: Intake) -> None:
    guard = Guard(bot.settings.signing_secrets, intake, now=bot.now, metrics=bot.metrics)
    await serve(bot, Server(web_app(bot, bot.metrics, guard=guard), bot.settings.host, bot.settings.port))


async def over_socket(bot: Bot, intake: Intake) -> None:
    """The web server still answers for health and metrics. Raises `SocketLost` when the watchdog gives up."""
    settings = bot.settings
    connection = SocketMode(
        settings.app_token(), settings.slack_api_url, intake, metrics=bot.metrics, monotonic=time.monotonic
    )
    server = Server(web_app(bot, bot.metrics, connection=connection), settings.host, settings.port)
    async with connection.kept(or_else=server.stop):
        await serve(bot, server)


async def serve(bot: Bot, server: Server) -> None:
    """The server runs until SIGINT or SIGTERM and finishes open requests. A second SIGINT does not wait for
    them.
    """
    loop = asyncio.get_running_loop()
    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop_signal, server.handle_exit, stop_signal, None)
    where = {"host": bot.settings.host, "port": server.port}
    log.info("bot.started", extra=where | {"workspace": bot.workspace_id, "mode": bot.settings.mode})
    await server.serve()
    log.info("bot.stopped")
