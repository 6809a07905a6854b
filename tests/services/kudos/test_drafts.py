"""A saved draft is read by the version of the bot that comes after the one that wrote it."""

from dataclasses import fields

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import KudosDraft, Person
from bot.models.kudos import Thanks
from bot.services import kudos
from bot.services.kudos.drafts import SavedThanks
from tests.conftest import NOW

WHOLE = Thanks(
    receivers=("U1", "U2"),
    text="Found the leak.",
    value_id=3,
    channel="C1",
    closed=True,
    link="https://x.example",
    goal_id=4,
)


async def row_with(session: AsyncSession, ana: Person, content: object) -> int:
    draft = KudosDraft(giver_id=ana.id, content=content, begun_at=NOW)
    session.add(draft)
    await session.flush()
    session.expunge(draft)
    return draft.id


async def test_a_draft_comes_back_as_it_was_typed(session: AsyncSession, ana: Person) -> None:
    draft_id = await kudos.keep_draft(session, ana, WHOLE, now=NOW)
    session.expunge(await session.get_one(KudosDraft, draft_id))
    assert await kudos.draft_of(session, ana, draft_id) == WHOLE


async def test_an_old_row_with_an_unknown_key_and_missing_ones_is_still_read(
    session: AsyncSession, ana: Person
) -> None:
    old = {"receivers": ["U1"], "text": "Found the leak.", "mood": "sunny"}
    draft_id = await row_with(session, ana, old)
    assert await kudos.draft_of(session, ana, draft_id) == Thanks(("U1",), "Found the leak.")


@pytest.mark.parametrize(
    "content", [{"receivers": "U1", "text": "?"}, {"receivers": ["U1"], "text": None}, ["U1"], "?"]
)
async def test_a_row_that_cannot_be_read_counts_as_gone(
    session: AsyncSession, ana: Person, content: object
) -> None:
    draft_id = await row_with(session, ana, content)
    with pytest.raises(NotFound, match="This draft was sent, or is too old"):
        await kudos.draft_of(session, ana, draft_id)


def test_each_field_of_the_thanks_is_saved_and_may_be_missing() -> None:
    assert SavedThanks.model_fields.keys() == {field.name for field in fields(Thanks)}
    assert not any(field.is_required() for field in SavedThanks.model_fields.values())
