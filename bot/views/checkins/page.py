"""This page shows one check-in; its reader can comment, react and take the obstacle on."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import clock
from bot.models import Answer
from bot.models.checkins import REACTIONS, Reading, Remark, Version
from bot.views import kit
from bot.views.checkins.ref import Ref
from bot.views.checkins.taps import ENERGIES, LOADS

OPEN = "checkins.open"
COMMENT = "checkins.comment"
REACT = "checkins.react"
TAKE_ON = "checkins.take_on"
CLEAR = "checkins.clear"
VERSIONS = "checkins.versions"
COMMENT_FIELD = "comment"


def page(reading: Reading, timezone: str | None) -> View:
    """Times are shown in the reader's `timezone`."""
    ref = Ref(checkin=reading.checkin_id)
    return kit.modal(
        COMMENT,
        "Check-in",
        [
            *_opening(reading),
            *(block for answer in reading.answers for block in _answer(answer, reading, ref)),
            *_taps(reading),
            *_locked_away(reading),
            *_responses(reading, timezone),
            *_reply(reading, ref),
        ],
        submit="Send comment" if reading.may_comment else None,
        close="Close",
        metadata=ref.encode(),
    )


def _opening(reading: Reading) -> list[Block]:
    name = kit.name(reading.author.name)
    edited = ", edited since" if reading.is_edited else ""
    earlier = kit.button("Earlier versions", VERSIONS, Ref(checkin=reading.checkin_id).encode())
    return [
        kit.section(
            f"*{name}*\nWeek of {reading.week:%-d %B}{edited}",
            button=earlier if reading.is_own and reading.is_edited else None,
        )
    ]


def _answer(answer: Answer, reading: Reading, ref: Ref) -> list[Block]:
    lock = " (locked)" if answer.locked else ""
    blocks: list[Block] = [
        kit.section(f"*{kit.escape(kit.short(answer.question, 150))}*{lock}"),
        kit.typed(answer.text),
    ]
    if answer.key == "stuck":
        blocks += _obstacle(reading, ref)
    return blocks


def _obstacle(reading: Reading, ref: Ref) -> list[Block]:
    if reading.obstacle_cleared_at:
        return [kit.small(f"{kit.name(reading.obstacle_owner or '')} got this out of the way.")]
    if reading.obstacle_owner and not reading.may_respond:
        return [kit.small(f"{kit.name(reading.obstacle_owner)} took this on.")]
    if reading.obstacle_owner:
        return [
            kit.small("You took this on."),
            kit.buttons(kit.button("It is out of the way", CLEAR, ref.encode())),
        ]
    if reading.may_respond:
        return [kit.buttons(kit.button("I'll take this on", TAKE_ON, ref.encode()))]
    return []


def _taps(reading: Reading) -> list[Block]:
    said = []
    if reading.energy:
        said.append(f"Energy {ENERGIES[str(reading.energy)].partition(':')[0]}")
    if reading.load:
        said.append(f"Workload {LOADS[reading.load].lower()}")
    return [kit.small(" · ".join(said))] if said else []


def _locked_away(reading: Reading) -> list[Block]:
    if not reading.locked_away:
        return []
    return [kit.small("Some answers are locked: they stay between the author and their manager.")]


def _responses(reading: Reading, timezone: str | None) -> list[Block]:
    blocks: list[Block] = []
    if reading.reactions:
        blocks.append(kit.small(" ".join(f":{emoji}:" for emoji in reading.reactions)))
    for remark in reading.comments:
        blocks += _remark(remark, timezone)
    return [kit.rule(), *blocks] if blocks else []


def _remark(remark: Remark, timezone: str | None) -> list[Block]:
    at = clock.local(remark.at, timezone)
    return [kit.small(f"*{kit.name(remark.author)}* · {at:%-d %B, %H:%M}"), kit.typed(remark.text)]


def _reply(reading: Reading, ref: Ref) -> list[Block]:
    """The block_id changes with each comment: else Slack would keep the sent text in the input when the page is
    updated.
    """
    if not reading.may_comment:
        return []
    blocks: list[Block] = []
    if reading.may_respond:
        blocks.append(kit.buttons(*(_reaction(emoji, ref) for emoji in REACTIONS), block_id="reactions"))
    field = f"{COMMENT_FIELD}:{len(reading.comments)}"
    label = "Answer" if reading.is_own else "Comment"
    readers = (reading.author.name, reading.manager_name or "nobody else")
    hint = "Seen by {} and {} only.".format(*(kit.short(reader, 50) for reader in readers))
    return [*blocks, kit.text_input(field, label, hint=hint, limit=2000)]


def _reaction(emoji: str, ref: Ref) -> Any:
    value = ref.model_copy(update={"emoji": emoji}).encode()
    return kit.button(f":{emoji}:", f"{REACT}:{emoji}", value, spoken=f"React with {emoji}")


def versions_page(versions: Sequence[Version], timezone: str | None) -> View:
    """The author sees all versions of a check-in. The newest is the current one."""
    return kit.modal(
        VERSIONS,
        "Versions",
        [
            *(block for version in versions for block in _version(version, timezone)),
            kit.small("Only you see earlier versions."),
        ],
    )


def _version(version: Version, timezone: str | None) -> list[Block]:
    at = clock.local(version.written_at, timezone)
    asked = [
        block
        for answer in version.answers
        for block in (
            kit.small(kit.escape(kit.short(answer.question, 150))),
            kit.typed(answer.text),
        )
    ]
    return [kit.header(f"Written on {at:%-d %B, %H:%M}"), *asked]


def read_comment(view: Mapping[str, Any]) -> tuple[int, str, str]:
    """The result holds the check-in's id, the field (which an error is shown under) and the text."""
    ref = Ref.decode(view.get("private_metadata"))
    field = next((name for name in kit.input_fields(view) if name.startswith(COMMENT_FIELD)), COMMENT_FIELD)
    return ref.checkin_id, field, kit.Values(view).text(field)
