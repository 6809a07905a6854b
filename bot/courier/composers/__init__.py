"""Each kind of notification has a composer, which writes its message at the moment of sending.

A composer asks the service as the recipient, so people who may not read the thing any more get no message.
"""

from bot.courier.composers.anniversaries import SPOKEN as ANNIVERSARIES
from bot.courier.composers.awards import SPOKEN as AWARDS
from bot.courier.composers.checkins import spoken as about_checkins
from bot.courier.composers.goals import SPOKEN as GOALS
from bot.courier.composers.goals import digest_sentences as goals_in_digest
from bot.courier.composers.kudos import SPOKEN as KUDOS
from bot.courier.composers.kudos import digest_sentences as kudos_in_digest
from bot.courier.composers.posts import SPOKEN as POSTS
