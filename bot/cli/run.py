"""`rapport run`: builds the bot once, from the database up to the door, and takes it down in reverse."""

import asyncio
import logging
import signal
import time

from bot import installation
from bot.bolt import Intake, bolt_app
from bot.cli import Operator
from bot.context import Bot
from bot.guard import Guard
from bot.handlers import register_all
from bot.metrics import Metrics
from bot.packs import shipped_packs
from bot.server import Server, web_app
from bot.slack import Slack
from bot.socket_mode import SocketMode

log = logging.getLogger(__name__)


async def run(operator: Operator) -> None:
    """Until a signal, or until Socket Mode is given up."""
    settings = operator.settings
    settings.require_slack()
    metrics = Metrics.new()
    async with (
        operator.database() as database,
        Slack.connect(settings.token(), settings.slack_api_url) as slack,
    ):
        identity = await installation.greet(slack)
        bot = Bot(
            workspace_id=await installation.register(database, identity, now=operator.now()),
            settings=settings,
            database=database,
            slack=slack,
            packs=shipped_packs(),
            now=operator.now,
        )
        app = bolt_app(identity, settings.slack_api_url)
        register_all(app, bot)
        over = over_http if settings.mode == "http" else over_socket
        await over(bot, Intake(app, metrics), metrics)


async def over_http(bot: Bot, intake: Intake, metrics: Metrics) -> None:
    guard = Guard(bot.settings.signing_secrets, intake, now=bot.now, metrics=metrics)
    await serve(bot, Server(web_app(bot, metrics, guard=guard), bot.settings.host, bot.settings.port))


async def over_socket(bot: Bot, intake: Intake, metrics: Metrics) -> None:
    """The web server still answers for health and metrics. Raises `SocketLost` when the watchdog gives up."""
    settings = bot.settings
    connection = SocketMode(
        settings.app_token(), settings.slack_api_url, intake, metrics=metrics, monotonic=time.monotonic
    )
    server = Server(web_app(bot, metrics, connection=connection), settings.host, settings.port)
    await connection.start()
    watching = asyncio.create_task(connection.watch())
    watching.add_done_callback(lambda _: server.stop())
    try:
        await serve(bot, server)
        if watching.done():
            watching.result()
    finally:
        watching.cancel()
        await connection.stop()


async def serve(bot: Bot, server: Server) -> None:
    """Until SIGINT or SIGTERM; then requests under way are finished. A second SIGINT does not wait for them."""
    loop = asyncio.get_running_loop()
    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop_signal, server.handle_exit, stop_signal, None)
    where = {"host": bot.settings.host, "port": server.port}
    log.info("bot.started", extra=where | {"workspace": bot.workspace_id, "mode": bot.settings.mode})
    await server.serve()
    log.info("bot.stopped")
