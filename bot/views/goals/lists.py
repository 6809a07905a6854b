"""Many goals on one screen: one's own, a team's, the company's as a tree."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models.goals import GoalList, GoalMember, GoalSummary, Period, TeamGoals, Tree, TreeEntry
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
        kit.button("New goal", FORM, Ref(below=Below.MINE).encode(), primary=not mine.lines),
        kit.button("Earlier goals", PAST),
        kit.button("The company's goals", f"{TREE}:open"),
    )
    if not mine.lines:
        said = "You have no open goal. One to three a quarter are plenty, and one is a good start."
        return kit.modal(MINE, "Your goals", [kit.section(said), new])
    blocks = [block for line in sorted(mine.lines, key=words.worst_first) for block in own(line, today)]
    return kit.modal(MINE, "Your goals", [*blocks, kit.rule(), *_pages(mine.page, mine.pages, MINE), new])


def own(line: GoalSummary, today: date, below: Below | None = Below.MINE) -> list[Block]:
    """One's own goal with what one does to it most. Once its period is over: closing it."""
    ref = Ref(goal=line.goal_id, seen=line.version, below=below).encode()
    update = kit.button("Update", UPDATE, ref, spoken=f"Update {line.title}")
    if line.ends_on < today:
        update = kit.button("Close", CLOSE, ref, primary=True, spoken=f"Close {line.title}")
    text = f"*{words.title(line)}*\n{words.standing(line)}\n{words.small_print(line)}"
    return [kit.section(text), kit.buttons(update, open_button(line))]


def past_page(past: GoalList) -> View:
    blocks: list[Block] = [block for line in past.lines for block in listed([line])]
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
    """Trouble first; without names."""
    said = [
        f"Off track: {team.off_track} · At risk: {team.at_risk} · Quiet: {team.quiet} · Open: {team.open}"
    ]
    if team.without_goals:
        said.append(f"{team.without_goals} of your reports have no open goal.")
    return "\n".join(said)


def _member(member: GoalMember) -> list[Block]:
    """A heading and three goals at most: fifteen members stay below Slack's hundred blocks."""
    name = f"*{kit.name(member.person.name)}*"
    if not member.lines:
        return [kit.section(f"{name}\nNo open goal yet.")]
    more = f" · and {member.more} more" if member.more else ""
    lines = [
        kit.section(f"{words.title(line)}\n{words.standing(line)}", button=open_button(line))
        for line in member.lines
    ]
    return [kit.section(name + more), *lines]


# The tree


def tree_page(tree: Tree, periods: Sequence[Period] = ()) -> View:
    ref = Ref(period=tree.period, under=tree.under[-1].goal_id if tree.under else None)
    lines: list[Block] = [branch(one) for one in tree.lines]
    if not lines:
        said = "No goal is set for this period, as far as you may see them. Set one, or ask HR for the company's."
        lines = [kit.section(said)]
    return kit.modal(
        TREE,
        "The company's goals",
        [
            kit.section(f"*{kit.escape(tree.period)}* · {kit.counted(tree.total, 'goal')}"),
            *_way(tree),
            *lines,
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


def branch(one: TreeEntry) -> Block:
    """Depth is said and not only shown: an indent is nothing to a screen reader."""
    line = one.line
    indent = "\u2003" * min(one.depth, DEEPEST_SHOWN)
    below = f" · {kit.counted(one.below, 'goal')} below" if one.below else ""
    level = f"{words.level(line)}, level {one.depth + 1}" if one.depth else words.level(line)
    first = f"{indent}*{words.title(line)}*"
    second = f"{indent}{level} · {kit.name(line.owner_name)}{below}"
    return kit.section(f"{first}\n{second}\n{indent}{words.status(line)}", button=open_button(line))


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
    return f"{said} These are the first of them; the list in /goals team has all." if cut else said
