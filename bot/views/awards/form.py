"""The form to nominate somebody, and reading it back: who, which award, act, effect, value, evidence, conflict."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models import AwardType, CompanyValue, Person
from bot.models.awards import NewNomination
from bot.views import kit

FORM = "awards.form"
NOMINATE = "awards.nominate"
SENT = "awards.sent"
WHO, AWARD, ACT, EFFECT, VALUE, EVIDENCE, CONFLICT = (
    "who",
    "award",
    "act",
    "effect",
    "value",
    "evidence",
    "conflict",
)
TEXT_LIMIT, SHORT_LIMIT = 2000, 500
HR_NAMED = 3


def form(
    nominee: str | None, types: Sequence[AwardType], values: Sequence[CompanyValue], hr: Sequence[Person]
) -> View:
    """`hr`: who reads it; one more than `HR_NAMED` where there are others."""
    if not types:
        return kit.modal(
            FORM,
            "Nominate",
            [kit.section("There is no award to nominate for. HR admins add one: /kudos awards")],
        )
    return kit.modal(
        FORM,
        "Nominate a colleague",
        [
            kit.person_input(WHO, "Whom do you nominate?", value=nominee),
            kit.choice_input(AWARD, "For which award?", {str(one.id): _label(one) for one in types}),
            kit.text_input(
                ACT, "What did they do?", limit=TEXT_LIMIT, hint="One occasion: when, where, what."
            ),
            kit.text_input(EFFECT, "What did it change, and for whom?", limit=TEXT_LIMIT),
            *_value(values),
            kit.text_input(
                EVIDENCE,
                "A link that shows it",
                multiline=False,
                optional=True,
                limit=SHORT_LIMIT,
                hint="A document, a ticket, a message.",
            ),
            kit.text_input(
                CONFLICT,
                "What should HR know about the two of you?",
                optional=True,
                limit=SHORT_LIMIT,
                hint="Related, reporting to each other, gaining by it. Left empty, you declare: nothing.",
            ),
            who_sees(hr),
        ],
        submit="Send nomination",
    )


def _label(award: AwardType) -> str:
    return f"{award.name}: {award.meaning}" if award.meaning else award.name


def _value(values: Sequence[CompanyValue]) -> list[Block]:
    if not values:
        return []
    choices = {str(value.id): value.name for value in values}
    return [kit.choice_input(VALUE, "Which value did it show?", choices, optional=True)]


def who_sees(hr: Sequence[Person]) -> Block:
    others = " and others" if len(hr) > HR_NAMED else ""
    admins = ", ".join(kit.name(one.name) for one in hr[:HR_NAMED]) + others or "nobody yet"
    return kit.small(
        f"*Who sees this:* you and the HR admins ({admins}), never whom you nominate. If it is approved, HR may "
        "announce it in your words, without your name. If not, it stays between you and HR."
    )


def read_form(view: Mapping[str, Any]) -> NewNomination:
    values = kit.Values(view)
    return NewNomination(
        nominee=values.user(WHO),
        type_id=kit.row_id(values.choice(AWARD)),
        act=values.text(ACT),
        effect=values.text(EFFECT),
        value_id=kit.row_id(values.choice(VALUE)),
        evidence=values.text(EVIDENCE),
        conflict=values.text(CONFLICT),
    )


def sent_page(nominee: str, award: str) -> View:
    return kit.modal(
        SENT,
        "Nomination sent",
        [
            kit.section(f"*{kit.name(nominee)}* is nominated for *{kit.escape(award)}*."),
            kit.small(
                "HR decides and I tell you the outcome. Please keep it to yourself until then; "
                "`/kudos awards` shows where it stands."
            ),
        ],
    )
