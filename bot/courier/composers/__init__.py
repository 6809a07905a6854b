"""What each kind of notification says, asked at the moment of sending: kind → its row and who writes it.

A composer asks the service as the recipient, so that whoever may not read the thing any more gets no message.
"""

from collections.abc import Mapping

from bot.courier.composers import anniversaries, awards, checkins, goals, kudos, posts
from bot.courier.composers.saying import unless_put_off
from bot.courier.letters import Spoken
from bot.services.notifications import Kind

_ALL: tuple[Spoken, ...] = (
    *anniversaries.SPOKEN,
    *awards.SPOKEN,
    *checkins.SPOKEN,
    *goals.SPOKEN,
    *kudos.SPOKEN,
    *posts.SPOKEN,
)
COMPOSERS: Mapping[str, Spoken] = {spoken.kind.name: unless_put_off(spoken) for spoken in _ALL}
KINDS: Mapping[str, Kind] = {name: spoken.kind for name, spoken in COMPOSERS.items()}
