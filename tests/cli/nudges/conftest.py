"""The office, in a database of its own."""

import pytest

from tests.cli.nudges.builders import Office


@pytest.fixture
def office(url: str) -> Office:
    office = Office(url)
    office.hire("Ana Silva")
    return office
