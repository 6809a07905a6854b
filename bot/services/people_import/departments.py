"""The department tree of a file: one spelling for each, parents before children."""

from collections.abc import Iterable

from bot.services.people_import.cells import SEPARATOR


class Tree:
    """Finds a path in its present spelling, whatever the case, or adds it with the parents it needs."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._spelled = {path.casefold(): path for path in paths}
        self.added: list[str] = []

    def find(self, path: str) -> str:
        key = path.casefold()
        if key not in self._spelled:
            parent, separator, name = path.rpartition(SEPARATOR)
            spelled = self.find(parent) + separator + name if parent else name
            self._spelled[key] = spelled
            self.added.append(spelled)
        return self._spelled[key]
