"""`make demo`: a local Slack with the sample company in it, and the bot at work there. No account is needed."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

from playground.clock import wall_clock
from playground.demo import CHECKOUT, HOST, Demo, forget
from playground.hosting import log_to
from playground.listening import free_port
from playground.steps import StepFailed

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8420, help="of the page; if it is taken, a free one is used"
    )
    parser.add_argument("--data", type=Path, default=CHECKOUT / "var", help="folder that keeps the demo")
    parser.add_argument("--anew", action="store_true", help="forget the demo of last time")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    wanted = parser.parse_args()
    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(demo(wanted))
    except StepFailed:
        sys.exit(1)
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nThe demo has ended. make demo goes on from here.")


async def demo(wanted: argparse.Namespace) -> None:
    """Until Ctrl-C."""
    if ours := asyncio.current_task():
        with contextlib.suppress(NotImplementedError):  # Windows knows no SIGTERM
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ours.cancel)
    data: Path = wanted.data.resolve()
    if wanted.anew:
        forget(data)
    today = datetime.fromtimestamp(wall_clock(), UTC)
    demo = Demo(data, port=free_port(HOST, wanted.port), today=today)
    with log_to(data / "demo.log"):
        people = sum(member.is_person for member in demo.team.workspace.members.values())
        print(f"{demo.team.workspace.name}: {people} people, a local Slack, and Rapport in it.")
        if demo.goes_on:
            print("  It goes on where it was left; make demo-reset begins anew.")
        async with demo.running() as address:
            print(f"\nOpen {address}  (Ctrl-C ends it all)", flush=True)
            if not wanted.no_browser and has_browser():
                webbrowser.open(address)
            await asyncio.Event().wait()


def has_browser() -> bool:
    """On a desk, that is; over ssh a browser would open on nobody's screen, or inside the terminal."""
    on_a_screen = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name)  # noqa: TID251 - the desktop's own variables, no settings of ours
        for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return sys.stdout.isatty() and on_a_screen


if __name__ == "__main__":
    main()
