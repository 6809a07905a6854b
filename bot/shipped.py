"""What a workspace starts with, data in `bot/content`: the company values, and the awards to be nominated for."""

from importlib import resources
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Shipped(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    meaning: str = Field(max_length=150)


class ShippedValue(Shipped):
    name: str = Field(min_length=1, max_length=40)


class ShippedAward(Shipped):
    name: str = Field(min_length=1, max_length=60)


Kind = TypeVar("Kind", bound=Shipped)


def shipped_values() -> tuple[ShippedValue, ...]:
    return _read("values", ShippedValue)


def shipped_awards() -> tuple[ShippedAward, ...]:
    return _read("awards", ShippedAward)


def _read(name: str, kind: type[Kind]) -> tuple[Kind, ...]:
    """`name` is the file's and the list's in it."""
    text = resources.files("bot.content").joinpath(f"{name}.yaml").read_text("utf-8")
    return tuple(kind.model_validate(one) for one in yaml.safe_load(text)[name])
