"""Which lives are lived: one by default, more on request."""

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", str(metafunc.config.getoption("--seeds")).split(","))
