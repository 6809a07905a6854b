"""`make demo`: a local Slack with the sample company in it, and the bot at work there. No account is needed."""

import argparse
import asyncio
import contextlib
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import playground
from playground.app import App, Installed
from playground.bot_process import BotProcess, StepFailed
from playground.manifest import AppManifest
from playground.page import Page
from playground.server import Playground

HOST = "127.0.0.1"
CHECKOUT = Path(playground.__file__).resolve().parents[1]
COMPANY = CHECKOUT / "playground" / "company.csv"
# The two who are HR in company.csv: Nadia Rahman leads, Olu Adeyemi is her partner.
HR = ("nadia.rahman@lindenworks.example", "olu.adeyemi@lindenworks.example")
MOST_LINES = 15


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8420, help="of the page; if it is taken, a free one is used"
    )
    parser.add_argument(
        "--data", type=Path, default=CHECKOUT / "var", help="folder for the database and the log"
    )
    wanted = parser.parse_args()
    try:
        asyncio.run(demo(free_port(wanted.port), wanted.data.resolve()))
    except StepFailed:
        sys.exit(1)
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nThe demo has ended.")


async def demo(port: int, data: Path) -> None:
    """Until Ctrl-C, or until the bot ends by itself."""
    if ours := asyncio.current_task():
        with contextlib.suppress(NotImplementedError):  # Windows knows no SIGTERM
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ours.cancel)
    slack = Playground(host=HOST, port=port)
    installed = move_in(slack)
    async with slack:
        people = sum(member.is_person for member in installed.workspace.members.values())
        print(f"{installed.workspace.name}: {people} people, a local Slack, and Rapport in it.")
        await work(slack, installed, data)


def move_in(slack: Playground) -> Installed:
    """The sample company in a workspace, the app installed there, and a page to look at it all."""
    workspace = slack.workspace("Linden Works")
    workspace.load_people(COMPANY)
    app = App.create(AppManifest.read(CHECKOUT / "app.yaml"))
    app.socket_mode = False  # the bot is on this machine: plain HTTP reaches it
    installed = slack.install(app, workspace)
    slack.mount("", Page(slack, workspace).app())
    return installed


async def work(slack: Playground, installed: Installed, data: Path) -> None:
    bot_url, database, log = f"http://{HOST}:{free_port()}", fresh_database(data), data / "demo.log"
    bot = BotProcess(settings(slack, installed, bot_url, database), log)
    with step("Creating the database", f"Delete the folder {data} and try again."):
        await bot.command("migrate")
    with step("Importing the company", f"Correct {COMPANY} where the lines above say so."):
        await bot.command("people", "import", str(COMPANY))
    with step("Naming HR", f"Look for {' and '.join(HR)} in {COMPANY}."):
        for email in HR:
            await bot.command("hr", "grant", email)
    async with contextlib.AsyncExitStack() as open_bot:
        with step("Starting the bot", f"The whole log is in {log}."):
            running = await open_bot.enter_async_context(bot.running(bot_url))
            await slack.save_request_url(installed.app, f"{bot_url}/slack/events")
        print(
            f"\nOpen {slack.url}/ and be Ana Silva: /checkin is a good beginning. Ctrl-C ends it all.",
            flush=True,
        )
        await running.wait()
        fail(
            log.read_text(encoding="utf-8", errors="replace"),
            f"The bot has ended. The whole log is in {log}.",
        )
        raise StepFailed("the bot has ended")


def settings(slack: Playground, installed: Installed, bot_url: str, database: Path) -> dict[str, str]:
    """What the bot reads from the environment, in place of a `.env` somebody may have for a real workspace."""
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": installed.token,
        "SLACK_SIGNING_SECRET": installed.app.signing_secret,
        "SLACK_MODE": "http",
        "DATABASE_URL": f"sqlite:///{database}",
        "HOST": HOST,
        "PORT": bot_url.rpartition(":")[2],
    }


def fresh_database(data: Path) -> Path:
    """The local Slack forgets everything when it ends, so the bot has to begin anew as well."""
    data.mkdir(parents=True, exist_ok=True)
    database = data / "demo.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    return database


@contextlib.contextmanager
def step(doing: str, remedy: str) -> Iterator[None]:
    """One line while it is done; after a failure what was said, and what to do."""
    print(f"  {doing} …", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except StepFailed as failure:
        print("failed", flush=True)
        fail(failure.said, remedy)
        raise
    print(f"done ({time.monotonic() - began:.1f} s)", flush=True)


def fail(said: str, remedy: str) -> None:
    print(*said.splitlines()[-MOST_LINES:], remedy, sep="\n", file=sys.stderr)


def free_port(wanted: int = 0) -> int:
    """The wanted port, or any other when somebody has it."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.create_server((HOST, port)) as bound:
            return int(bound.getsockname()[1])
    raise OSError(f"no free port on {HOST}")


if __name__ == "__main__":
    main()
