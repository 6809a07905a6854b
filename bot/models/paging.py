"""A page of a long list, as services hand it to views."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`after` is the id of the last row shown, where the next page begins; None if there is no next page."""

    items: tuple[T, ...] = ()
    after: int | None = None

    def with_items(self, items: Iterable[U]) -> "Page[U]":
        """The same page with other items, made from these rows."""
        return Page(tuple(items), self.after)
