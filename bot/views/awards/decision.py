"""This page shows one nomination in full; people who may decide on it also get the form for that."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.models import Verdict
from bot.models.awards import SeenNomination, Standing
from bot.views import kit
from bot.views.awards.page import PAID, WITHDRAW
from bot.views.awards.ref import Ref
from bot.views.awards.words import day, standing, title

NOMINATION = "awards.nomination"
FIELDS = (
    kit.Field("verdict", "Decision", "choice"),
    kit.Field(
        "reason",
        "Why?",
        optional=True,
        limit=500,
        hint="Needed if you decline. Whoever nominated them reads it.",
    ),
    kit.Field(
        "budget_code",
        "Budget code",
        "text",
        optional=True,
        limit=40,
        hint="If money goes with it. Only HR sees it.",
    ),
)


class Answer(NamedTuple):
    """HR filled this decision into the form."""

    nomination_id: int
    verdict: Verdict | None
    reason: str
    budget_code: str


def nomination_page(seen: SeenNomination, timezone: str | None, *, own: bool) -> View:
    """`own` says that the viewer is the nominator."""
    return kit.modal(
        NOMINATION,
        "Nomination",
        [
            kit.section(f"{title(seen)}\n{_about(seen, timezone, own=own)}"),
            kit.section("*What they did*"),
            kit.typed(seen.act),
            kit.section("*What it changed*"),
            kit.typed(seen.effect),
            *_further(seen),
            *(_decided(seen, timezone) if seen.decision else []),
            *(_form(seen) if seen.may_decide else _state(seen, timezone, own=own)),
            *(_actions(seen) if seen.as_hr else []),
        ],
        submit="Save decision" if seen.may_decide else None,
        metadata=Ref(nomination=seen.nomination_id).encode(),
    )


def _about(seen: SeenNomination, timezone: str | None, *, own: bool) -> str:
    by = "you" if own else kit.name(seen.nominator.name)
    value = f" · {kit.escape(seen.value)}" if seen.value else ""
    return f"Nominated by {by} on {day(seen.nominated_at, timezone)}{value}"


def _further(seen: SeenNomination) -> list[Block]:
    evidence: list[Block] = [kit.small_plain(f"Evidence: {seen.evidence}")] if seen.evidence else []
    if not seen.as_hr:
        return evidence
    declared = seen.conflict or "none, says the nominator."
    return [*evidence, kit.small_plain(f"Conflict of interest: {declared}")]


def _decided(seen: SeenNomination, timezone: str | None) -> list[Block]:
    decision = seen.decision
    if decision is None:
        return []
    first = f"*{decision.verdict.capitalize()}* by {kit.name(decision.by.name)}, {day(decision.at, timezone)}"
    code = f"\nBudget code {kit.escape(decision.budget_code)}" if decision.budget_code else ""
    paid = f"\nMarked as paid on {day(decision.paid_at, timezone)}" if decision.paid_at else ""
    reason = [kit.typed(decision.reason)] if decision.reason else []
    return [kit.rule(), kit.section(first + code + paid), *reason]


def _state(seen: SeenNomination, timezone: str | None, *, own: bool) -> list[Block]:
    if seen.standing == Standing.WAITING and seen.as_hr and own:
        return [kit.small("You nominated them yourself, so another HR admin decides.")]
    if seen.standing == Standing.DECLINED:
        return []  # the page has shown who decided and why
    return [kit.small(f"Now: {standing(seen, timezone)}.")]


def _form(seen: SeenNomination) -> list[Block]:
    left = [] if seen.nominee.is_active else [_nominee_left(seen)]
    choices = {str(Verdict.APPROVED): "Approve", str(Verdict.DECLINED): "Decline"}
    if left:
        del choices[Verdict.APPROVED]
    return [
        kit.rule(),
        *left,
        *kit.fields(FIELDS, choices={"verdict": choices}),
        kit.reach(
            seen_by="the nominator reads decision and reason, HR all of it",
            affects=f"{kit.name(seen.nominee.name)}, who hears nothing before you announce it",
        ),
    ]


def _nominee_left(seen: SeenNomination) -> Block:
    return kit.section(f"{kit.name(seen.nominee.name)} has left, so this can only be declined.")


def _actions(seen: SeenNomination) -> list[Block]:
    """After the decision HR may still take these actions."""
    ref, elements = Ref(nomination=seen.nomination_id).encode(), []
    decision = seen.decision
    if decision and decision.verdict == Verdict.APPROVED and not decision.paid_at:
        elements.append(kit.button("Mark as paid", PAID, ref))
    if seen.standing == Standing.SCHEDULED:
        elements.append(
            kit.button(
                "Withdraw the announcement",
                WITHDRAW,
                ref,
                sure=kit.sure(
                    "Withdraw it?",
                    "Nobody has been told yet. The award stays approved; you can announce it anew.",
                    yes="Withdraw",
                    no="Keep",
                ),
            )
        )
    return [kit.buttons(*elements)] if elements else []


def read_decision(view: Mapping[str, Any]) -> Answer:
    given = kit.read(view, FIELDS)
    chosen = given["verdict"]
    return Answer(
        nomination_id=Ref.decode(view.get("private_metadata")).nomination_id,
        verdict=Verdict(chosen) if chosen in set(Verdict) else None,
        reason=given["reason"],
        budget_code=given["budget_code"],
    )
