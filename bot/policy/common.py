"""The helper that every page of the policy needs."""

from bot.errors import NotAllowed


def require(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotAllowed(sentence)
