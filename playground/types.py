"""The one word for a JSON object on its way in or out of the local Slack."""

from collections.abc import Callable
from typing import Any

Payload = dict[str, Any]
Clock = Callable[[], float]  # Unix seconds
