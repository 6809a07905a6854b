"""The small language of this package's tables: a rule looks at a value and yields what is wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from playground.blockkit.problem import Problem, additional, broken, missing, unsupported, wrong_type

Rule: TypeAlias = Callable[[object, str], Iterator[Problem]]
Fields: TypeAlias = Mapping[str, Rule]
Json: TypeAlias = dict[str, Any]
"""A JSON object whose fields were already checked one by one."""
CrossCheck: TypeAlias = Callable[[Json, str], Iterator[Problem]]
"""A rule about several fields of one object; it is asked only when each field is well-formed by itself."""


def string(most: int, least: int = 1, form: str | None = None, called: str = "") -> Rule:
    """`form` is a regular expression for the whole string, `called` what a person calls that form."""
    pattern = re.compile(form) if form else None

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield wrong_type(at, "a string")
        elif len(value) < least:
            yield broken(at, f"must be more than {least - 1} characters")
        elif len(value) > most:
            yield broken(at, f"must be less than {most + 1} characters")
        elif pattern and not pattern.fullmatch(value):
            yield broken(at, f"must be {called}")

    return check


def integer(least: int, most: int) -> Rule:
    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield wrong_type(at, "an integer")
        elif value < least:
            yield broken(at, f"must be greater than {least - 1}")
        elif value > most:
            yield broken(at, f"must be less than {most + 1}")

    return check


def number(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield wrong_type(at, "a number")


def boolean(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield wrong_type(at, "a boolean")


def choice(*allowed: object) -> Rule:
    def check(value: object, at: str) -> Iterator[Problem]:
        if not any(value == one and type(value) is type(one) for one in allowed):
            yield broken(at, f"must be one of: {', '.join(map(str, allowed))}")

    return check


def array(item: Rule, least: int = 0, most: int | None = None) -> Rule:
    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield wrong_type(at, "an array")
            return
        if len(value) < least:
            yield broken(at, f"no fewer than {least} items allowed")
        if most is not None and len(value) > most:
            yield broken(at, f"no more than {most} items allowed")
        for place, part in enumerate(value):
            yield from item(part, f"{at}/{place}")

    return check


def record(required: Fields, optional: Fields | None = None, *cross_checks: CrossCheck) -> Rule:
    """An object with exactly these fields: like Slack, anything unknown in it is an error."""
    known = {**required, **(optional or {})}

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield wrong_type(at, "an object")
            return
        problems = [missing(at, name) for name in required if name not in value]
        for name, part in value.items():
            rule = known.get(name)
            problems += rule(part, f"{at}/{name}") if rule else [additional(at, name)]
        yield from problems
        for cross_check in cross_checks if not problems else ():
            yield from cross_check(value, at)

    return check


def variant(table: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which rule of the table it must obey."""

    def check(value: object, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield wrong_type(at, "an object")
        elif "type" not in value:
            yield missing(at, "type")
        elif not isinstance(kind := value["type"], str) or kind not in table:
            yield unsupported(at, kind)
        else:
            yield from table[kind](value, at)

    return check


def anything(_value: object, _at: str) -> Iterator[Problem]:
    """For a field that somebody else has checked, such as the `type` a variant was chosen by."""
    return iter(())


def one_of(*names: str) -> CrossCheck:
    """At least one of the fields must be there."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield broken(at, f"must define either {' or '.join(f'`{name}`' for name in names)}")

    return check


def exactly_one_of(*names: str) -> CrossCheck:
    def check(value: Json, at: str) -> Iterator[Problem]:
        yield from one_of(*names)(value, at)
        if sum(name in value for name in names) > 1:
            yield broken(at, f"cannot define both {' and '.join(f'`{name}`' for name in names)}")

    return check
