"""Who may nominate, decide on a nomination and read an award.

A nomination is confidential; HR handles all but those about themselves and about their own manager.
"""

from bot.models import Nomination, Person


def may_nominate(actor: Person, nominee: Person) -> bool:
    return actor.is_active and nominee.is_active and actor.id != nominee.id


def may_handle_nomination(actor: Person, nomination: Nomination, *, is_hr: bool) -> bool:
    """HR announces it and keeps its budget code, except about themselves and their own manager."""
    return actor.is_active and is_hr and nomination.nominee_id not in (actor.id, actor.manager_id)


def may_decide_nomination(actor: Person, nomination: Nomination, *, is_hr: bool) -> bool:
    """HR decides, except on nominations they wrote themselves."""
    return may_handle_nomination(actor, nomination, is_hr=is_hr) and actor.id != nomination.nominator_id


def may_read_nomination(viewer: Person, nomination: Nomination, *, is_hr: bool) -> bool:
    """The nominator and HR read it, before and after the decision. The nominee never does: they learn of the award."""
    own = viewer.is_active and viewer.id == nomination.nominator_id
    return own or may_handle_nomination(viewer, nomination, is_hr=is_hr)


def may_read_award(viewer: Person, receiver: Person, *, in_private: bool) -> bool:
    """Every colleague reads an announced award, unless its receiver wants to be thanked in private."""
    return viewer.is_active and (not in_private or viewer.id == receiver.id)
