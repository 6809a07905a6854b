"""HTML that cannot be forgotten to escape: whatever is not already `Html` is escaped on its way in."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias


class Html(str):
    """Markup made by `tag`, safe to send."""

    __slots__ = ()


Child: TypeAlias = str | Iterable["Child"] | None
VOID = ("br", "hr", "input", "link", "meta")


def tag(name: str, /, *children: Child, **attributes: object) -> Html:
    """`class_` and `for_` lose their underline, `data_x` becomes `data-x`; False and None leave an attribute out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    closing = "" if name in VOID else f"</{name}>"
    return Html(f"<{name}{written}>{inside(*children)}{closing}")


def inside(*children: Child) -> Html:
    return Html("".join(_safe(child) for child in children))


def _safe(child: Child) -> str:
    if child is None or isinstance(child, Html):
        return child or ""
    return escape(child) if isinstance(child, str) else inside(*child)


def _attribute(name: str, value: object) -> str:
    name = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
