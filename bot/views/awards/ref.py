"""Buttons and forms about awards carry these ids."""

from typing import ClassVar

from bot.spelling import command
from bot.views import kit


class Ref(kit.Carried):
    gone: ClassVar[str] = f"This button no longer works. Send {command('kudos awards')} to see what there is."

    nomination: kit.Id | None = None
    announcement: kit.Id | None = None
    type: kit.Id | None = None

    @property
    def nomination_id(self) -> int:
        return self._there(self.nomination)

    @property
    def announcement_id(self) -> int:
        return self._there(self.announcement)

    @property
    def type_id(self) -> int:
        return self._there(self.type)
