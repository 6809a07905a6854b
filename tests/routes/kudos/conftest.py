"""A channel for thanks."""

import pytest

from playground.workspace import Channel
from tests.routes.steps import a_channel
from tests.routes.world import Company


@pytest.fixture
def thanks(acme: Company) -> Channel:
    return a_channel(acme)
