"""response_urls: five answers within thirty minutes, without any scope or membership."""

from dataclasses import dataclass

from playground.errors import SlackError
from playground.ids import Ids
from playground.types import Clock
from playground.workspace import Message

LIFETIME = 30 * 60.0
MOST_USES = 5


@dataclass
class ResponseUrl:
    path: str
    user_id: str
    channel_id: str
    made_at: float
    original: Message | None = None  # the message whose button was pressed
    uses: int = 0


class ResponseUrls:
    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, kind: str, user_id: str, channel_id: str, original: Message | None = None) -> ResponseUrl:
        """`kind` is Slack's word in the address: `commands`, `actions` or `app`."""
        path = f"/{kind}/{self._ids.new('T')}/{self._ids.new('', 12)}/{self._ids.hex(24)}"
        made = self._issued[path] = ResponseUrl(path, user_id, channel_id, self._clock(), original)
        return made

    def find(self, path: str) -> ResponseUrl | None:
        return self._issued.get(path)

    def use(self, url: ResponseUrl) -> None:
        """Counts one answer; refuses the sixth, and any after thirty minutes."""
        if self._clock() - url.made_at > LIFETIME:
            raise SlackError("expired_url")
        if url.uses >= MOST_USES:
            raise SlackError("used_url")
        url.uses += 1
