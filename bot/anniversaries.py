"""A manager gets a greeting and questions before an anniversary. They are data in `bot/content/anniversary.yaml`."""

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Conversation(BaseModel):
    """`greeting` holds {name} and {years}; the manager may change its words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    greeting: str = Field(max_length=300, pattern=r"\{name\}.*\{years\}")
    questions: tuple[str, ...] = Field(min_length=1, max_length=8)

    def greeting_for(self, name: str, years: str) -> str:
        return self.greeting.replace("{years}", years).replace("{name}", name)


@cache  # it ships with the program and cannot change while it runs
def shipped_conversation() -> Conversation:
    text = resources.files("bot.content").joinpath("anniversary.yaml").read_text("utf-8")
    return Conversation.model_validate(yaml.safe_load(text))
