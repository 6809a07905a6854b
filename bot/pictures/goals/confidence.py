"""How sure somebody was: by shape, by colour, and in words, so that none of the three is needed alone."""

from bot.models.goals import Confidence
from bot.pictures.canvas import Canvas

MARKS = {Confidence.ON_TRACK: "o", Confidence.AT_RISK: "^", Confidence.OFF_TRACK: "s", None: "o"}
COLORS = {
    Confidence.ON_TRACK: "#1f7a4d",
    Confidence.AT_RISK: "#a65a00",
    Confidence.OFF_TRACK: "#b3261e",
    None: "#5e5c5f",
}
SAID = {
    Confidence.ON_TRACK: "on track",
    Confidence.AT_RISK: "at risk",
    Confidence.OFF_TRACK: "off track",
    None: "not said",
}


def draw_mark(canvas: Canvas, x: float, y: float, said: Confidence | None) -> None:
    """Hollow where nobody said so."""
    canvas.mark(x, y, MARKS[said], color=COLORS[said], filled=said is not None)
