"""Numbers are read as people write them (1,5 and 1.5, 12 %, 3k, 1 500, 1'500, −3, 1.234,56) and shown in short.

A number is read if it has one meaning, wherever its writer comes from. If it has two (1.500), it is refused with an
example. A number in % is the number before the sign: "12 %" is 12, never 0.12.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.errors import Invalid

LONGEST, LONGEST_UNIT = 80, 32
MOST_DIGITS = 15  # what a float keeps exactly, in every database and spreadsheet
SCALES = {
    "": Decimal(1),
    "k": Decimal(10**3),
    "K": Decimal(10**3),
    "M": Decimal(10**6),
}  # "m" is also a metre
MARKS = "0123456789.,'+- "
MINUS = "−"
THIN, HARD = "\u202f", "\u00a0"  # no-break spaces: between thousands, before the unit

SAME_AS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2008\u2009\u202f", " "),
        **dict.fromkeys("’ʼ`´\u066c", "'"),  # the last is the Arabic mark between thousands
        **dict.fromkeys("−–‐‑", "-"),
        "\u066b": ".",
        "٪": "%",
        "％": "%",
    }
)
PLAIN = re.compile(r"(?P<whole>\d+)")
FRACTION = re.compile(r"(?P<whole>\d*)[.,](?P<part>\d+)")
GROUPED = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<mark>[.,' ])\d{3}(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<part>\d+))?"
)
INDIAN = re.compile(r"(?P<whole>[1-9]\d?(?:,\d\d)+,\d{3})(?:\.(?P<part>\d+))?")
NOTATIONS = (PLAIN, FRACTION, GROUPED, INDIAN)


def read_number(text: str, *, unit: str = "", field: str | None = None) -> float:
    """The text must have one meaning as a number. Its unit may stand before or behind it."""
    readings = set(_readings(_normal(text), _normal(unit))) if len(text) <= LONGEST else set()
    if len(readings) > 1:
        raise Invalid(
            "This can be read as two different numbers. Write 1500 for one thousand five hundred, 1.5 or 1,5 "
            f"for one and a half{f', and {unit} behind it' if unit else ''}.",
            field=field,
        )
    if not readings:
        raise Invalid(_unread(text, unit), field=field)
    number = readings.pop()
    if len(number.normalize().as_tuple().digits) > MOST_DIGITS or number.adjusted() >= MOST_DIGITS:
        raise Invalid(f"Write it with at most {MOST_DIGITS} digits.", field=field)
    return float(number)


def show_number(number: float, unit: str = "") -> str:
    """The text is short, exact, and readable by `read_number`: 12 %, 1 500 €, 25k, 1.5M."""
    text = _short(Decimal(f"{abs(number):.{MOST_DIGITS}g}"))
    sign = MINUS if number < 0 else ""
    return f"{sign}{text}{HARD}{unit}" if unit else sign + text


def show_as_typed(number: float, unit: str, typed: str | None) -> str:
    """The number comes back as somebody typed it, as long as that means this number: 1,5 stays 1,5."""
    if typed and _means(typed, number):
        return f"{typed}{HARD}{unit}" if unit else typed
    return show_number(number, unit)


def _means(typed: str, number: float) -> bool:
    try:
        return read_number(typed) == number
    except Invalid:
        return False


def bare_number(text: str, *, unit: str) -> str:
    """What was typed, without the unit before or behind it."""
    return min(_without_unit(text.strip(), _normal(unit)), key=len).strip()


def plain_number(number: float) -> str:
    """Files hold the number exactly and without separators, so that `read_number` and programs can read it."""
    text = _plain(Decimal(f"{abs(number):.{MOST_DIGITS}g}")).replace(THIN, "")
    return f"-{text}" if number < 0 else text


def read_unit(text: str, *, field: str | None = None) -> str:
    """A unit must not look like part of the number: no lone k or M, and no digit or mark at its edges."""
    unit = _normal(text)
    if len(unit) > LONGEST_UNIT:
        raise Invalid(f"Write the unit in at most {LONGEST_UNIT} characters, such as customers.", field=field)
    if unit in SCALES.keys() - {""} or unit.strip(MARKS) != unit:
        raise Invalid("Write a unit such as %, €, hours or customers, not a number.", field=field)
    return unit


def _normal(text: str) -> str:
    """Every digit, space, apostrophe and minus gets one spelling. Superscripts are not digits: 5² is not 52."""
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    return digits.translate(SAME_AS).strip(" ")


def _unread(text: str, unit: str) -> str:
    if "%" in _normal(text) and _normal(unit) != "%":
        return "This is not counted in %, so write the number itself, such as 1500 or 1.5."
    return "Write one number, such as 1500, 1.5, −3 or 3k, with no other unit than its own."


def _readings(text: str, unit: str) -> Iterator[Decimal]:
    """All possible meanings are returned, so that the caller sees whether there is exactly one."""
    sign, text = (-1, text[1:].lstrip(" ")) if text.startswith("-") else (1, text.removeprefix("+"))
    for bare in _without_unit(text, unit):
        for letter, scale in SCALES.items():
            if bare.endswith(letter):
                digits = bare.removesuffix(letter).rstrip(" ")
                yield from (sign * scale * value for value in _values(digits))
                if letter and bare == text and unit.startswith(letter):  # "3k" of a unit such as k€
                    yield from (sign * value for value in _values(digits))


def _without_unit(text: str, unit: str) -> Iterator[str]:
    yield text
    if unit:
        named = re.escape(unit)
        for pattern in (rf"(.*?) *{named}", rf"{named} *(.*)"):
            if found := re.fullmatch(pattern, text, re.IGNORECASE):
                yield found[1]


def _values(digits: str) -> Iterator[Decimal]:
    for notation in NOTATIONS:
        if found := notation.fullmatch(digits):
            parts = found.groupdict()
            whole = re.sub(r"\D", "", parts["whole"])
            yield Decimal(f"{whole or 0}.{parts.get('part') or 0}")


def _short(number: Decimal) -> str:
    """A letter (k, M) is used where the number is then shorter and still exact."""
    for letter, least in (("M", 10**6), ("k", 10**4)):
        if number >= least and number % (SCALES[letter] / 10) == 0:
            return _plain(number / SCALES[letter]) + letter
    return _plain(number)


def _plain(number: Decimal) -> str:
    """Spaces separate the thousands. There are never three decimals, which a reader could take for thousands."""
    whole, _, part = f"{number:f}".partition(".")
    part = part.rstrip("0")
    if len(part) == 3:
        part += "0"
    grouped = f"{int(whole):,}".replace(",", THIN)
    return f"{grouped}.{part}" if part else grouped
