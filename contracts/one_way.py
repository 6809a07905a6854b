"""Capabilities know each other one way only, over all floors together.

A capability's views may not use another's service if that other one's handlers use this one: read on any floor, the
arrows must not close a circle.
"""

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

FLOORS = (
    "bot.models",
    "bot.policy",
    "bot.services",
    "bot.views",
    "bot.handlers",
    "bot.courier.composers",
    "bot.pictures",
)


class OneWay(Contract):
    """`nouns`: the capabilities from top to bottom. One may use those below it, and none above it. `platform`: what
    else lives on these floors. A name in neither list breaks the contract, so that no new capability escapes it.
    """

    nouns = fields.ListField(subfield=fields.StringField())
    platform = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        names: list[str] = list(self.nouns)  # type: ignore[call-overload]  # a field stands for its value
        platform: set[str] = set(self.platform)  # type: ignore[call-overload]
        known = platform | set(names) | {None}
        unknown = sorted(module for module in graph.modules if _noun(module) not in known)
        order = {noun: place for place, noun in enumerate(names)}
        upward = sorted(
            f"{importer} imports {imported}"
            for importer, imported, above, below in _arrows(graph, set(order))
            if order[above] > order[below]
        )
        broken = [f"{module} is in no list" for module in unknown]
        broken += [f"{sentence}, which stands above it" for sentence in upward]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for sentence in check.metadata["broken"]:
            output.print_error(f"{sentence}.")


def _arrows(graph: ImportGraph, nouns: set[str]) -> Iterator[tuple[str, str, str, str]]:
    """Each import between two different capabilities: the modules, then the capabilities."""
    for importer in graph.modules:
        above = _noun(importer)
        for imported in graph.find_modules_directly_imported_by(importer) if above in nouns else ():
            below = _noun(imported)
            if above and below in nouns and below != above:
                yield importer, imported, above, below


def _noun(module: str) -> str | None:
    """`bot.services.goals_import.cells` belongs to goals."""
    for floor in FLOORS:
        if module.startswith(f"{floor}."):
            return module.removeprefix(f"{floor}.").split(".")[0].split("_")[0]
    return None
