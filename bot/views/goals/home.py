"""What App Home says about goals."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.models.goals import WORRYING, GoalList, GoalState, GoalSummary, Orphan, TeamGoals, TreeEntry, Waiting
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.changing import ALIGN
from bot.views.goals.closing import CLOSE, COMMENT_ON
from bot.views.goals.lists import goal_of_mine, team_counts, tree_entry
from bot.views.goals.parts import MINE, OPEN, TEAM, TREE, Ref, open_button
from bot.views.goals.setting import FORM
from bot.views.goals.updating import UPDATE

SHOWN = 3


def waiting_lines(waiting: Waiting, me_id: int) -> list[Block]:
    """What somebody else waits for comes first."""
    return [
        *_each_waiting(waiting.to_agree, lambda goal: _to_agree(goal, me_id), "Look", OPEN),
        *_each_waiting(waiting.to_confirm, "{owner} closed “{title}”.", "Confirm", COMMENT_ON),
        *_each_waiting(waiting.to_close, "The period of “{title}” is over.", "Finish goal", CLOSE),
        *(_orphan(one) for one in waiting.orphans),
        *_each_waiting(waiting.left_behind, "{owner} has left, and “{title}” is open.", "Open", OPEN),
        *_each_waiting(waiting.quiet, "“{title}” has been quiet since {since}.", "Update", UPDATE),
    ]


def _to_agree(goal: GoalSummary, me_id: int) -> str:
    if goal.state == GoalState.CHANGE_SUGGESTED:
        return "A change was suggested to “{title}”."
    return "“{title}” was set for you." if goal.owner_id == me_id else "{owner} set the goal “{title}”."


def _each_waiting(
    goals: Iterable[GoalSummary], said: str | Callable[[GoalSummary], str], label: str, action_id: str
) -> Iterator[Block]:
    for goal in goals:
        sentence = said(goal) if callable(said) else said
        text = sentence.format(
            title=words.title(goal, 60), owner=kit.name(goal.owner_name), since=f"{goal.touched_at:%-d %B}"
        )
        yield _waiting_goal(goal, text, label, action_id)


def _orphan(one: Orphan) -> Block:
    said = f"“{words.title(one.goal, 60)}” served a goal that is closed."
    if one.suggested:
        said += f" “{words.title(one.suggested, 60)}” could take its place."
    return _waiting_goal(one.goal, said, "Link", ALIGN)


def _waiting_goal(goal: GoalSummary, text: str, label: str, action_id: str) -> Block:
    ref = Ref(goal=goal.goal_id, seen=goal.version).encode()
    return kit.section(text, button=kit.button(label, action_id, ref, spoken=f"{label}: {goal.title}"))


def mine_section(mine: GoalList, today: date) -> list[Block]:
    """At most three goals are shown, those that need a hand first."""
    buttons = [kit.button("New goal", f"{FORM}:home"), kit.button("The company's goals", f"{TREE}:home")]
    if not mine.goals:
        said = "No open goal. One to three a quarter are plenty, and one is a good start."
        return [kit.header("My goals"), kit.section(said), kit.buttons(*buttons)]
    worst = sorted(mine.goals, key=words.worst_first)[:SHOWN]
    blocks = [block for goal in worst for block in goal_of_mine(goal, today, below=None)]
    every = kit.button(f"All my goals ({mine.total})", f"{MINE}:home")
    return [kit.header("My goals"), *blocks, kit.buttons(every, *buttons)]


def company_section(top: Sequence[TreeEntry]) -> list[Block]:
    """The top of the tree. Words say each goal before its bar is drawn, for screen readers."""
    if not top:
        return []
    return [kit.header("The company's goals"), *(tree_entry(one) for one in top)]


def team_section(team: TeamGoals | None) -> list[Block]:
    """A manager sees counts, and then the goals in most trouble."""
    if team is None:
        return []
    goals = [goal for member in team.members for goal in member.goals if _is_worrying(goal)]
    worst = sorted(goals, key=words.worst_first)[:SHOWN]
    return [
        kit.section(f"*Goals of my team*\n{team_counts(team)}"),
        *(_worrying(goal) for goal in worst),
        kit.buttons(kit.button("Open my team's goals", f"{TEAM}:home")),
    ]


def _is_worrying(goal: GoalSummary) -> bool:
    return goal.is_quiet or goal.confidence in WORRYING


def _worrying(goal: GoalSummary) -> Block:
    said = f"{words.title(goal, 100)} · {kit.name(goal.owner_name)}\n{words.standing(goal)}"
    return kit.section(said, button=open_button(goal))
