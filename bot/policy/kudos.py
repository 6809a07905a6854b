"""Who may read thanks, take them back and remove them."""

from collections.abc import Collection

from bot.models import Kudos, KudosAudience, KudosReceiver, Person


def may_read_kudos(viewer: Person, kudos: Kudos, receiver_ids: Collection[int], *, taken_back: bool) -> bool:
    """Every colleague reads thanks from a public channel; giver and receivers read all other thanks.

    Once thanks are taken back, the giver alone still reads them.
    """
    if not viewer.is_active:
        return False
    if viewer.id == kudos.giver_id:
        return True
    return not taken_back and (kudos.audience == KudosAudience.COMPANY or viewer.id in receiver_ids)


def may_learn_of_receiver(viewer: Person, kudos: Kudos, receiver: KudosReceiver) -> bool:
    """A receiver who wants thanks in private is named to the giver and to themselves only.

    The service has asked `may_read_kudos` before.
    """
    if viewer.id in (kudos.giver_id, receiver.person_id):
        return True
    return kudos.audience == KudosAudience.RECEIVERS or receiver.in_public


def may_take_kudos_back(actor: Person, kudos: Kudos) -> bool:
    return actor.is_active and actor.id == kudos.giver_id


def may_remove_kudos(is_hr: bool, kudos: Kudos) -> bool:
    """HR removes thanks from a channel, and learns nothing of thanks in private."""
    return is_hr and kudos.audience != KudosAudience.RECEIVERS


def may_choose_thanks(actor: Person, person: Person) -> bool:
    """Each person chooses for themselves how they are thanked."""
    return actor.is_active and actor.id == person.id
