"""The courier delivers what is due in the ledger. No other code sends unasked messages.

It works in steps: it marks a notification as *sending* and commits, sends it, and records the result. If it is
interrupted in between, the lease ends, and the conversation itself is searched for the message. So nothing is lost or
doubled, as long as Slack's history shows a message within `SETTLE_AFTER`; where the bot may not read the history, a
missing message is preferred to a doubled one.
"""

from bot.courier.letters import Composer, Skip, Spoken, Telling
from bot.courier.loop import Courier
from bot.courier.pace import Pace
