"""Times the courier lives by, and a pace that holds no test up."""

from datetime import timedelta

from bot.courier import Pace

LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=20)


def fast() -> Pace:
    return Pace(rate=10_000, ceiling=10_000)
