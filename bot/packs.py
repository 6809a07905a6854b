"""A question pack holds the questions of a check-in. The shipped packs are in `bot/content/checkin_packs.yaml`."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


class Question(BaseModel):
    """`key` names the answer for good (and is the input's block_id); labels may change with the pack.

    An answer to a question with `thanks` says who helped, and may become kudos.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z_]{1,40}$")
    label: str = Field(max_length=150)
    hint: str | None = Field(None, max_length=300)
    optional: bool = False
    choices: tuple[str, ...] = ()
    thanks: bool = False


class Pack(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z_]{1,40}$")
    name: str
    weekday: Weekday
    departments: tuple[str, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1, max_length=6)
    rotating: tuple[Question, ...] = ()

    def questions_for(self, week: date) -> tuple[Question, ...]:
        """The pack's own questions come first, then the week's rotating one, which is always optional."""
        if not self.rotating:
            return self.questions
        extra = self.rotating[week.isocalendar().week % len(self.rotating)]
        return (*self.questions, extra.model_copy(update={"optional": True}))


class Packs(BaseModel):
    """All packs are kept by key. `core` is asked where nothing else was chosen."""

    model_config = ConfigDict(frozen=True)

    packs: tuple[Pack, ...]

    @model_validator(mode="after")
    def _has_a_core_and_unique_keys(self) -> "Packs":
        keys = [pack.key for pack in self.packs]
        if len(set(keys)) != len(keys) or "core" not in keys:
            raise ValueError("each pack needs a key of its own, and one of them is core")
        return self

    def __iter__(self) -> Iterator[Pack]:  # type: ignore[override]
        return iter(self.packs)

    def get(self, key: str) -> Pack | None:
        return next((pack for pack in self.packs if pack.key == key), None)

    @property
    def core(self) -> Pack:
        return next(pack for pack in self.packs if pack.key == "core")

    def asks_who_helped(self, key: str) -> bool:
        """The answer is the same for every pack, since a key means the same in all of them."""
        return any(
            question.thanks
            for pack in self.packs
            for question in (*pack.questions, *pack.rotating)
            if question.key == key
        )

    def for_department(self, name: str) -> Pack | None:
        """The pack shipped for a department of that name, if any; HR's choice comes before it."""
        return next(
            (pack for pack in self.packs if name.casefold() in map(str.casefold, pack.departments)), None
        )


@cache  # the packs ship with the program and cannot change while it runs
def shipped_packs() -> Packs:
    text = resources.files("bot.content").joinpath("checkin_packs.yaml").read_text("utf-8")
    return Packs(packs=yaml.safe_load(text)["packs"])
