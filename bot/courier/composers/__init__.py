"""What each kind of notification says, asked at the moment of sending: kind → who writes it.

A composer asks the service as the recipient, so that whoever may not read the thing any more gets no message.
"""

from bot.courier.composers.awards import COMPOSERS as AWARDS
from bot.courier.composers.checkins import COMPOSERS as CHECKINS
from bot.courier.composers.goals import COMPOSERS as GOALS
from bot.courier.composers.kudos import COMPOSERS as KUDOS
from bot.courier.composers.posts import COMPOSERS as POSTS
