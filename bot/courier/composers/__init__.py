"""What each kind of notification says, asked at the moment of sending: kind → who writes it.

A composer asks the service as the recipient, so that whoever may not read the thing any more gets no message.
"""

from bot.courier.composers import awards, checkins, goals, kudos, posts
from bot.courier.composers.saying import unless_put_off
from bot.courier.letters import Composer
from bot.services.nudges import UNASKED

_ALL: dict[str, Composer] = {
    **awards.COMPOSERS,
    **checkins.COMPOSERS,
    **goals.COMPOSERS,
    **kudos.COMPOSERS,
    **posts.COMPOSERS,
}
COMPOSERS: dict[str, Composer] = {
    kind: unless_put_off(composer) if kind in UNASKED else composer for kind, composer in _ALL.items()
}
