"""Each handler for goals reads the payload, calls one service and answers with a view."""

from datetime import timedelta

from bot.handlers.commands import Word
from bot.handlers.goals import changing, closing, files, lists, setting, updating, windows
from bot.handlers.goals.lists import home_part
from bot.handlers.goals.updating import CHECKIN_PART
from bot.handlers.routing import Routes
from bot.services import goals
from bot.timetable import Job, in_one_transaction
from bot.views import goals as views

ROUTES = Routes(
    shortcuts={views.SHORTCUT: updating.open_evidence},
    actions={
        views.MINE: lists.open_mine,
        views.PAST: lists.open_past,
        views.TEAM: lists.open_team,
        views.TREE: lists.open_tree,
        views.OPEN: lists.open_page,
        views.HISTORY: lists.open_history,
        views.FORM: setting.open_form,
        views.MORE: setting.show_more,
        views.ADD_RESULT: setting.add_result,
        views.AGREE: setting.on_agree,
        views.SUGGEST: setting.open_suggestion,
        views.UPDATE: updating.open_update,
        views.NO_CHANGE: updating.on_no_change,
        views.CHANGE: changing.on_menu,
        views.ALIGN: changing.open_align,
        views.CLOSE: closing.open_close,
        views.COMMENT_ON: closing.open_confirm,
        views.CHART: files.send_chart,
        views.TEAM_CHART: files.send_team_chart,
        views.EXPORT: files.send_export,
        views.COVERAGE: lists.open_coverage,
        views.PERIODS: lists.open_periods,
        views.REMOVE_PERIOD: lists.on_remove_period,
    },
    submissions={
        views.FORM: setting.on_submit,
        views.SUGGEST: setting.on_suggest,
        views.UPDATE: updating.on_update,
        views.EDIT: changing.on_edit,
        views.ALIGN: changing.on_align,
        views.ADD: changing.on_add,
        views.RETARGET: changing.on_retarget,
        views.HAND_OVER: changing.on_hand_over,
        views.CLOSE: closing.on_close,
        views.CONFIRM: closing.on_confirm,
        views.SHORTCUT: updating.on_evidence,
        views.PERIODS: lists.on_save_period,
    },
    suggestions={views.PARENT: setting.suggest_parents},
    windows={views.PAGE: windows.page_anew, views.MINE: windows.mine_anew},
)
WORDS = (
    Word(
        "goals",
        lists.open_mine,
        "Your goals: how they stand, and a tap to say so",
        button="My goals",
        plain=frozenset({"goal", "goals", "okr", "okrs", "progress"}),
    ),
    Word(
        "goals new",
        setting.open_form,
        "Set a goal; what you type behind it becomes its title",
        button="Set a goal",
        with_words="Goal with these words",
        plain=frozenset({"goal", "goals"}),
    ),
    Word(
        "goals team",
        lists.open_team,
        "For managers: your team's goals, trouble first",
        button="My team's goals",
        for_managers=True,
    ),
    Word("goals company", lists.open_tree, "The company's goals as a tree"),
    Word("goals past", lists.open_past, "Your closed, dropped and carried-over goals"),
)
JOBS = (Job("plan_goal_closings", timedelta(hours=1), in_one_transaction(goals.plan_closings)),)
