"""All Block Kit objects are built here, and all typed text enters Slack through here.

Typed text goes into plain text objects where it can (shown as typed, pings nobody). Where mrkdwn is needed it goes
through `escape()`.
"""

from bot.views.kit.blocks import (
    OPTION_LIMIT,
    TYPED_LIMIT,
    begun_with,
    button,
    buttons,
    header,
    menu,
    message,
    modal,
    options,
    reach,
    rule,
    section,
    small,
    small_plain,
    sure,
    tick,
    typed,
    with_first_line,
)
from bot.views.kit.confirming import NextStep, confirmation
from bot.views.kit.fields import Field, fields, read
from bot.views.kit.inputs import (
    channel_input,
    choice_input,
    choices_input,
    people_input,
    person_input,
    search_input,
    text_input,
)
from bot.views.kit.paging import older
from bot.views.kit.reading import Values, input_fields, label_of, row_id
from bot.views.kit.ref import Carried, Id
from bot.views.kit.text import clean, counted, escape, name, people_in, short, spelled_out
