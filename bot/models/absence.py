"""The Slack statuses that count as absence in this company, if HR changed the usual ones."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, Scoped, same_workspace


class AbsenceSign(Scoped, Base):
    """A sign is an emoji as Slack names it (":palm_tree:") or a word. Without any row the usual signs count."""

    __tablename__ = "absence_signs"
    __table_args__ = (
        UniqueConstraint("workspace_id", "sign"),
        same_workspace("chosen_by_id", "people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign: Mapped[str] = mapped_column(String(64))
    chosen_by_id: Mapped[int]
    chosen_at: Mapped[datetime]
