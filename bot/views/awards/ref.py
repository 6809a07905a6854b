"""Buttons and forms about awards carry these ids."""

from typing import ClassVar

from bot.views import kit


class Ref(kit.Carried):
    gone: ClassVar[str] = "This button no longer works. Send /kudos awards to see what there is."

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
