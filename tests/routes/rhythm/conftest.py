"""These stories last weeks: over HTTP alone."""

import pytest

from tests.routes.world import Mode


@pytest.fixture
def mode() -> Mode:
    """What is said unasked takes the same way out in either mode; what is pressed, the check-in story shows."""
    return "http"
