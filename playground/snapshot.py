"""The local Slack on disk, so that a demo goes on where it was left: one JSON file, written whole or not at all."""

import asyncio
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from playground.team import Team
from playground.views import View
from playground.workspace import Channel, File, Member, Notice, Ping, Usergroup

FORMAT = 2
PAUSE = 1.0  # seconds between two writes; what a crash may cost


@dataclass
class Snapshot:
    """Everything that people could miss. Trigger ids and response_urls live for minutes and are not kept."""

    at: float
    begins: datetime  # when the demo's story began
    bot: str  # the app's user id: another one means that this belongs to another demo
    members: list[Member]
    usergroups: list[Usergroup]
    channels: list[Channel]
    files: list[File]
    pings: list[Ping]
    notices: list[Notice]
    stacks: dict[str, list[View]]
    homes: dict[str, View]
    opened_home: list[str]
    read_until: dict[str, dict[str, str]] = field(default_factory=dict)
    """Person → channel → the newest message they have seen there."""
    format: int = FORMAT


_ADAPTER = TypeAdapter(Snapshot)


def take(team: Team, begins: datetime, read_until: dict[str, dict[str, str]]) -> Snapshot:
    workspace = team.workspace
    return Snapshot(
        at=team.ground.clock(),
        begins=begins,
        bot=team.installed.bot.id,
        members=list(workspace.members.values()),
        usergroups=list(workspace.usergroups.values()),
        channels=list(workspace.channels.values()),
        files=list(workspace.files.values()),
        pings=workspace.ledger.pings,
        notices=workspace.ledger.notices,
        stacks={user_id: stack for user_id, stack in team.views.stacks.items() if stack},
        homes=team.views.homes,
        opened_home=sorted(team.installed.opened_home),
        read_until=read_until,
    )


def read(file: Path) -> Snapshot | None:
    """None when there is none, or none that this version can read."""
    try:
        found = _ADAPTER.validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    return found if found.format == FORMAT else None


def put_back(team: Team, snapshot: Snapshot) -> None:
    """Into a workspace just set up, whose app is installed."""
    workspace = team.workspace
    workspace.restore(snapshot.members, snapshot.channels)
    workspace.usergroups = {one.id: one for one in snapshot.usergroups}
    workspace.files = {one.id: one for one in snapshot.files}
    workspace.ledger.pings, workspace.ledger.notices = snapshot.pings, snapshot.notices
    workspace.ids.begin_again(f"{team.team_id} {snapshot.at}")
    team.installed.bot = workspace.members[snapshot.bot]
    team.installed.opened_home = set(snapshot.opened_home)
    team.views.restore(snapshot.stacks, snapshot.homes)


def write(snapshot: Snapshot, file: Path) -> None:
    half_done = file.with_suffix(".new")
    half_done.write_bytes(_ADAPTER.dump_json(snapshot))
    os.replace(half_done, file)


class Keeper:
    """Writes soon after each change, and once more at the end."""

    def __init__(
        self, team: Team, file: Path, *, begins: datetime, read_until: dict[str, dict[str, str]]
    ) -> None:
        self._team = team
        self._file = file
        self._begins = begins
        self._read_until = read_until

    def keep(self) -> None:
        write(take(self._team, self._begins, self._read_until), self._file)

    async def run(self) -> None:
        activity, kept = self._team.ground.activity, 0
        while True:
            kept = await activity.change(since=kept)
            self.keep()
            await asyncio.sleep(PAUSE)
