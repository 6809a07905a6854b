"""One person's kudos are drawn by month above and by value below, received and given side by side."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.pictures.canvas import FAINT, HAIR, MARGIN, WIDTH, Canvas
from bot.pictures.shapes import Month, Picture, Thanks
from bot.pictures.words import alt_text, named

MONTHS, TOP, BASE = 96, 136, 276  # the months: their heading, their highest column, where columns stand
VALUES, ROWS, ROW = 328, 348, 40  # the values: their heading, where bars begin, how much room each has
MOST_MONTHS, MOST_VALUES = 12, 8
SHORTEST_LABEL, LONGEST_LABEL, GAP = 100, 340, 16
TRACK_END = WIDTH - 64
RECEIVED, GIVEN = "#1264a3", "#a65a00"
NO_VALUE, OTHER_VALUES = "no value named", "other values"


@dataclass(frozen=True, slots=True)
class _Pair:
    label: str
    received: int
    given: int


def draw(thanks: Thanks) -> Picture:
    months, values = _by_month(thanks), _by_value(thanks)
    canvas = Canvas(ROWS + ROW * max(1, len(values)) + MARGIN)
    canvas.words(MARGIN, 34, thanks.title, size=17, bold=True)
    _legend(canvas)
    _columns(canvas, months)
    _bars(canvas, values)
    return Picture(canvas.png(), in_words(thanks))


def _legend(canvas: Canvas) -> None:
    canvas.box(MARGIN, 56, 14, 12, color=RECEIVED)
    canvas.words(MARGIN + 22, 62, "received", color=FAINT)
    canvas.box(MARGIN + 110, 56, 14, 12, color=GIVEN, striped=True)
    canvas.words(MARGIN + 132, 62, "given", color=FAINT)


def _columns(canvas: Canvas, months: Sequence[_Pair]) -> None:
    canvas.words(MARGIN, MONTHS, "By month", bold=True)
    canvas.line([MARGIN, WIDTH - MARGIN], [BASE, BASE], color=HAIR)
    step = (WIDTH - 2 * MARGIN) / max(1, len(months))
    width = min(28, step * 0.36)
    unit = (BASE - TOP) / _most(months)
    for place, month in enumerate(months):
        middle = MARGIN + step * (place + 0.5)
        canvas.words(middle, BASE + 16, month.label, size=12, color=FAINT, side="center", room=step)
        received, given = month.received * unit, month.given * unit
        canvas.box(middle - width - 1, BASE - received, width, received, color=RECEIVED)
        canvas.box(middle + 1, BASE - given, width, given, color=GIVEN, striped=True)
        for count, x in ((month.received, middle - width / 2), (month.given, middle + width / 2)):
            canvas.words(x, BASE - count * unit - 9, str(count or ""), size=12, side="center", room=width + 8)


def _bars(canvas: Canvas, values: Sequence[_Pair]) -> None:
    canvas.words(MARGIN, VALUES, "By value", bold=True)
    room = _room_for_labels(canvas, values)
    track = MARGIN + room + GAP
    unit = (TRACK_END - track) / _most(values)
    for place, value in enumerate(values):
        y = ROWS + ROW * (place + 0.5)
        canvas.words(MARGIN, y, value.label, room=room)
        canvas.box(track, y - 13, value.received * unit, 11, color=RECEIVED)
        canvas.words(track + value.received * unit + 8, y - 7, str(value.received), size=12)
        canvas.box(track, y + 2, value.given * unit, 11, color=GIVEN, striped=True)
        canvas.words(track + value.given * unit + 8, y + 8, str(value.given), size=12)
    if not values:
        canvas.words(MARGIN, ROWS + ROW / 2, "No kudos in these months.", color=FAINT)


def _room_for_labels(canvas: Canvas, values: Sequence[_Pair]) -> float:
    """The longest label decides: bars begin near their words, and most names are shown in full."""
    widest = max((canvas.width(value.label) for value in values), default=0)
    return min(LONGEST_LABEL, max(SHORTEST_LABEL, widest))


def _by_month(thanks: Thanks) -> list[_Pair]:
    return [
        _Pair(_label(month), sum(month.received.values()), sum(month.given.values()))
        for month in thanks.months[-MOST_MONTHS:]
    ]


def _by_value(thanks: Thanks) -> list[_Pair]:
    """The values are sorted by name, so that their order ranks nothing. Values that do not fit share one bar; kudos
    without a value keep their own.
    """
    months = thanks.months[-MOST_MONTHS:]
    received, given = _summed(month.received for month in months), _summed(month.given for month in months)
    counted = {name for name in received.keys() | given.keys() if received[name] + given[name]}
    names = sorted(counted - {""}, key=lambda name: (name.casefold(), name))
    pairs = [_Pair(name, received[name], given[name]) for name in names]
    without = [_Pair(NO_VALUE, received[""], given[""])] if "" in counted else []
    if len(pairs) <= MOST_VALUES:
        return [*pairs, *without]
    rest = pairs[MOST_VALUES - 1 :]
    others = _Pair(OTHER_VALUES, sum(one.received for one in rest), sum(one.given for one in rest))
    return [*pairs[: MOST_VALUES - 1], others, *without]


def _summed(counts: Iterator[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def _most(pairs: Sequence[_Pair]) -> int:
    return max(1, *(max(pair.received, pair.given) for pair in pairs), 1)


def _label(month: Month) -> str:
    return f"{month.first:%b %Y}" if month.first.month == 1 else f"{month.first:%b}"


def in_words(thanks: Thanks) -> str:
    months = [f"{_counts(month)}." for month in _by_month(thanks)]
    values = [f"{_counts(value)}." for value in _by_value(thanks)]
    return alt_text(f"{named(thanks.title)}, by month and by value.", [*values, *reversed(months)])


def _counts(pair: _Pair) -> str:
    return f"{named(pair.label)}: {pair.received} received, {pair.given} given"
