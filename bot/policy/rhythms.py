"""Who may choose when somebody is asked."""

from bot.models import Person


def may_choose_rhythm(actor: Person, person: Person) -> bool:
    """Everybody chooses when they are asked; HR and managers set no hour for a single person."""
    return actor.is_active and actor.id == person.id
