"""HR sees how awards are spread over departments."""

from slack_sdk.models.views import View

from bot.models.awards import AwardFigures
from bot.views import groups, kit

FIGURES = "awards.figures"


def figures_page(figures: AwardFigures) -> View:
    return kit.modal(
        FIGURES,
        "How awards spread",
        [
            kit.section(f"*The last 12 months, {figures.people:,} people*\n{_reach(figures)}"),
            *(groups.departments(figures.departments, _number) if figures.any_given else []),
            kit.small(
                "Awards that were announced, to everybody who works here today and does not prefer thanks in private. "
                f"{groups.SMALL_ONES}"
            ),
        ],
    )


def _reach(figures: AwardFigures) -> str:
    if not figures.any_given:
        return "Nobody received an award. Every award begins with a nomination, and anybody can make one."
    if figures.receivers is None:
        return groups.no_total(figures.departments)
    return f"{kit.counted(figures.receivers, 'colleague')} received an award."


def _number(receivers: int | None) -> str:
    return groups.NO_NUMBERS if receivers is None else f"{receivers} received an award"
