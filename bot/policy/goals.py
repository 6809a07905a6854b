"""Who may set, read, change and close a goal.

`shares_it`: the viewer is the owner or a co-owner. The manager is always the owner's manager of today.
"""

from datetime import datetime

from bot.models import Goal, Person
from bot.models.goals import GoalState, Level, Visibility


def may_set_goal(actor: Person, owner: Person, level: Level, *, is_hr: bool, leads: bool) -> bool:
    """HR sets the company's goals. Whoever `leads` people, and HR, sets a department's. The owner, their manager and
    HR set a person's.
    """
    if not (actor.is_active and owner.is_active):
        return False
    if level == Level.COMPANY:
        return is_hr
    own_business = is_hr or actor.id in (owner.id, owner.manager_id)
    return own_business and (level != Level.DEPARTMENT or is_hr or leads)


def may_read_goal(viewer: Person, owner: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """Every colleague reads open goals. The owners, the manager and HR read limited ones, but nobody in HR reads
    those of their own manager.
    """
    if not viewer.is_active:
        return False
    is_near = shares_it or viewer.id == owner.manager_id
    return goal.visibility == Visibility.OPEN or is_near or _reads_as_hr(viewer, owner, is_hr)


def _reads_as_hr(viewer: Person, owner: Person, is_hr: bool) -> bool:
    return is_hr and viewer.manager_id != owner.id


def may_read_goal_talk(
    viewer: Person, owner: Person, at: datetime, *, shares_it: bool, is_hr: bool, near_since: datetime | None
) -> bool:
    """The owners, the manager and HR read what the manager said about a goal, also when the goal itself is open.

    `near_since`: owners who came later, and their manager, read what was said from then on.
    """
    is_near = shares_it or viewer.id == owner.manager_id
    was_near = is_near and (near_since is None or at >= near_since)
    return was_near or _reads_as_hr(viewer, owner, is_hr)


def may_change_goal(actor: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """The owners say how a goal stands and change it; no manager does it for them. HR may change the company's."""
    return actor.is_active and (shares_it or (is_hr and goal.level == Level.COMPANY))


def may_edit_goal(actor: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """The owners edit its words and targets; until it is agreed, the person who set it for them does too."""
    is_setter = actor.id == goal.set_by_id and goal.state != GoalState.AGREED
    return may_change_goal(actor, goal, shares_it=shares_it, is_hr=is_hr) or (actor.is_active and is_setter)


def may_close_goal(actor: Person, owner: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """The owners close it; when the owner has left the company, the manager and HR may too."""
    if may_change_goal(actor, goal, shares_it=shares_it, is_hr=is_hr):
        return True
    return actor.is_active and not owner.is_active and (is_hr or actor.id == owner.manager_id)


def may_hand_over_goal(actor: Person, owner: Person, *, shares_it: bool, is_hr: bool) -> bool:
    """The owners, the manager and HR hand it over."""
    return actor.is_active and (shares_it or is_hr or actor.id == owner.manager_id)


def agrees_to_goal(owner: Person, goal: Goal) -> int | None:
    """Id of the person who has to agree: the manager, or the owner if somebody else set it. None if nobody has to."""
    if goal.level == Level.COMPANY:
        return None
    return owner.manager_id if goal.set_by_id == owner.id else owner.id


def may_agree_to_goal(actor: Person, owner: Person, goal: Goal) -> bool:
    return actor.is_active and actor.id == agrees_to_goal(owner, goal)


def may_confirm_closing(actor: Person, owner: Person, closed_by_id: int) -> bool:
    """The manager confirms how a goal ended, unless they closed it themselves."""
    return actor.is_active and actor.id == owner.manager_id and actor.id != closed_by_id
