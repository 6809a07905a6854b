"""Delivers what the ledger says is due. The only code that speaks unasked.

One step at a time: mark a notification *sending* and commit; send; write down what came of it. Whatever is interrupted
in between is found again when its lease ends, and settled by looking into the conversation itself. So nothing is
lost or doubled, as long as Slack's history shows a message within `SETTLE_AFTER`; where we may not look, we prefer
a miss to a double.
"""

from bot.courier.letters import Composer, Skip, Spoken, Telling
from bot.courier.loop import Courier
from bot.courier.pace import Pace
