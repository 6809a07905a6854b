"""Whom a text means by @Name: where Slack's own fields offer no names, people type them by hand."""

import re
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.services.people.active import ACTIVE

MENTION = re.compile(r"(?<![\w<@])@(?=([^\W\d_][\w-]*))")  # before the name, whose first word it holds
FOLLOWING = re.compile(r"[\w-]+ +(\w)")  # after a first name: how the next word begins
MOST_MENTIONS = 20
MOST_NAMESAKES = 500


async def mentioned(session: AsyncSession, text: str) -> list[str]:
    """Slack ids of the colleagues meant, in the order named. Where a name may mean two people, it means nobody."""
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
    meant = [_meant(text[mention.end() :], known) for mention in mentions]
    return list(dict.fromkeys(one for one in meant if one))


def _meant(text: str, known: Sequence[tuple[str, str]]) -> str | None:
    """`text` begins with the name: a whole one, the longest there is, or a first name that one colleague has."""
    whole = [(name, who) for name, who in known if _begins(text.casefold(), name)]
    longest = max((len(name) for name, _ in whole), default=0)
    means = {who for name, who in whole if len(name) == longest}
    if not means and not _has_surname(text):
        means = {who for name, who in known if _begins(text.casefold(), name.split()[0])}
    return means.pop() if len(means) == 1 else None


def _has_surname(text: str) -> bool:
    """Of somebody, then, whom the directory does not have under that name."""
    following = FOLLOWING.match(text)
    return following is not None and following[1].isupper()


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
