"""Many goals on one screen: one's goal_of_mine, a team's, the company's as a tree."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.goals import GoalList, GoalMember, GoalSummary, Period, TeamGoals, Tree, TreeEntry, Visibility
from bot.spelling import command
from bot.views import kit
from bot.views.files import ONLY_YOU
from bot.views.goals import words
from bot.views.goals.closing import CLOSE
from bot.views.goals.parts import MINE, PAST, TEAM, TREE, Below, Ref, listed, open_button
from bot.views.goals.setting import FORM
from bot.views.goals.updating import UPDATE

DEEPEST_SHOWN = 6
PERIODS_SHOWN = 4
TEAM_CHART = "goals.team_chart"


def mine_page(mine: GoalList, today: date) -> View:
    new = kit.buttons(
        kit.button("New goal", FORM, Ref(below=Below.MINE).encode(), primary=not mine.goals),
        kit.button("Earlier goals", PAST),
        kit.button("The company's goals", f"{TREE}:open"),
    )
    if not mine.goals:
        said = "You have no open goal. One to three a quarter are plenty, and one is a good start."
        return kit.modal(MINE, "Your goals", [kit.section(said), new])
    blocks = [
        block for goal in sorted(mine.goals, key=words.worst_first) for block in goal_of_mine(goal, today)
    ]
    return kit.modal(MINE, "Your goals", [*blocks, kit.rule(), *_pages(mine.page, mine.pages, MINE), new])


def goal_of_mine(goal: GoalSummary, today: date, below: Below | None = Below.MINE) -> list[Block]:
    """One's own goal with its main button: Update, or Finish goal once its period is over."""
    ref = Ref(goal=goal.goal_id, seen=goal.version, below=below).encode()
    update = kit.button("Update", UPDATE, ref, spoken=f"Update {goal.title}")
    if goal.ends_on < today:
        update = kit.button("Finish goal", CLOSE, ref, primary=True, spoken=f"Finish goal: {goal.title}")
    text = f"*{words.title(goal)}*\n{words.standing(goal)}\n{words.small_print(goal)}"
    return [kit.section(text), kit.buttons(update, open_button(goal))]


def past_page(past: GoalList) -> View:
    blocks: list[Block] = [block for goal in past.goals for block in listed([goal])]
    if not blocks:
        blocks = [
            kit.section("Nothing here yet. Goals come here once they are closed, carried over or dropped.")
        ]
    return kit.modal(PAST, "Your earlier goals", [*blocks, *_pages(past.page, past.pages, PAST)])


def _pages(page: int, pages: int, action_id: str, ref: Ref | None = None) -> list[Block]:
    if pages == 1:
        return []
    ref = ref or Ref()
    turns = []
    if page > 1:
        turns.append(kit.button("Before", f"{action_id}:before", _at(ref, page - 1)))
    if page < pages:
        turns.append(kit.button("More", f"{action_id}:after", _at(ref, page + 1)))
    return [kit.small(f"Page {page} of {pages}"), kit.buttons(*turns, block_id="pages")]


def _at(ref: Ref, page: int) -> str:
    return ref.model_copy(update={"page": page}).encode()


# A team


def team_page(team: TeamGoals | None) -> View:
    if team is None:
        said = "Nobody reports to you in the directory. If that is wrong, ask your HR admin to correct it."
        return kit.modal(TEAM, "Your team's goals", [kit.section(said)])
    members = [block for member in team.members for block in _member(member)]
    return kit.modal(
        TEAM,
        "Your team's goals",
        [
            kit.section(team_counts(team)),
            *members,
            *_pages(team.page, team.pages, TEAM),
            kit.buttons(kit.button("Send me a picture", TEAM_CHART)),
        ],
    )


def team_counts(team: TeamGoals) -> str:
    """Trouble comes first. Nobody is named."""
    said = [
        f"Off track: {team.off_track} · At risk: {team.at_risk} · Quiet: {team.quiet} · Open: {team.open}"
    ]
    if team.without_goals:
        have = "has" if team.without_goals == 1 else "have"
        said.append(f"{team.without_goals} of your reports {have} no open goal.")
    return "\n".join(said)


def _member(member: GoalMember) -> list[Block]:
    """A heading and at most three goals: so fifteen members stay below Slack's hundred blocks."""
    name = f"*{kit.name(member.person.name)}*"
    if not member.goals:
        return [kit.section(f"{name}\nNo open goal yet.")]
    more = f" · and {member.more} more" if member.more else ""
    goals = [
        kit.section(f"{words.title(goal)}\n{words.standing(goal)}", button=open_button(goal))
        for goal in member.goals
    ]
    return [kit.section(name + more), *goals]


# The tree


def tree_page(tree: Tree, periods: Sequence[Period] = ()) -> View:
    ref = Ref(period=tree.period, under=tree.under[-1].goal_id if tree.under else None)
    blocks: list[Block] = [tree_entry(one) for one in tree.entries]
    if not blocks:
        said = "No goal is set for this period, as far as you may see them. Set one, or ask HR for the company's."
        blocks = [kit.section(said)]
    return kit.modal(
        TREE,
        "The company's goals",
        [
            kit.section(f"*{kit.escape(tree.period)}* · {kit.counted(tree.total, 'goal')}"),
            *_way(tree),
            *blocks,
            *_pages(tree.page, tree.pages, TREE, ref),
            *_other_periods(tree, periods),
        ],
    )


def _way(tree: Tree) -> list[Block]:
    if not tree.under:
        return []
    way = " › ".join(kit.short(one.title, 60) for one in tree.under[-DEEPEST_SHOWN:])
    up = tree.under[-2].goal_id if len(tree.under) > 1 else None
    back = kit.button("Up", f"{TREE}:up", Ref(period=tree.period, under=up).encode())
    return [kit.small(kit.escape(way)), kit.buttons(back, block_id="way")]


def tree_entry(one: TreeEntry) -> Block:
    """A mark for each step down stays readable on a phone, where an indent of spaces breaks."""
    goal = one.goal
    depth = "› " * min(one.depth, DEEPEST_SHOWN)
    limited = " · limited" if goal.visibility == Visibility.LIMITED else ""
    below = f" · {kit.counted(one.below, 'goal')} below" if one.below else ""
    first = f"{depth}*{words.title(goal)}*"
    second = f"{kit.name(goal.owner_name)}{limited}{below}"
    return kit.section(f"{first}\n{second}\n{words.status(goal)}", button=open_button(goal))


def _other_periods(tree: Tree, periods: Sequence[Period]) -> list[Block]:
    others = [one.name for one in periods if one.name != tree.period][:PERIODS_SHOWN]
    if not others:
        return []
    turn = [
        kit.button(name, f"{TREE}:period{place}", Ref(period=name).encode())
        for place, name in enumerate(others)
    ]
    return [kit.buttons(*turn, block_id="periods")]


def team_comment(cut: bool) -> str:
    said = f"The goals of your team as they stand, as you asked. {ONLY_YOU}"
    return (
        f"{said} These are the first of them; the list in {command('goals team')} has all." if cut else said
    )
