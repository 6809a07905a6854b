"""What the validator finds: one thing wrong at one place, in Slack's words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    pointer: str
    """JSON pointer to the offending value, e.g. `/blocks/0/text/text`."""
    message: str
    code: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def missing(at: str, name: str) -> Problem:
    return Problem(at, f"missing required field: {name}", "missing_field")


def additional(at: str, name: str) -> Problem:
    return Problem(at, f"invalid additional property: {name}", "additional_property")


def unsupported(at: str, kind: object) -> Problem:
    return Problem(f"{at}/type", f"unsupported type: {kind}", "unsupported_type")


def wrong_type(at: str, expected: str) -> Problem:
    return Problem(at, f"must provide {expected}", "invalid_type")


def broken(at: str, message: str) -> Problem:
    return Problem(at, message, "failed_constraint")
