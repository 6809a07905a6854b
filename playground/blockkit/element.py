"""How one element is described, and the rules that several elements share."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from playground.blockkit.composition import CONFIRM, ID, plain_text
from playground.blockkit.problem import Problem, broken
from playground.blockkit.shape import CrossCheck, Fields, Json, Rule, anything, boolean, record, string

SECTION, ACTIONS, INPUT, CONTEXT = "section", "actions", "input", "context"


@dataclass(frozen=True)
class Element:
    rule: Rule
    inside: tuple[str, ...]
    """The blocks it may stand in."""
    surfaces: tuple[str, ...] = ("message", "modal", "home")


FOCUS: Fields = {"focus_on_load": boolean}
PLACEHOLDER: Fields = {"placeholder": plain_text(150)}
MENU: Fields = {**FOCUS, **PLACEHOLDER, "confirm": CONFIRM}


def interactive(required: Fields, optional: Fields, *cross_checks: CrossCheck) -> Rule:
    return record({"type": anything, **required}, {"action_id": ID, **optional}, *cross_checks)


NUMERAL = string(3000, form=r"-?\d+(\.\d+)?", called="a number written as a string")


def whole_unless_decimal(value: Json, at: str) -> Iterator[Problem]:
    for name in ("min_value", "max_value", "initial_value"):
        if not value["is_decimal_allowed"] and "." in value.get(name, ""):
            yield broken(f"{at}/{name}", "must be an integer unless `is_decimal_allowed` is true")


def ordered_numbers(value: Json, at: str) -> Iterator[Problem]:
    least, initial, most = (value.get(name) for name in ("min_value", "initial_value", "max_value"))
    if least and most and Decimal(least) > Decimal(most):
        yield broken(f"{at}/min_value", "cannot be greater than `max_value`")
    if initial and least and Decimal(initial) < Decimal(least):
        yield broken(f"{at}/initial_value", "cannot be less than `min_value`")
    if initial and most and Decimal(initial) > Decimal(most):
        yield broken(f"{at}/initial_value", "cannot be greater than `max_value`")


def ordered(lower: str, upper: str) -> CrossCheck:
    def check(value: Json, at: str) -> Iterator[Problem]:
        if lower in value and upper in value and value[lower] > value[upper]:
            yield broken(f"{at}/{lower}", f"cannot be greater than `{upper}`")

    return check


def initial_value_fits(value: Json, at: str) -> Iterator[Problem]:
    """A text the person could not have typed must not stand there from the beginning."""
    most = value.get("max_length")
    if most is not None and len(value.get("initial_value", "")) > most:
        yield broken(f"{at}/initial_value", f"must be less than {most + 1} characters")


@cache
def _zones() -> set[str]:
    return available_timezones()


def timezone_name(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, str) or value not in _zones():
        yield broken(at, "must be a valid timezone")
