"""These views show kudos in Slack: the form, the preview of a typed line, the post, the person's own page and HR's
values.
"""

from bot.views.kudos.after_checkin import helped_step, thank_step
from bot.views.kudos.figures import (
    DIGEST,
    FIGURES,
    LOOK_BACK,
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
    POSTS,
    Form,
    elsewhere,
    form,
    from_checkin,
    goal_choices,
    moved,
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
    removed_and_over_message,
    removed_message,
    sent_message,
    taken_back_message,
)
from bot.views.kudos.page import (
    MINE,
    OLDER,
    REMOVAL,
    TAKING_BACK,
    mine_lines,
    mine_page,
    older_page,
    quick_action,
    read_removal,
    read_taking_back,
    removal_form,
    removed_page,
    sent_page,
    taken_back_page,
    taking_back_form,
)
from bot.views.kudos.picture import COMMENT, PICTURE, picture_title
from bot.views.kudos.ref import Ref
from bot.views.kudos.typed import (
    TypedKudos,
    people_in,
    placed,
    read_typed,
    spelled_out,
    with_names,
    without_name,
)
from bot.views.kudos.values import COMPANY_VALUES
from bot.views.kudos.words import plain_names, unthanked_sentence
