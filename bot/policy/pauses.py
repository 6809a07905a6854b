"""Who may silence the bot for somebody."""

from bot.models import Person


def may_pause(actor: Person, person: Person) -> bool:
    """A person and their manager may pause; HR may too, which the service checks."""
    return actor.is_active and actor.id in (person.id, person.manager_id)
