"""What people read, kept word for word in `__snapshots__`: the one place that knows how.

A change of words shows there as a change of text. `pytest tests/routes/words --snapshot-update` writes the files anew:
look at the difference before you commit it.
"""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from syrupy.assertion import SnapshotAssertion

from playground.driver import Home, Modal, SeenMessage
from tests.routes.world import Mode

Reads: TypeAlias = Callable[[str, SeenMessage | Modal | Home], None]


@pytest.fixture
def mode() -> Mode:
    """What people read is the same on every way."""
    return "http"


@pytest.fixture
def database_url(same_sqlite_url: str) -> str:
    return same_sqlite_url


@pytest.fixture
def reads(snapshot: SnapshotAssertion) -> Reads:
    """`reads("a nudge", ana.dm.last)`: the notification, then what stands there, buttons in brackets."""

    def compare(name: str, seen: SeenMessage | Modal | Home) -> None:
        pinged = [f"({seen.notification})"] if isinstance(seen, SeenMessage) else []
        assert "\n".join([*pinged, seen.text]) == snapshot(name=name)

    return compare
