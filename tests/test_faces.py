"""A package's `__init__.py` is its face: it imports what others may use, and names it nowhere a second time."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
OURS = ("bot", "playground")
READERS = (*OURS, "tests", "benchmarks")


class Taken(NamedTuple):
    """`from module import name`, or `alias.name` of a module that was imported whole."""

    module: str
    name: str
    by: str


def test_whatever_a_face_offers_is_used_by_somebody_else() -> None:
    taken = {(one.module, one.name) for one in _taken() if not _is_within(one.by, one.module)}
    modules = dict(_modules())
    unused = [
        f"{face}.{name}"
        for face, path in modules.items()
        if path.name == "__init__.py"
        for name in _passed_on(path) - _used_in(path)
        if (face, name) not in taken and f"{face}.{name}" not in modules
    ]
    assert unused == []


def test_only_faces_pass_names_on() -> None:
    modules = dict(_modules())
    borrowed = [
        f"{one.by} takes {one.name} from {one.module}"
        for one in _taken()
        if one.module in modules
        and modules[one.module].name != "__init__.py"
        and one.name in _passed_on(modules[one.module])
    ]
    assert borrowed == []


def _modules(roots: tuple[str, ...] = OURS) -> Iterator[tuple[str, Path]]:
    for path in sorted(path for root in roots for path in (ROOT / root).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if path.name == "__init__.py" else parts), path


def _used_in(path: Path) -> set[str]:
    """What the module's own code uses, where its face also holds code."""
    return {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}


def _passed_on(path: Path) -> set[str]:
    """What a module has from others of ours, and its own are not."""
    return {
        alias.asname or alias.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS
        for alias in node.names
    }


def _taken() -> Iterator[Taken]:
    known = dict(_modules())
    for by, path in _modules(READERS):
        whole: dict[str, str] = {}
        for node in ast.walk(tree := ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    yield Taken(node.module, alias.name, by)
                    if f"{node.module}.{alias.name}" in known:
                        whole[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in whole
            ):
                yield Taken(whole[node.value.id], node.attr, by)


def _is_within(module: str, face: str) -> bool:
    return module == face or module.startswith(f"{face}.")
