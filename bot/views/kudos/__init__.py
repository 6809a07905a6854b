"""These views show kudos in Slack: the form, the preview of a typed line, the post, the person's own page and HR's
values.
"""

from bot.views.kudos.after_checkin import after_checkin_page
from bot.views.kudos.figures import (
    DIGEST,
    FIGURES,
    digest_form,
    digest_message,
    digest_saved_page,
    figures_page,
    hr_entries,
    read_digest,
)
from bot.views.kudos.form import (
    CHANGED,
    FORM,
    GOAL,
    LOOK_AGAIN,
    NOTHING,
    Form,
    form,
    from_checkin,
    goal_choices,
    read_form,
    trimmed,
)
from bot.views.kudos.messages import (
    EDIT,
    GIVE,
    POST_MENU,
    PRIVATE,
    REMOVE,
    SEND,
    UNDO,
    post_message,
    prefers_message,
    preview_message,
    received_message,
    refused_message,
    removed_message,
    sent_message,
    taken_back_message,
)
from bot.views.kudos.page import (
    MINE,
    OLDER,
    REMOVAL,
    mine_lines,
    mine_page,
    older_page,
    quick_action,
    read_removal,
    removal_form,
    sent_page,
    taken_back_page,
)
from bot.views.kudos.picture import COMMENT, PICTURE, picture_title
from bot.views.kudos.ref import Ref
from bot.views.kudos.rooms import not_there, require_open
from bot.views.kudos.typed import TypedKudos, people_in, placed, read_typed, spelled_out, with_names
from bot.views.kudos.values import COMPANY_VALUES
from bot.views.kudos.words import plain_names, unthanked_sentence
