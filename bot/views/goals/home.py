"""What App Home says about goals."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from slack_sdk.models.blocks import ButtonElement

from bot.models.goals import WORRYING, GoalList, GoalState, GoalSummary, Orphan, TeamGoals, Waiting
from bot.views import kit
from bot.views.goals import words
from bot.views.goals.changing import ALIGN
from bot.views.goals.closing import CLOSE, COMMENT_ON
from bot.views.goals.parts import MINE, OPEN, TEAM, TREE, Ref, open_button
from bot.views.goals.setting import FORM
from bot.views.goals.updating import UPDATE
from bot.views.home import Fit, Line, QuickAction, Urgency, WaitingLine

SHOWN = 3
COMPANY_NAMED = 2


def waiting_lines(waiting: Waiting, me_id: int) -> list[WaitingLine]:
    """What somebody else waits for is more urgent than what is to be put in order."""
    asked, tidy = Urgency.ASKED, Urgency.TIDY
    return [
        *_each_waiting(waiting.to_agree, lambda goal: _to_agree(goal, me_id), "Look", OPEN, asked),
        *_each_waiting(waiting.to_confirm, "{owner} closed “{title}”.", "Confirm", COMMENT_ON, asked),
        *_each_waiting(waiting.to_close, "The period of “{title}” is over.", "Finish goal", CLOSE, asked),
        *(_orphan(one) for one in waiting.orphans),
        *_each_waiting(waiting.left_behind, "{owner} has left, and “{title}” is open.", "Open", OPEN, tidy),
        *_each_waiting(waiting.quiet, "“{title}” has been quiet since {since}.", "Update", UPDATE, tidy),
    ]


def _to_agree(goal: GoalSummary, me_id: int) -> str:
    if goal.state == GoalState.CHANGE_SUGGESTED:
        return "A change was suggested to “{title}”."
    return "“{title}” was set for you." if goal.owner_id == me_id else "{owner} set the goal “{title}”."


def _each_waiting(
    goals: Iterable[GoalSummary],
    said: str | Callable[[GoalSummary], str],
    label: str,
    action_id: str,
    urgency: Urgency,
) -> Iterator[WaitingLine]:
    for goal in goals:
        sentence = said(goal) if callable(said) else said
        text = sentence.format(
            title=words.title(goal, 60), owner=kit.name(goal.owner_name), since=f"{goal.touched_at:%-d %B}"
        )
        yield WaitingLine(text, _button(goal, label, action_id), urgency=urgency)


def _orphan(one: Orphan) -> WaitingLine:
    said = f"“{words.title(one.goal, 60)}” served a goal that is closed."
    if one.suggested:
        said += f" “{words.title(one.suggested, 60)}” could take its place."
    return WaitingLine(said, _button(one.goal, "Link", ALIGN), urgency=Urgency.TIDY)


def _button(goal: GoalSummary, label: str, action_id: str) -> ButtonElement:
    ref = Ref(goal=goal.goal_id, seen=goal.version).encode()
    return kit.button(label, action_id, ref, spoken=f"{label}: {goal.title}")


def quick_action(mine: GoalList) -> QuickAction:
    return QuickAction(kit.button("New goal", f"{FORM}:home"), Fit.ANY_TIME if mine.goals else Fit.NOW)


def mine_lines(mine: GoalList, today: date) -> list[Line]:
    """At most three goals are shown, those that need a hand first. The list of all has a way to the company's."""
    every = kit.button("My goals", f"{MINE}:home")
    if not mine.goals:
        return [
            Line("*Goals*: none is open. One to three a quarter are plenty, and one is a good start.", every)
        ]
    worst = sorted(mine.goals, key=words.worst_first)[:SHOWN]
    said = f"*Goals*: {mine.total} open." if mine.total > 1 else "*Goals*: one open."
    return [Line(said, every), *(_of_mine(goal, today) for goal in worst)]


def _of_mine(goal: GoalSummary, today: date) -> Line:
    """The button is Update, or Finish goal once the goal's period is over."""
    label, action_id = ("Finish goal", CLOSE) if goal.ends_on < today else ("Update", UPDATE)
    return Line(f"“{words.title(goal, 100)}”\n{words.standing(goal)}", _button(goal, label, action_id))


def company_line(top: Sequence[GoalSummary]) -> Line | None:
    """The company's goals in one line: the first by their names."""
    if not top:
        return None
    named = ", ".join(f"“{words.title(goal, 60)}”" for goal in top[:COMPANY_NAMED])
    more = " and more" if len(top) > COMPANY_NAMED else ""
    return Line(
        f"*The company's goals*: {named}{more}.",
        kit.button("See all", f"{TREE}:home", spoken="See the company's goals"),
    )


def team_lines(team: TeamGoals | None) -> list[Line]:
    """A manager sees counts, and then the goals in most trouble."""
    if team is None:
        return []
    goals = [goal for member in team.members for goal in member.goals if _is_worrying(goal)]
    worst = sorted(goals, key=words.worst_first)[:SHOWN]
    button = kit.button("My team's goals", f"{TEAM}:home")
    return [Line(_counts(team), button), *(_worrying(goal) for goal in worst)]


def _counts(team: TeamGoals) -> str:
    """Trouble is counted where there is some. Nobody is named."""
    if not team.open:
        return "Nobody in your team has an open goal."
    trouble = ((team.off_track, "off track"), (team.at_risk, "at risk"), (team.quiet, "quiet"))
    said = [kit.counted(team.open, "open goal"), *(f"{count} {what}" for count, what in trouble if count)]
    without = team.without_goals
    none = f" {without} {'has' if without == 1 else 'have'} none." if without else ""
    return f"{', '.join(said)}.{none}"


def _is_worrying(goal: GoalSummary) -> bool:
    return goal.is_quiet or goal.confidence in WORRYING


def _worrying(goal: GoalSummary) -> Line:
    said = f"“{words.title(goal, 100)}” · {kit.name(goal.owner_name)}\n{words.standing(goal)}"
    return Line(said, open_button(goal))
