"""What a message, a modal and the Home tab have in common: a person reads them, fills them in, presses buttons."""

from abc import ABC, abstractmethod
from typing import Any

from playground.driver.answers import answer, chosen, picked, written
from playground.driver.screen import Control, Screen
from playground.driver.world import World
from playground.form_state import Values
from playground.verbs import Outcome
from playground.views import View
from playground.workspace import Message


class Surface(ABC):
    """Fields and buttons are found by their words; `beside` tells equal ones apart by what they stand beside."""

    def __init__(self, world: World, target: Message | View) -> None:
        self._world = world
        self._target = target

    @property
    @abstractmethod
    def screen(self) -> Screen: ...

    @property
    def text(self) -> str:
        """All that is readable."""
        return self.screen.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__}\n{self.text}\n>"

    # Filling in

    def fill(self, label: str, text: object, *, beside: str = "") -> None:
        """Writes into a field: text, a number, a date as YYYY-MM-DD, a time as HH:MM. "" empties it."""
        field = self._waiting_field(label, beside)
        self._put(field, written(field, str(text)))

    def choose(self, label: str, *options: str, beside: str = "") -> None:
        """Chooses by the text of the options; none of them empties the field."""
        field = self._waiting_field(label, beside)
        self._put(field, chosen(field, options, self.screen.reader))

    def pick_person(self, label: str, *names: str, beside: str = "") -> None:
        field = self._waiting_field(label, beside)
        self._put(field, picked(field, names, self._world.finders()))

    def pick_channel(self, label: str, *names: str, beside: str = "") -> None:
        self.pick_person(label, *names, beside=beside)

    def tick(self, *options: str, beside: str = "") -> None:
        for words in options:
            self._set_tick(words, beside, on=True)

    def untick(self, *options: str, beside: str = "") -> None:
        for words in options:
            self._set_tick(words, beside, on=False)

    def _set_tick(self, words: str, beside: str, *, on: bool) -> None:
        group, option = self.screen.tick_box(words, beside)
        self._check_it_waits(group)
        entry = self._values.get(group.block_id, {}).get(group.action_id, {})
        ticked = [one for one in entry.get("selected_options") or [] if one != option]
        self._put(group, [*ticked, option] if on else ticked)

    def _waiting_field(self, label: str, beside: str) -> Control:
        field = self.screen.field_called(label, beside)
        self._check_it_waits(field)
        return field

    def _check_it_waits(self, field: Control) -> None:
        if field.acts_at_once:
            raise AssertionError(
                f"{field.label!r} tells the app as soon as it changes: use `await ….change(…)`"
            )

    def _put(self, field: Control, value: Any) -> None:
        world, choices = self._world, {field.block_id: {field.action_id: value}}
        world.playground.fill(world.team_id, world.user_id, self._target, choices)

    @property
    def _values(self) -> Values:
        if isinstance(self._target, View):
            return self._target.values
        return self._target.states.get(self._world.user_id, {})

    # Acting

    async def toggle(self, option: str, *, beside: str = "") -> Outcome:
        """Ticks or unticks a box that tells the app at once."""
        group, ticking = self.screen.tick_box(option, beside)
        if not group.acts_at_once:
            raise AssertionError(f"{option!r} waits for submit: use tick(…) or untick(…)")
        entry = self._values.get(group.block_id, {}).get(group.action_id, {})
        ticked = entry.get("selected_options") or []
        rest = [one for one in ticked if one != ticking]
        return await self._act(group, rest if ticking in ticked else [*ticked, ticking])

    async def press(self, button: str, *, beside: str = "", times: int = 1) -> Outcome:
        """Presses a button, and agrees if it asks "are you sure". With `times`, as fast as fingers go."""
        return await self._act(self.screen.button(button, beside), None, times)

    async def choose_overflow(self, option: str, *, beside: str = "") -> Outcome:
        """Takes an entry of a ⋯ menu."""
        menu, entry = self.screen.overflow_option(option, beside)
        return await self._act(menu, entry)

    async def change(self, label: str, *words: str, beside: str = "") -> Outcome:
        """Changes a field that tells the app at once: by option, by name, or by writing."""
        field = self.screen.field_called(label, beside)
        if not field.acts_at_once:
            raise AssertionError(
                f"{field.label!r} waits for submit: use fill(…), choose(…) or pick_person(…)"
            )
        return await self._act(field, answer(field, words, self.screen.reader, self._world.finders()))

    async def look_up(self, label: str, typed: str, *, beside: str = "") -> list[str]:
        """Types into a menu that asks the app; what it offers can be chosen from then on."""
        field, world = self.screen.field_called(label, beside), self._world
        outcome = await world.playground.suggest(
            world.team_id, world.user_id, self._target, field.block_id, field.action_id, typed
        )
        world.offered[field.block_id, field.action_id] = outcome.options
        return [self.screen.reader.text(option["text"]) for option in outcome.options]

    async def _act(self, control: Control, choice: Any, times: int = 1) -> Outcome:
        world, where = self._world, (control.block_id, control.action_id)
        presses = (
            world.playground.press(world.team_id, world.user_id, self._target, *where, choice)
            for _ in range(times)
        )
        return await world.settled(*presses)
