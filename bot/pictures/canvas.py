"""A canvas is 800 units wide, whatever the screen. It cuts words to the room they have."""

import io
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

WIDTH = 800
SHARPNESS = 2  # dots per unit: legible on screens that double them
MARGIN = 24
MARK = 9
PAPER, INK = "#ffffff", "#1d1c1d"  # the background is drawn, so a dark theme changes nothing
FAINT, HAIR = "#5e5c5f", "#dddbde"
FAMILIES = ("DejaVu Sans", "Noto Sans CJK JP")  # matplotlib ships the first; the second is used if installed

LONGEST = 300  # characters that could ever fit on a line
MISSING = "□"
NON_JOINER = "\u200c"  # the invisible character that Persian spelling needs

Side = Literal["left", "center", "right"]


class Canvas:
    """Everything is placed in units from the top left corner. Pictures and threads share nothing here."""

    def __init__(self, height: float) -> None:
        self.figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=SHARPNESS * 100, facecolor=PAPER)
        self.agg = FigureCanvasAgg(self.figure)
        self.page = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self.page.set_axis_off()
        edge = Rectangle((0.5, 0.5), WIDTH - 1, height - 1, fill=False, edgecolor=HAIR, linewidth=points(1))
        self.page.add_patch(edge)

    def words(
        self, x: float, y: float, text: str, *, size: float = 13, color: str = INK, bold: bool = False,
        side: Side = "left", room: float = WIDTH - 2 * MARGIN,
    ) -> None:  # fmt: skip
        """The line's middle is at `y`; it is cut with an ellipsis if it is longer than `room`."""
        font = lettering(size, bold)
        self.page.text(
            x, y, self._fitted(drawable(text), font, room), fontproperties=font, color=color, ha=side,
            va="center_baseline", parse_math=False,  # typed text: a dollar sign starts no formula
        )  # fmt: skip

    def line(
        self, xs: Sequence[float], ys: Sequence[float], *, color: str, width: float = 1, dashed: bool = False
    ) -> None:
        line = Line2D(xs, ys, color=color, linewidth=points(width))
        line.set_linestyle("dashed" if dashed else "solid")
        self.page.add_line(line)

    def box(
        self, x: float, y: float, width: float, height: float, *, color: str, striped: bool = False
    ) -> None:
        if not width or not height:
            return
        fill, edge = (PAPER, color) if striped else (color, color)
        stripes = "////" if striped else None
        self.page.add_patch(
            Rectangle(
                (x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=points(1), hatch=stripes
            )
        )

    def mark(self, x: float, y: float, shape: str, *, color: str, filled: bool = True) -> None:
        self.page.add_line(
            Line2D(
                [x], [y], marker=shape, markersize=points(MARK), markeredgewidth=points(1.5),
                markerfacecolor=color if filled else PAPER, markeredgecolor=color,
            )
        )  # fmt: skip

    def width(self, text: str, *, size: float = 13, bold: bool = False) -> float:
        """The result is the room a line would take."""
        return self._width(drawable(text), lettering(size, bold))

    def png(self) -> bytes:
        """The same picture always gives the same bytes: they hold no date and no version."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", metadata={"Software": None})
        return out.getvalue()

    def _fitted(self, text: str, font: FontProperties, room: float) -> str:
        """The longest beginning that fits is kept."""
        if self._width(text, font) <= room:
            return text
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self._width(text[:middle].rstrip() + "…", font) <= room:
                fits = middle
            else:
                too_long = middle
        return text[:fits].rstrip() + "…"

    def _width(self, text: str, font: FontProperties) -> float:
        renderer: Any = self.agg.get_renderer()  # type: ignore[no-untyped-call]
        width, _, _ = renderer.get_text_width_height_descent(text, font, False)
        return float(width) / SHARPNESS


def points(units: float) -> float:
    return units * 72 / 100


@cache
def families() -> tuple[str, ...]:
    installed = {font.name for font in fontManager.ttflist}
    return tuple(family for family in FAMILIES if family in installed)


def lettering(size: float, bold: bool = False) -> FontProperties:
    return FontProperties(family=families(), size=points(size), weight="bold" if bold else "normal")


def drawable(text: str) -> str:
    """The text becomes one line that the fonts can draw: emoji are left out, other unknown letters become boxes."""
    return " ".join("".join(map(_drawable, text[:LONGEST])).split())


@lru_cache(maxsize=4096)
def _drawable(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Zl", "Zp"):
        return " "
    if category in ("Cf", "Co", "Cn") and char != NON_JOINER:
        return ""  # this includes marks that reverse the direction of a line
    if any(get_font(fontManager.findfont(family)).get_char_index(ord(char)) for family in families()):
        return char
    return "" if category in ("So", "Sk", "Mn", "Me") else MISSING
