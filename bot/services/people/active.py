"""Active colleagues: `Person.is_active` as a condition for queries, and words for everybody else."""

from bot.models import Person, PersonKind

ACTIVE = (Person.kind == PersonKind.MEMBER, Person.deactivated_at.is_(None))


def standing(person: Person) -> str:
    """The words that follow "is": a colleague, a guest, an app, no longer active."""
    if person.deactivated_at is not None:
        return "no longer active"
    return {PersonKind.MEMBER: "a colleague", PersonKind.GUEST: "a guest", PersonKind.BOT: "an app"}[
        person.kind
    ]
