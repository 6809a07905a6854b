"""What people do in their Slack. Each verb returns what they see next; the driver speaks through these."""

from abc import ABC, abstractmethod
from typing import Any

from playground.team import Team
from playground.verbs import actions, commands, happenings, modals, shortcuts
from playground.verbs.outcome import Outcome
from playground.views import View
from playground.workspace import Member, Message


class Verbs(ABC):
    """`choices` maps block_id → action_id → what was typed or chosen: text, an option's value, an id, a date,
    a list of those, or the state exactly as Slack shapes it."""

    @abstractmethod
    def team(self, team_id: str) -> Team: ...

    async def send_command(
        self, team_id: str, user_id: str, channel_id: str, command: str, text: str = ""
    ) -> Outcome:
        return await commands.send_command(self.team(team_id), user_id, channel_id, command, text)

    async def shortcut(self, team_id: str, user_id: str, callback_id: str) -> Outcome:
        return await shortcuts.shortcut(self.team(team_id), user_id, callback_id)

    async def message_shortcut(
        self, team_id: str, user_id: str, callback_id: str, message: Message
    ) -> Outcome:
        return await shortcuts.message_shortcut(self.team(team_id), user_id, callback_id, message)

    def fill(self, team_id: str, user_id: str, target: Message | View, choices: modals.Choices) -> None:
        """Types without sending; the app sees it with the next press or submit."""
        actions.fill(self.team(team_id), user_id, target, choices)

    async def press(
        self,
        team_id: str,
        user_id: str,
        target: Message | View,
        block_id: str,
        action_id: str,
        choice: Any = None,
    ) -> Outcome:
        """Presses a button, or makes a choice in a menu outside a form. `target` is what the person looks at:
        pass a copy of a message to press a button that has been replaced since."""
        return await actions.press(self.team(team_id), user_id, target, block_id, action_id, choice)

    async def suggest(
        self, team_id: str, user_id: str, target: Message | View, block_id: str, action_id: str, typed: str
    ) -> Outcome:
        """Types into a menu that asks the app; the outcome carries the options."""
        return await actions.suggest(self.team(team_id), user_id, target, block_id, action_id, typed)

    async def submit_view(
        self, team_id: str, user_id: str, view_id: str, choices: modals.Choices | None = None
    ) -> Outcome:
        return await modals.submit_view(self.team(team_id), user_id, view_id, choices or {})

    async def close_view(
        self, team_id: str, user_id: str, view_id: str, *, all_views: bool = False
    ) -> Outcome:
        """Cancel; with `all_views` the x in the corner."""
        return await modals.close_view(self.team(team_id), user_id, view_id, all_views=all_views)

    async def open_home(self, team_id: str, user_id: str, tab: str = "home") -> Outcome:
        return await happenings.open_home(self.team(team_id), user_id, tab)

    async def change_user(self, team_id: str, user_id: str, **fields: Any) -> Outcome:
        return await happenings.change_user(self.team(team_id), user_id, **fields)

    async def join_user(self, team_id: str, member: Member) -> Outcome:
        return await happenings.join_user(self.team(team_id), member)

    async def uninstall(self, team_id: str, *, tokens_first: bool = True) -> Outcome:
        """An admin removes the app from the workspace."""
        return await happenings.uninstall(self.team(team_id), tokens_first=tokens_first)

    async def say(
        self, team_id: str, user_id: str, channel_id: str, text: str, thread_ts: str | None = None
    ) -> Outcome:
        return await happenings.say(self.team(team_id), user_id, channel_id, text, thread_ts)

    async def react(self, team_id: str, user_id: str, message: Message, name: str) -> Outcome:
        return await happenings.react(self.team(team_id), user_id, message, name)

    async def take_reaction_back(self, team_id: str, user_id: str, message: Message, name: str) -> Outcome:
        return await happenings.take_reaction_back(self.team(team_id), user_id, message, name)
