"""This form nominates somebody for an award and is read back here: person, award, act, effect, value, evidence,
conflict.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models import AwardType, CompanyValue, Person
from bot.models.awards import NewNomination
from bot.spelling import command
from bot.views import kit

FORM = "awards.form"
NOMINATE = "awards.nominate"
SENT = "awards.sent"
TEXT_LIMIT, SHORT_LIMIT = 2000, 500
FIELDS = (
    kit.Field("who", "Whom do you nominate?", "person"),
    kit.Field("award", "For which award?", "numbered"),
    kit.Field("act", "What did they do?", limit=TEXT_LIMIT, hint="One occasion: when, where, what."),
    kit.Field("effect", "What did it change, and for whom?", limit=TEXT_LIMIT),
    kit.Field("value", "Which value did it show?", "numbered", optional=True),
    kit.Field(
        "evidence",
        "A link that shows it",
        "text",
        optional=True,
        limit=SHORT_LIMIT,
        hint="A document, a ticket, a message.",
    ),
    kit.Field(
        "conflict",
        "What should HR know about the two of you?",
        optional=True,
        limit=SHORT_LIMIT,
        hint="Related, reporting to each other, gaining by it. Left empty, you declare: nothing.",
    ),
)
HR_NAMED = 3


def form(
    nominee: str | None, types: Sequence[AwardType], values: Sequence[CompanyValue], hr: Sequence[Person]
) -> View:
    """`hr` lists readers in HR: at most `HR_NAMED`, and one more if there are others."""
    if not types:
        return kit.modal(
            FORM,
            "Nominate",
            [kit.section(f"There is no award to nominate for. HR admins add one: {command('kudos awards')}")],
        )
    choices = {
        "award": {str(one.id): _label(one) for one in types},
        "value": {str(one.id): one.name for one in values},
    }
    return kit.modal(
        FORM,
        "Nominate a colleague",
        [*kit.fields(FIELDS, {"who": nominee}, choices=choices), who_sees(hr)],
        submit="Send nomination",
    )


def _label(award: AwardType) -> str:
    return f"{award.name}: {award.meaning}" if award.meaning else award.name


def who_sees(hr: Sequence[Person]) -> Block:
    others = " and others" if len(hr) > HR_NAMED else ""
    admins = ", ".join(kit.name(one.name) for one in hr[:HR_NAMED]) + others or "nobody yet"
    return kit.small(
        f"*Who sees this:* you and the HR admins ({admins}), never whom you nominate. If it is approved, HR may "
        "announce it in your words, without your name. If not, it stays between you and HR."
    )


def read_form(view: Mapping[str, Any]) -> NewNomination:
    given = kit.read(view, FIELDS)
    return NewNomination(
        nominee=given["who"],
        type_id=given["award"],
        act=given["act"],
        effect=given["effect"],
        value_id=given["value"],
        evidence=given["evidence"],
        conflict=given["conflict"],
    )


def sent_page(nominee: str, award: str) -> View:
    return kit.modal(
        SENT,
        "Nomination sent",
        [
            kit.section(f"*{kit.name(nominee)}* is nominated for *{kit.escape(award)}*."),
            kit.small(
                "HR decides and I tell you the outcome. Please keep it to yourself until then; "
                f"`{command('kudos awards')}` shows where it stands."
            ),
        ],
    )
