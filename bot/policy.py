"""Who may see or do what: pure questions, asked by services and answered to people by `handlers/errors.py`.

The visibility matrix is law: nothing here opens a row to more people than could read it when it was written.
"""

from collections.abc import Collection
from datetime import datetime

from bot.errors import NotAllowed
from bot.models import (
    Answer,
    Audience,
    Checkin,
    Goal,
    Kudos,
    KudosAudience,
    KudosReceiver,
    Nomination,
    Person,
)
from bot.models.goals import GoalState, Level, Visibility


def require(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotAllowed(sentence)


def may_write_checkin(person: Person) -> bool:
    """Every active member writes their own; guests, bots and leavers do not."""
    return person.is_active


def is_manager_of_record(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """The manager it was written for, as long as they still are the manager."""
    return viewer.id == checkin.manager_id == author.manager_id


def may_read_checkin(viewer: Person, author: Person, checkin: Checkin, *, stands_above: bool) -> bool:
    """The author; the manager it was written for; the line above only if it was written under that rule.

    `stands_above`: the viewer is further up in the author's reporting line today.
    """
    if not viewer.is_active:
        return False
    if viewer.id == author.id or is_manager_of_record(viewer, author, checkin):
        return True
    return stands_above and checkin.audience == Audience.LINE


def may_read_answer(viewer: Person, author: Person, checkin: Checkin, answer: Answer) -> bool:
    """Within a check-in one may read: a locked answer stays between the author and the manager it was locked to."""
    if not answer.locked or viewer.id == author.id:
        return True
    return checkin.handed_over_at is None and is_manager_of_record(viewer, author, checkin)


def may_thank_from_checkin(viewer: Person, author: Person) -> bool:
    """What somebody wrote about who helped them becomes kudos by their own hand only, whoever may read it."""
    return viewer.is_active and viewer.id == author.id


def may_read_energy(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """Energy and workload, within a check-in one may read: the line above gets neither."""
    return viewer.id == author.id or is_manager_of_record(viewer, author, checkin)


def may_read_remark(viewer: Person, author: Person, checkin: Checkin, at: datetime) -> bool:
    """What was said to a check-in: its author, and the manager of record from when it became theirs."""
    if viewer.id == author.id:
        return True
    theirs_since = checkin.handed_over_at
    return is_manager_of_record(viewer, author, checkin) and (theirs_since is None or at >= theirs_since)


def may_respond_to_checkin(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """Comment, react, take an obstacle on: the manager of record. The author may comment back, see below."""
    return viewer.is_active and is_manager_of_record(viewer, author, checkin)


def may_comment_on_checkin(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """The manager of record and, to answer, the author."""
    return viewer.is_active and (viewer.id == author.id or is_manager_of_record(viewer, author, checkin))


def may_choose_rhythm(actor: Person, person: Person) -> bool:
    """Everybody chooses when they are asked; HR and managers set no hour for a single person."""
    return actor.is_active and actor.id == person.id


def may_pause(actor: Person, person: Person) -> bool:
    """Themselves and their manager; HR too, which the service asks."""
    return actor.is_active and actor.id in (person.id, person.manager_id)


# Goals. `shares_it`: the viewer is the owner or a co-owner. The manager is always the owner's manager of today.


def may_set_goal(actor: Person, owner: Person, level: Level, *, is_hr: bool, leads: bool) -> bool:
    """The company's: HR. A department's: somebody who `leads` people, or HR. Others: the owner, their manager, HR."""
    if not (actor.is_active and owner.is_active):
        return False
    if level == Level.COMPANY:
        return is_hr
    own_business = is_hr or actor.id in (owner.id, owner.manager_id)
    return own_business and (level != Level.DEPARTMENT or is_hr or leads)


def may_read_goal(viewer: Person, owner: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """Open goals: every colleague. Limited ones: the owners, the manager, HR, but not those of HR's own managers."""
    if not viewer.is_active:
        return False
    is_near = shares_it or viewer.id == owner.manager_id
    return goal.visibility == Visibility.OPEN or is_near or _reads_as_hr(viewer, owner, is_hr)


def _reads_as_hr(viewer: Person, owner: Person, is_hr: bool) -> bool:
    return is_hr and viewer.manager_id != owner.id


def may_read_goal_talk(
    viewer: Person, owner: Person, at: datetime, *, shares_it: bool, is_hr: bool, near_since: datetime | None
) -> bool:
    """What the manager said about a goal, suggesting a change or confirming how it ended: also of open goals only
    the owners, the manager and HR; owners who came later, and their manager, only what was said since.
    """
    is_near = shares_it or viewer.id == owner.manager_id
    was_near = is_near and (near_since is None or at >= near_since)
    return was_near or _reads_as_hr(viewer, owner, is_hr)


def may_change_goal(actor: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """Say how it stands, change it: its owners. No manager decides over their heads. The company's: also HR."""
    return actor.is_active and (shares_it or (is_hr and goal.level == Level.COMPANY))


def may_edit_goal(actor: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """Its words and targets: its owners; until it is agreed also whoever set it for them."""
    is_setter = actor.id == goal.set_by_id and goal.state != GoalState.AGREED
    return may_change_goal(actor, goal, shares_it=shares_it, is_hr=is_hr) or (actor.is_active and is_setter)


def may_close_goal(actor: Person, owner: Person, goal: Goal, *, shares_it: bool, is_hr: bool) -> bool:
    """Its owners; when the owner has left, also the manager and HR."""
    if may_change_goal(actor, goal, shares_it=shares_it, is_hr=is_hr):
        return True
    return actor.is_active and not owner.is_active and (is_hr or actor.id == owner.manager_id)


def may_hand_over_goal(actor: Person, owner: Person, *, shares_it: bool, is_hr: bool) -> bool:
    """Its owners, the manager, HR."""
    return actor.is_active and (shares_it or is_hr or actor.id == owner.manager_id)


def agrees_to_goal(owner: Person, goal: Goal) -> int | None:
    """Whose word makes it agreed: the manager's, or the owner's where somebody else set it. None: nobody's."""
    if goal.level == Level.COMPANY:
        return None
    return owner.manager_id if goal.set_by_id == owner.id else owner.id


def may_agree_to_goal(actor: Person, owner: Person, goal: Goal) -> bool:
    return actor.is_active and actor.id == agrees_to_goal(owner, goal)


def may_confirm_closing(actor: Person, owner: Person, closed_by_id: int) -> bool:
    """The manager, unless they closed it themselves."""
    return actor.is_active and actor.id == owner.manager_id and actor.id != closed_by_id


# Kudos


def may_read_kudos(viewer: Person, kudos: Kudos, receiver_ids: Collection[int], *, taken_back: bool) -> bool:
    """What was said in a public channel is the whole company's, all else between giver and receivers.

    Taken back, it is only its giver's any more.
    """
    if not viewer.is_active:
        return False
    if viewer.id == kudos.giver_id:
        return True
    return not taken_back and (kudos.audience == KudosAudience.COMPANY or viewer.id in receiver_ids)


def may_learn_of_receiver(viewer: Person, kudos: Kudos, receiver: KudosReceiver) -> bool:
    """Within kudos one may read: who wants thanks in private is named to the giver and to themselves only."""
    if viewer.id in (kudos.giver_id, receiver.person_id):
        return True
    return kudos.audience == KudosAudience.RECEIVERS or receiver.in_public


def may_take_kudos_back(actor: Person, kudos: Kudos) -> bool:
    return actor.is_active and actor.id == kudos.giver_id


def may_remove_kudos(is_hr: bool, kudos: Kudos) -> bool:
    """HR removes what stands in a channel, and learns nothing of what was said in private."""
    return is_hr and kudos.audience != KudosAudience.RECEIVERS


def may_choose_thanks(actor: Person, person: Person) -> bool:
    """How somebody wishes to be thanked is nobody else's choice."""
    return actor.is_active and actor.id == person.id


# Awards. A nomination is confidential; HR handles all but those about themselves and about their own manager.


def may_nominate(actor: Person, nominee: Person) -> bool:
    return actor.is_active and nominee.is_active and actor.id != nominee.id


def may_handle_nomination(actor: Person, nomination: Nomination, *, is_hr: bool) -> bool:
    """Announce it, keep its budget code: HR, who may have nominated, but neither receives nor reports to who does."""
    return actor.is_active and is_hr and nomination.nominee_id not in (actor.id, actor.manager_id)


def may_decide_nomination(actor: Person, nomination: Nomination, *, is_hr: bool) -> bool:
    """Nobody decides on what they nominated themselves."""
    return may_handle_nomination(actor, nomination, is_hr=is_hr) and actor.id != nomination.nominator_id


def may_read_nomination(viewer: Person, nomination: Nomination, *, is_hr: bool) -> bool:
    """Before and after it is decided: whoever wrote it, and HR. Never the nominee: they learn of the award."""
    own = viewer.is_active and viewer.id == nomination.nominator_id
    return own or may_handle_nomination(viewer, nomination, is_hr=is_hr)


def may_read_award(viewer: Person, receiver: Person, *, in_private: bool) -> bool:
    """An announced award is the whole company's, unless its receiver wants to be thanked in private."""
    return viewer.is_active and (not in_private or viewer.id == receiver.id)


# Anniversaries


def may_choose_anniversary(actor: Person, person: Person) -> bool:
    return actor.is_active and actor.id == person.id


def may_read_anniversary(viewer: Person, person: Person, *, mentioned: bool) -> bool:
    """Their manager of today, unless the person does not want it mentioned."""
    return mentioned and viewer.is_active and person.is_active and viewer.id == person.manager_id
