"""The ledger of what the bot owes somebody. Services plan and cancel here; the courier claims and marks.

    planned ──claim──▶ sending ──▶ sent · failed(code) · skipped(reason)
       ▲                  ├─ busy ──▶ planned, later
       │                  └─ no answer, or the lease ran out ──▶ unknown
       └── not in the DM's history ── unknown ── in it ──▶ sent
    planned ──▶ skipped(reason) when cancelled · expired when its time is over
    sent ──snooze──▶ planned, with a new nonce

A notification may be merged into another: it is said inside that one's message and shares its fate.
"""

from bot.services.notifications.budget import (
    A_WEEK,
    Budget,
    budget_of,
    in_doubt_until,
    next_day,
    next_week,
    own_planned_at,
)
from bot.services.notifications.changes import (
    SNOOZED,
    companions,
    in_message_of,
    is_wanted,
    join,
    merge,
    not_this_week,
    outdated,
    touch,
    updated,
)
from bot.services.notifications.endings import (
    NOT_YOURS_ANY_MORE,
    end,
    just_ended,
    left,
    look_again,
    look_for_ends,
    opened_by,
    pressed_in,
    readers,
    reopen,
)
from bot.services.notifications.kinds import AskedWeek, ComesAt, Ended, Kind, Over, Rank, Wait
from bot.services.notifications.leaving import own_notification, plan_again_by_itself, put_off
from bot.services.notifications.ledger import (
    IS_PLANNED,
    Plan,
    cancel,
    claim,
    next_due,
    plan,
    plan_many,
    recipients_due,
    unknown_to_settle,
    waiting_since,
    want_again,
)
from bot.services.notifications.listing import Listing, counts, entries, overdue
from bot.services.notifications.marks import (
    NOT_THIS_WEEK,
    mark_failed,
    mark_sent,
    mark_skipped,
    mark_unknown,
    put_back,
    wait,
)
from bot.services.notifications.putting_off import PutOff, later
from bot.services.notifications.reasons import REASONS, is_ours, shown, words
from bot.services.notifications.refused import (
    MAYBE_ARRIVED,
    REFUSED,
    drop_refused,
    give_up,
    post_again,
    refused_post,
)
from bot.services.notifications.resending import Resent, resend
