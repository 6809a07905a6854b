"""HR decides on a nomination once. An HR admin who wrote it or gains by it does not decide. HR also notes the
payment.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import policy
from bot.db import insert_rows
from bot.errors import AlreadyDone, Invalid, NotFound
from bot.models import AwardDecision, Nomination, Person, Verdict
from bot.services import notifications, people, typed
from bot.services.awards.access import ONLY_HR, access, to_handle
from bot.services.awards.kinds import DECIDED, decided_key

REASON_LIMIT, CODE_LIMIT = 500, 40
OWN = "You nominated them yourself, so another HR admin decides."
NOT_APPROVED = "Only an award that was approved can be paid."


async def decide(
    session: AsyncSession,
    actor: Person,
    nomination_id: int,
    *,
    verdict: Verdict | None,
    reason: str,
    budget_code: str,
    now: datetime,
) -> None:
    """If two people decide at the same time, the first decision counts, and the second person learns who made
    it.
    """
    nomination, is_hr = await access(session, actor, nomination_id)
    own = actor.id == nomination.nominator_id
    policy.require(
        policy.may_decide_nomination(actor, nomination, is_hr=is_hr), OWN if own and is_hr else ONLY_HR
    )
    await require_undecided(session, nomination)
    await _require_possible(session, nomination, verdict, reason)
    reason = typed.optional(reason, field="reason", most=REASON_LIMIT, what="A reason")
    budget_code = typed.optional(budget_code, field="budget_code", most=CODE_LIMIT, what="A budget code")
    row = {
        "nomination_id": nomination.id,
        "verdict": verdict,
        "by_id": actor.id,
        "at": now,
        "reason": reason or None,
        "budget_code": budget_code or None,
    }
    if not await insert_rows(session, AwardDecision, [row]):
        await require_undecided(session, nomination)
    await notifications.plan(
        session,
        person_id=nomination.nominator_id,
        kind=DECIDED,
        key=decided_key(nomination.id),
        subject={"nomination": nomination.id},
        due_at=now,
        answers_at=nomination.nominated_at,
    )


async def require_undecided(session: AsyncSession, nomination: Nomination) -> None:
    decision = await decision_on(session, nomination)
    if decision is not None:
        by = await people.by_id(session, decision.by_id)
        raise AlreadyDone(f"{by.name} has {decision.verdict} this nomination already; nothing changed.")


async def decision_on(session: AsyncSession, nomination: Nomination) -> AwardDecision | None:
    found: AwardDecision | None = await session.scalar(
        select(AwardDecision).where(AwardDecision.nomination_id == nomination.id)
    )
    return found


async def _require_possible(
    session: AsyncSession, nomination: Nomination, verdict: Verdict | None, reason: str
) -> None:
    if verdict is None:
        raise Invalid("Choose whether to approve or to decline.", field="verdict")
    nominee = await people.by_id(session, nomination.nominee_id)
    if verdict == Verdict.APPROVED and not nominee.is_active:
        raise Invalid(
            f"{nominee.name} is no longer with the company, so this can only be declined. Choose Decline.",
            field="verdict",
        )
    if verdict == Verdict.DECLINED and not reason.strip():
        raise Invalid("Say why; whoever nominated them reads it.", field="reason")


async def mark_paid(session: AsyncSession, actor: Person, nomination_id: int, *, now: datetime) -> None:
    """HR only notes the payment; payroll pays."""
    nomination = await to_handle(session, actor, nomination_id)
    decision = await decision_on(session, nomination)
    if decision is None or decision.verdict != Verdict.APPROVED:
        raise NotFound(NOT_APPROVED)
    if decision.paid_at is not None:
        raise AlreadyDone("That is marked as paid already.")
    decision.paid_at, decision.paid_by_id = now, actor.id
    await session.flush()
