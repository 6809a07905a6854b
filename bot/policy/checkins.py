"""Who may write, read and answer a check-in."""

from datetime import datetime

from bot.models import Answer, Audience, Checkin, Person


def may_write_checkin(person: Person) -> bool:
    """Every active member writes their own; guests, bots and leavers do not."""
    return person.is_active


def is_manager_of_record(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """The viewer is the manager the check-in was written for, and is still the author's manager."""
    return viewer.id == checkin.manager_id == author.manager_id


def may_read_checkin(viewer: Person, author: Person, checkin: Checkin, *, stands_above: bool) -> bool:
    """The author and the manager of record read it; the line above does only if HR had opened check-ins to it before.

    `stands_above`: the viewer is further up in the author's reporting line today.
    """
    if not viewer.is_active:
        return False
    if viewer.id == author.id or is_manager_of_record(viewer, author, checkin):
        return True
    return stands_above and checkin.audience == Audience.LINE


def may_read_answer(viewer: Person, author: Person, checkin: Checkin, answer: Answer) -> bool:
    """A locked answer stays between the author and the manager it was written for.

    The service has asked `may_read_checkin` before.
    """
    if not answer.locked or viewer.id == author.id:
        return True
    return checkin.handed_over_at is None and is_manager_of_record(viewer, author, checkin)


def may_thank_from_checkin(viewer: Person, author: Person) -> bool:
    """Only the author turns what they wrote about a helper into kudos."""
    return viewer.is_active and viewer.id == author.id


def may_read_energy(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """The author and the manager of record see energy and workload; the line above sees neither."""
    return viewer.id == author.id or is_manager_of_record(viewer, author, checkin)


def may_read_remark(viewer: Person, author: Person, checkin: Checkin, at: datetime) -> bool:
    """The author and the manager of record read comments; after a handover the new manager reads later ones only."""
    if viewer.id == author.id:
        return True
    theirs_since = checkin.handed_over_at
    return is_manager_of_record(viewer, author, checkin) and (theirs_since is None or at >= theirs_since)


def may_respond_to_checkin(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """The manager of record comments, reacts and takes an obstacle on."""
    return viewer.is_active and is_manager_of_record(viewer, author, checkin)


def may_comment_on_checkin(viewer: Person, author: Person, checkin: Checkin) -> bool:
    """The manager of record comments, and the author answers."""
    return viewer.is_active and (viewer.id == author.id or is_manager_of_record(viewer, author, checkin))
