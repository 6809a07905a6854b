"""Every page that somebody can open from their Home, found by pressing what is there."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from playground.blockkit import elements_of
from playground.demo import Demo
from playground.driver import Slack
from playground.views import View

DEEPEST = 4  # presses from Home
A_MOMENT = 2  # seconds from press to press; who is quicker for a minute is refused by Slack
Json = dict[str, Any]
Press: TypeAlias = tuple[str, Json | None]
"""The action of a button, or of a menu and the entry there."""


class Visitor:
    """Presses one of each kind: five goals have one page. What asks "are you sure" is left alone."""

    def __init__(self, demo: Demo, name: str) -> None:
        self._slack = demo.slack
        self._clock = demo.clock
        self._team_id = demo.team.team_id
        self._views = demo.team.views
        self._person = Slack(demo.slack, demo.team.workspace).person(name)
        self._pressed: set[str] = set()

    async def pages(self) -> dict[str, str]:
        """The way to each page, and all that is readable there."""
        seen = {"Home": (await self._person.open_home()).text}
        ways: list[tuple[Press, ...]] = [(press,) for press in self._new_on(self._home)]
        for way in ways:  # grows on the way
            if view := await self._walk(way):
                seen[" → ".join(["Home", *map(_word, way)])] = self._person.modal.text
                ways += [(*way, press) for press in self._new_on(view) if len(way) < DEEPEST]
        return seen

    @property
    def _home(self) -> View:
        home = self._views.home_of(self._person.id)
        assert home
        return home

    async def _walk(self, way: tuple[Press, ...]) -> View | None:
        """From Home, with nothing else open. None where a press opens no page."""
        if self._person.has_modal:
            await self._person.modal.close_all()
        view: View | None = self._home
        for action_id, entry in way:
            block_id = _block_with(view, action_id) if view else None
            if view is None or block_id is None:
                return None
            self._clock.put(self._clock() + A_MOMENT)
            done = await self._slack.press(self._team_id, self._person.id, view, block_id, action_id, entry)
            assert done.went_well, f"{action_id}: {done.notice}"
            await self._slack.quiet()
            view = self._views.top(self._person.id)
        return view

    def _new_on(self, view: View) -> Iterator[Press]:
        for _, element in _elements(view):
            for press in _presses(element):
                kind = _word((element["action_id"].partition(":")[0], press[1]))
                if kind not in self._pressed:
                    self._pressed.add(kind)
                    yield press


def _elements(view: View) -> Iterator[tuple[str, Json]]:
    for block in view.blocks:
        yield from ((block["block_id"], element) for element, _ in elements_of(block))


def _block_with(view: View, action_id: str) -> str | None:
    """Ids of blocks differ each time a page is shown; an action keeps its own."""
    return next((block for block, one in _elements(view) if one.get("action_id") == action_id), None)


def _presses(element: Json) -> Iterator[Press]:
    if "confirm" in element:
        return
    if element["type"] == "button":
        yield element["action_id"], None
    for option in element["options"] if element["type"] == "overflow" else ():
        yield element["action_id"], option


def _word(press: Press) -> str:
    action_id, entry = press
    return f"{action_id} {entry['text']['text']}" if entry else action_id
