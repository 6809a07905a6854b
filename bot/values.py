"""The company values that ship with Rapport, data in `bot/content/values.yaml`: what a workspace starts with."""

from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field


class ShippedValue(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=40)
    meaning: str = Field(max_length=150)


def shipped_values() -> tuple[ShippedValue, ...]:
    text = resources.files("bot.content").joinpath("values.yaml").read_text("utf-8")
    return tuple(ShippedValue.model_validate(one) for one in yaml.safe_load(text)["values"])
