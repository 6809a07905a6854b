"""Finds the colleagues that a text names as @Name, for places where Slack does not complete names."""

import re
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.services.people.active import ACTIVE

MENTION = re.compile(
    r"(?<![\w<@])@(?=([^\W\d_][\w-]*))"
)  # matches just before a name, and captures its first word
FOLLOWING = re.compile(r"[\w-]+ +(\w)")  # captures the first letter of the next word
MOST_MENTIONS = 20
MOST_NAMESAKES = 500


async def mentioned(session: AsyncSession, text: str) -> list[str]:
    """The Slack ids of the colleagues, in the order named. A name that two people may have names nobody."""
    mentions = list(MENTION.finditer(text))[:MOST_MENTIONS]
    first_words = {mention[1].rstrip("-") for mention in mentions}
    if not first_words:
        return []
    found = await session.execute(
        select(Person.name, Person.slack_user_id)
        .where(
            *ACTIVE,
            or_(*((Person.name + " ").istartswith(f"{word} ", autoescape=True) for word in first_words)),
        )
        .order_by(Person.id)
        .limit(MOST_NAMESAKES)
    )
    known = [(name.casefold(), slack_user_id) for name, slack_user_id in found if slack_user_id]
    named = [_person_named(text[mention.end() :], known) for mention in mentions]
    return list(dict.fromkeys(one for one in named if one))


def _person_named(text: str, known: Sequence[tuple[str, str]]) -> str | None:
    """The text begins with the name: the longest full name that fits, or a first name that only one colleague
    has.
    """
    whole = [(name, who) for name, who in known if _begins(text.casefold(), name)]
    longest = max((len(name) for name, _ in whole), default=0)
    means = {who for name, who in whole if len(name) == longest}
    if not means and not _has_surname(text):
        means = {who for name, who in known if _begins(text.casefold(), name.split()[0])}
    return means.pop() if len(means) == 1 else None


def _has_surname(text: str) -> bool:
    """True if a surname follows: then the name is somebody the directory does not know."""
    following = FOLLOWING.match(text)
    return following is not None and following[1].isupper()


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
