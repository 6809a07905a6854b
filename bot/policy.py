"""Who may see or do what: pure questions, asked by services and answered to people by `handlers/errors.py`.

The visibility matrix is law: nothing here opens a row to more people than could read it when it was written.
"""

from datetime import datetime

from bot.errors import NotAllowed
from bot.models import Answer, Audience, Checkin, Person


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
