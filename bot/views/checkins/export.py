"""People can download their own check-ins as a table."""

from collections.abc import Sequence

from bot.models import Answer
from bot.models.checkins import Version
from bot.slack import Message
from bot.spelling import command
from bot.views import kit

LOCKED = " (locked)"
EXPORT_TITLE = "My check-ins"
EXPORT_COMMENT = "Your check-ins, as you asked. Only you and I are in this conversation."


def export_note(check_ins: int) -> Message:
    text = f"I sent you all your check-ins ({check_ins}) as a CSV file in our direct messages. Only you can see it."
    if check_ins == 0:
        text = (
            "You have no check-ins yet, so there is nothing to export. "
            f"Send {command('checkin')} to write the first one."
        )
    return kit.message(text, kit.section(text))


def export_rows(all_versions: Sequence[Version]) -> tuple[list[str], list[list[object]]]:
    """Each version is a row, with the current one last in its week. Each question is a column, headed by its latest
    label.
    """
    asked = {answer.key: answer.question for one in all_versions for answer in one.answers}
    rows = [_row(one, list(asked)) for one in all_versions]
    return ["week", "version", "written_at", *asked.values(), "energy", "workload", "comments"], rows


def _row(version: Version, keys: Sequence[str]) -> list[object]:
    texts = {answer.key: _text(answer) for answer in version.answers}
    said = "\n".join(f"{remark.author}: {remark.text}" for remark in version.comments)
    return [
        version.week,
        version.revision,
        version.written_at.isoformat(),
        *(texts.get(key) for key in keys),
        version.energy,
        version.load,
        said or None,
    ]


def _text(answer: Answer) -> str:
    return answer.text + LOCKED if answer.locked else answer.text
