"""Who counts as a colleague: `Person.is_active` for queries, and in words for those who are not."""

from bot.models import Person, PersonKind

ACTIVE = (Person.kind == PersonKind.MEMBER, Person.deactivated_at.is_(None))


def standing(person: Person) -> str:
    """What somebody is, to be read after "is": a colleague, a guest, an app, no longer active."""
    if person.deactivated_at is not None:
        return "no longer active"
    return {PersonKind.MEMBER: "a colleague", PersonKind.GUEST: "a guest", PersonKind.BOT: "an app"}[
        person.kind
    ]
