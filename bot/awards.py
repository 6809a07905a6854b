"""The awards that ship with Rapport, data in `bot/content/awards.yaml`: what a workspace starts with."""

from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field


class ShippedAward(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=60)
    meaning: str = Field(max_length=150)


def shipped_awards() -> tuple[ShippedAward, ...]:
    text = resources.files("bot.content").joinpath("awards.yaml").read_text("utf-8")
    return tuple(ShippedAward.model_validate(one) for one in yaml.safe_load(text)["awards"])
