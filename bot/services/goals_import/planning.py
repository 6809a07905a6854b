"""From the goals of a file to an `ImportPlan`. Reads what is there in a handful of statements and writes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, policy
from bot.errors import Invalid
from bot.models import Person
from bot.models.goals import RANK, Level, Period, Visibility
from bot.notation import show_number
from bot.services import people
from bot.services.goals import key_results
from bot.services.goals_import.sheet import Sheet, SheetGoal, read_sheet
from bot.services.goals_import.stored import GoalPlan, ImportPlan, Known, Surroundings
from bot.services.people.circles import circles
from bot.services.people.words import as_chain
from bot.services.tables import Problem, in_order, quoted
from bot.services.tables.table import Record

ONLY_HR = "Only HR admins bring goals in from a file. Ask one of them."
IN_SLACK = "An import changes nothing that is there: change it in Slack, where its history keeps why."

Titles = Mapping[str, Sequence[tuple[int, Level]]]
Parents = dict[int, int | None]  # by minus the line; a parent is a known goal's id, or minus its line


async def plan(
    session: AsyncSession, actor: Person, records: Iterable[Record], *, now: datetime
) -> ImportPlan:
    """Holds the directory still until the transaction ends, so that what is planned can be applied."""
    policy.require(await people.is_hr(session, actor), ONLY_HR)
    sheet = read_sheet(records)
    await people.lock_directory(session)
    today = clock.local(now, actor.timezone).date()
    around = await Surroundings.load(session, sheet.goals, today=today)
    return _Planner(sheet, around).plan()


class _Planner:
    """The planner knows all that decides what one goal of the file adds."""

    def __init__(self, sheet: Sheet, around: Surroundings) -> None:
        self.around = around
        self.problems = list(sheet.problems)
        self.notes = (f"Ignored columns: {', '.join(sheet.ignored)}.",) if sheet.ignored else ()
        self.goals = sheet.goals

    def plan(self) -> ImportPlan:
        placed = [(goal, *place) for goal in self.goals if (place := self.place(goal))]
        self.refuse_twins((goal, owner, period) for goal, owner, period, _ in placed)
        new = [self.new(goal, owner, period) for goal, owner, period, known in placed if known is None]
        for goal, _, _, known in placed:
            self.problems += _contradictions(goal, known) if known else ()
        parents, mistakes = find_parents([one.row for one in new], self.around.titles)
        self.problems += mistakes
        if self.problems:
            return ImportPlan(problems=in_order(self.problems), notes=self.notes)
        linked = tuple(replace(one, parent=parents[one.node]) for one in new)
        return ImportPlan(notes=self.notes, new=linked, unchanged=len(placed) - len(new))

    def refuse_twins(self, placed: Iterable[tuple[SheetGoal, Person, Period]]) -> None:
        """A quarter that is spelled in two ways, or left out once, would make two goals of one."""
        first: dict[tuple[object, ...], SheetGoal] = {}
        for goal, owner, period in placed:
            twin = first.setdefault((owner.id, goal.level, period.name, goal.title.casefold()), goal)
            if twin is not goal:
                self.say(
                    goal,
                    "period",
                    f"is {period.name}, which line {twin.line} writes otherwise. Write both alike.",
                )

    def place(self, goal: SheetGoal) -> tuple[Person, Period, Known | None] | None:
        """Returns owner, period and the goal that is there already. None means that one of these is a mistake."""
        owner, period = self.around.people.get(goal.owner_email), self.around.periods[goal.period]
        if owner is None:
            self.say(goal, "owner_email", f"{quoted(goal.owner_email)} is not in the directory.")
        elif not owner.is_active:
            self.say(goal, "owner_email", f"{owner.name} is {people.standing(owner)}. Name somebody else.")
        elif isinstance(period, str):
            self.say(goal, "period", period)
        elif period.ends_on < self.around.today:
            self.say(goal, "period", f"{period.name} is over. Goals are brought in for what is still ahead.")
        else:
            key = (owner.id, goal.level, period.name, goal.title.casefold())
            return owner, period, self.around.known.get(key)
        return None

    def new(self, goal: SheetGoal, owner: Person, period: Period) -> GoalPlan:
        if goal.visibility == Visibility.LIMITED and goal.level != Level.PERSON:
            self.say(
                goal, "visibility", "Only a person's own goal can be limited. Write open, or level person."
            )
        try:
            key_results.checked(goal.key_results)
        except Invalid as mistake:
            self.say(goal, "key_result", mistake.sentence)
        return GoalPlan(
            row=goal,
            owner_id=owner.id,
            owner_name=owner.name,
            period=period,
            department_id=self.department(goal, owner),
            team_manager_id=self.team(goal, owner),
        )

    def department(self, goal: SheetGoal, owner: Person) -> int | None:
        if goal.level == Level.DEPARTMENT and owner.department_id is None:
            self.say(goal, "level", f"{owner.name} is in no department, so this cannot be a goal of theirs.")
        return owner.department_id if goal.level == Level.DEPARTMENT else None

    def team(self, goal: SheetGoal, owner: Person) -> int | None:
        """The team is the owner's own if they lead one, else the one they are in."""
        if goal.level != Level.TEAM:
            return None
        team_of = owner.id if owner.id in self.around.leaders else owner.manager_id
        if team_of is None:
            self.say(goal, "level", f"{owner.name} is in no team, so this cannot be a goal of theirs.")
        return team_of

    def say(self, goal: SheetGoal, column: str, sentence: str) -> None:
        self.problems.append(Problem(goal.line, column, sentence))


def _contradictions(goal: SheetGoal, known: Known) -> Iterator[Problem]:
    """What the file says about a goal that is there, and what is not so."""
    there = {
        "kind": known.goal.kind,
        "visibility": known.goal.visibility,
        "parent_title": known.parent_title,
    }
    for column, value in there.items():
        said = getattr(goal, column)
        if column in goal.said and _folded(said) != _folded(value):
            yield Problem(goal.line, column, f"This goal is there, and says {value or 'nothing'}. {IN_SLACK}")
    for result in goal.key_results:
        live = known.key_results.get(result.title.casefold())
        if live is None:
            sentence = f"This goal is there, without the key result {quoted(result.title)}. {IN_SLACK}"
            yield Problem(goal.line, "key_result", sentence)
        elif (live.start, live.target, live.unit) != (result.start, result.target, result.unit):
            way = f"{show_number(live.start)} → {show_number(live.target, live.unit)}"
            yield Problem(goal.line, "target", f"{quoted(result.title)} is there, as {way}. {IN_SLACK}")


def _folded(value: str | None) -> str:
    return (value or "").casefold()


def find_parents(goals: Sequence[SheetGoal], titles: Titles) -> tuple[Parents, list[Problem]]:
    """Parents are found by title. Two goals of that title are a mistake: the import never chooses between them."""
    own: dict[str, list[tuple[int, Level]]] = {}
    for goal in goals:
        own.setdefault(goal.title.casefold(), []).append((-goal.line, goal.level))
    parents: Parents = {}
    problems = []
    for goal in goals:
        parents[-goal.line] = None
        if goal.parent_title:
            title = goal.parent_title.casefold()
            found = [one for one in (*own.get(title, ()), *titles.get(title, ())) if one[0] != -goal.line]
            if mistake := _mistake(goal, found):
                problems.append(Problem(goal.line, "parent_title", mistake))
            else:
                parents[-goal.line] = found[0][0]
    return parents, problems + _circles(goals, parents)


def _mistake(goal: SheetGoal, found: Sequence[tuple[int, Level]]) -> str | None:
    name = quoted(goal.parent_title or "")
    if not found:
        return f"{name} is no open goal, here or in this file. Write the title as it is there."
    if len(found) > 1:
        return f"{name} is the title of {len(found)} goals. Leave it empty, and link the right one in Slack."
    if RANK[found[0][1]] > RANK[goal.level]:
        return (
            f"{name} is a goal of a lower level ({found[0][1]}). A goal serves one of its own level or above."
        )
    return None


def _circles(goals: Sequence[SheetGoal], parents: Parents) -> list[Problem]:
    by_node = {-goal.line: goal for goal in goals}
    problems = []
    for circle in circles(parents):
        first = max(node for node in circle if node < 0)
        turn = circle.index(first)
        chain = [quoted(by_node[node].title) for node in (*circle[turn:-1], *circle[:turn], first)]
        problems.append(Problem(-first, "parent_title", f"closes a circle: {as_chain(chain)}."))
    return problems
