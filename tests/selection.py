"""What `make test` runs, and what only `make proof` does: decided here for all tests.

Most tests that need a database exist twice, and most stories four times: on SQLite and PostgreSQL, over HTTP and Socket
Mode. `make proof` runs each in every combination. `make test` runs each in one, which its name draws, so that every
combination is met by many tests, and always the same ones. It runs on both databases, all the same,

- whatever asks for `database` itself: that test has several transactions, so it is about locks, races or SQL;
- whatever is marked `every_combination`: the modules about SQL itself, and a few stories.

What repeats itself (examples of hypothesis, kills, simulated weeks) does so fully in `make proof` alone; a test of what
only that brings to light is marked `proof`.
"""

import inspect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

import hypothesis
import pytest

COMBINED = ("database_url", "mode")  # the parameters that make the combinations
FEW = 20  # examples; hypothesis has 100

Key = tuple[str, ...]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proof", action="store_true", help="every combination, everything at its full size")


def pytest_configure(config: pytest.Config) -> None:
    """How fast the machine is, benchmarks say."""
    config.addinivalue_line("markers", "proof: only `make proof` runs it")
    config.addinivalue_line("markers", "every_combination: also `make test` runs it in each of them")
    hypothesis.settings.register_profile("test", deadline=None, max_examples=FEW)
    hypothesis.settings.register_profile("proof", deadline=None)
    hypothesis.settings.load_profile("proof" if config.getoption("--proof") else "test")


def examples(number: int) -> int:
    """For hypothesis: that many in `make proof`, in `make test` in proportion."""
    return max(3, number * hypothesis.settings().max_examples // 100)


@pytest.fixture
def proof(pytestconfig: pytest.Config) -> bool:
    """Whether a test that can be long shall be."""
    return bool(pytestconfig.getoption("--proof"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Last of all, so that `-k postgresql` has a test run there even where it would have run elsewhere."""
    if config.getoption("--proof"):
        return
    chosen = set(_chosen(items))
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]


def _chosen(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    same: dict[Key, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if not item.get_closest_marker("proof"):
            same[_but_for(_free(item), item)].append(item)
    for key, combinations in same.items():
        yield combinations[crc32(repr(key).encode()) % len(combinations)]


def _free(item: pytest.Item) -> Sequence[str]:
    """The parameters of which one value will do."""
    if item.get_closest_marker("every_combination"):
        return ()
    own = inspect.signature(item.function).parameters if isinstance(item, pytest.Function) else {}
    return COMBINED[1:] if "database" in own else COMBINED


def _but_for(free: Sequence[str], item: pytest.Item) -> Key:
    """What names a test, leaving the values of those parameters out."""
    name, _, values = item.nodeid.partition("[")
    parts = values.removesuffix("]").split("-")
    callspec = getattr(item, "callspec", None)
    known = callspec.params if callspec else {}
    for parameter in free:
        if known.get(parameter) in parts:
            parts.remove(known[parameter])
    return name, *parts
