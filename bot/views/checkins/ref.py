"""Buttons and modals about check-ins carry these ids."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from bot.spelling import command
from bot.views import kit


class Ref(kit.Carried):
    """`home` says that the form was opened on Home, which shows afterwards what became of it."""

    gone: ClassVar[str] = f"This button no longer works. Send {command('checkin')} to start afresh."

    checkin: kit.Id | None = None
    week: date | None = Field(None, ge=date(2000, 1, 1), lt=date(3000, 1, 1))  # its whole week exists
    emoji: str | None = Field(None, max_length=64)
    noted: kit.Id | None = None
    more: bool = False  # all questions are shown
    home: bool = False

    @property
    def checkin_id(self) -> int:
        return self._there(
            self.checkin,
            f"This button no longer works. Send {command('checkin history')} to find the check-in.",
        )
