"""A short list of names that HR keeps: shown, and the form that adds, renames or retires one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.views import kit

NAME = kit.Field("name", "Name", "text")
MEANING = kit.Field("meaning", "", "text", optional=True, limit=150)


class Entry(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def meaning(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What differs from list to list. `page`, `form`, `retire`: their ids; `carry` puts an entry's id into
    a button, `carried` takes it out.

    `one`: an entry ("a value") after "Add" and "Change"; `noun` after "Save" and "Retire this". `retired`, `renamed`:
    what becomes of what points at an entry.
    """

    page: str
    form: str
    retire: str
    carry: Callable[[int], str]
    carried: Callable[[object], int | None]
    title: str
    one: str
    noun: str
    empty: str
    readers: str
    affects: str
    question: str
    retired: str
    renamed: str
    name_limit: int

    def page_of(self, entries: Sequence[Entry]) -> View:
        return kit.modal(
            self.page,
            self.title,
            [
                *(map(self._line, entries) if entries else [kit.section(self.empty)]),
                kit.buttons(kit.button(f"Add {self.one}", f"{self.form}:add", primary=True)),
                self._reach(),
            ],
        )

    def _line(self, entry: Entry) -> Block:
        change = kit.button(
            "Change", f"{self.form}:change", self.carry(entry.id), spoken=f"Change {entry.name}"
        )
        return kit.section(f"*{kit.escape(entry.name)}*\n{kit.escape(entry.meaning or '')}", button=change)

    def filled(self, entry: Entry | None) -> View:
        """The form; without an entry, for a new one."""
        return kit.modal(
            self.form,
            f"{'Change' if entry else 'Add'} {self.one}",
            [
                *kit.fields(
                    [replace(NAME, limit=self.name_limit), replace(MEANING, label=self.question)],
                    {"name": entry.name, "meaning": entry.meaning} if entry else {},
                ),
                *(self._retiring(entry) if entry else []),
                self._reach(),
            ],
            submit=f"Save {self.noun}",
            metadata=self.carry(entry.id) if entry else "",
        )

    def _reach(self) -> Block:
        return kit.reach(seen_by=self.readers, affects=self.affects)

    def _retiring(self, entry: Entry) -> list[Block]:
        sure = kit.sure(f"Retire this {self.noun}?", self.retired, yes="Retire", no="Keep")
        return [
            kit.buttons(kit.button("Retire it", self.retire, self.carry(entry.id), sure=sure)),
            kit.small(self.renamed),
        ]


def read_entry(view: Mapping[str, Any]) -> tuple[str, str]:
    """Name and meaning."""
    given = kit.read(view, (NAME, MEANING))
    return given["name"], given["meaning"]
