"""It is a Monday morning, early in the quarter."""

from datetime import UTC, datetime

import pytest

from tests.routes.world import Clock

OCTOBER = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(OCTOBER)
