"""These views show awards in Slack: nomination, decision, announcement, the page for everybody and HR's list."""

from bot.views.awards.announcement import (
    ANNOUNCEMENT,
    POSTS,
    PREVIEW,
    announcement_form,
    confirmation,
    preview_page,
    read_announcement,
    read_preview,
)
from bot.views.awards.decision import NOMINATION, nomination_page, read_decision
from bot.views.awards.figures import FIGURES, figures_page
from bot.views.awards.form import FORM, HR_NAMED, NOMINATE, form, read_form, sent_page
from bot.views.awards.messages import decided_message, post_message, received_message, waiting_message
from bot.views.awards.page import (
    ANNOUNCE,
    OPEN,
    PAGE,
    PAID,
    WITHDRAW,
    mine_lines,
    page,
    quick_action,
    waiting_lines,
)
from bot.views.awards.ref import Ref
from bot.views.awards.types import AWARDS
