"""Who may learn of a work anniversary."""

from bot.models import Person


def may_choose_anniversary(actor: Person, person: Person) -> bool:
    return actor.is_active and actor.id == person.id


def may_read_anniversary(viewer: Person, person: Person, *, mentioned: bool) -> bool:
    """The manager of today learns of it, unless the person does not want it mentioned."""
    return mentioned and viewer.is_active and person.is_active and viewer.id == person.manager_id
