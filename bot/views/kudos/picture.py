"""The picture of a person's own kudos is sent with these words."""

from datetime import date

from bot.views.files import ONLY_YOU

PICTURE = "kudos.picture"
COMMENT = f"The kudos you gave and received, by month and by value, as you asked. {ONLY_YOU}"


def picture_title(first: date, last: date) -> str:
    """`first` and `last` are the first days of the first and the last month shown."""
    if first == last:
        return f"Your kudos in {last:%B %Y}"
    since = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"Your kudos, {since} to {last:%B %Y}"
