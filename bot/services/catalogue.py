"""A list of names that HR keeps: values, awards, others like them. What differs between lists is a description."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.db import Scoped, insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import Person
from bot.models.catalogue import Listed
from bot.services import people, typed

MOST = 24  # more than anybody keeps in mind or reads; a menu of Slack's shows 100
MEANING_LIMIT = 150

Row = TypeVar("Row", bound=Listed)


@dataclass(frozen=True, kw_only=True)
class Catalogue(Generic[Row]):
    """One list. `noun` is what an entry is called ("value"), `one` has its article ("a value").

    `only_hr`, `too_many` and `ask` are the sentences for somebody who may not keep the list, for a list that is full,
    and for a name that was left out. Two names are the same when `same` gives the same for both. `former` makes the row
    that keeps what an entry was called until then.
    """

    rows: type[Row]
    noun: str
    one: str
    only_hr: str
    too_many: str
    ask: str
    name_limit: int
    same: Callable[[str], str] = str.casefold
    former: Callable[[int, str, datetime], Scoped] | None = None

    async def in_force(self, session: AsyncSession) -> Sequence[Row]:
        """The entries that can be chosen, by name; never more than a list may have."""
        rows = self.rows
        found = await session.scalars(
            select(rows).where(rows.retired_at.is_(None)).order_by(rows.name).limit(MOST)
        )
        return found.all()

    async def for_hr(self, session: AsyncSession, actor: Person) -> Sequence[Row]:
        policy.require(await people.is_hr(session, actor), self.only_hr)
        return await self.in_force(session)

    async def add(
        self, session: AsyncSession, actor: Person, *, name: str, meaning: str, now: datetime
    ) -> Row:
        in_force = await self.for_hr(session, actor)
        name, meaning = self._checked(name, meaning)
        self._require_free(name, in_force)
        if len(in_force) >= MOST:
            raise Invalid(self.too_many.format(most=MOST), field="name")
        row = {"name": name, "meaning": meaning or None, "added_at": now}
        if not (added := await insert_rows(session, self.rows, [row])):
            raise Invalid(self._taken(name), field="name")
        return await session.get_one(self.rows, added[0])

    async def rename(
        self,
        session: AsyncSession,
        actor: Person,
        entry_id: int,
        *,
        name: str,
        meaning: str,
        now: datetime,
    ) -> None:
        """Whatever points at the entry keeps pointing at it."""
        in_force = await self.for_hr(session, actor)
        entry = next((one for one in in_force if one.id == entry_id), None)
        if entry is None:
            raise NotFound(self._gone)
        name, meaning = self._checked(name, meaning)
        if name != entry.name:
            self._require_free(name, [one for one in in_force if one is not entry])
            if self.former:
                session.add(self.former(entry.id, entry.name, now))
        entry.name, entry.meaning = name, meaning or None
        await session.flush()

    async def retire(self, session: AsyncSession, actor: Person, entry_id: int, *, now: datetime) -> None:
        """Nobody can choose it any more; what points at it stays as it is."""
        policy.require(await people.is_hr(session, actor), self.only_hr)
        entry = await session.get(self.rows, entry_id)
        if entry is None:
            raise NotFound(self._gone)
        if entry.retired_at is not None:
            raise AlreadyDone(f"That {self.noun} is retired already.")
        entry.retired_at = now
        await session.flush()

    def _checked(self, name: str, meaning: str) -> tuple[str, str]:
        name = " ".join(name.split()) if self.same(name) else ""
        return (
            typed.required(name, field="name", most=self.name_limit, what="A name", ask=self.ask),
            typed.optional(meaning, field="meaning", most=MEANING_LIMIT, what="The meaning"),
        )

    def _require_free(self, name: str, others: Sequence[Row]) -> None:
        for other in others:
            if self.same(other.name) == self.same(name):
                raise Invalid(self._taken(other.name), field="name")

    def _taken(self, name: str) -> str:
        return f"There is {self.one} called “{name}” already. Choose another name."

    @property
    def _gone(self) -> str:
        return f"That {self.noun} is no longer there. Open the list again to see what is."
