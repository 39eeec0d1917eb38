"""The tables of watching: the desk's wish, how a page answered, when it was last looked at."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Words, choice_check
from sources.models import Source
from sources.vocabulary import PageAnswer


class WatchWish(Identified, Recorded, Revised, Base):
    """What the desk wants for one source instead of the policy, and why.

    Without ``every_days`` the source is not looked at by itself.
    """

    __tablename__ = "watch_wish"
    __table_args__: Any = (
        CheckConstraint("every_days IS NULL OR every_days BETWEEN 1 AND 365", name="days_in_year"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"), unique=True)
    every_days: Mapped[int | None]
    reason: Mapped[str]
    set_by: Mapped[str]

    source: Mapped[Source] = relationship()


class PageState(Identified, Recorded, Base):
    """A page began to answer otherwise than before; the newest row of a source is in force.

    A source without a row has answered well at every look, or was never looked at.
    """

    __tablename__ = "page_state"
    __table_args__: Any = (
        choice_check("answer", PageAnswer),
        Index("ix_page_state_source_id_id", "source_id", "id"),
        {"info": {"ledger": "immutable"}},
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    url: Mapped[str]
    answer: Mapped[PageAnswer] = mapped_column(Choice(PageAnswer))
    http_status: Mapped[int | None]
    final_url: Mapped[str | None]
    reason: Mapped[Words | None]

    source: Mapped[Source] = relationship()


class SourceLook(Base):
    """When a source was last looked at, and what the next look needs to know.

    It changes with every look, so the ledger does not watch it: what a look found that was new
    stands in tables of its own. ``strikes`` are troubled looks in a row, ``missed`` looks in a
    row at which a quoted passage was not found. ``etag`` and ``last_modified`` are those of
    ``asked_for``, where the redirects led, and ``compared`` is the digest of what was looked for.
    """

    __tablename__ = "source_look"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    source_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True
    )
    url: Mapped[str]
    looks: Mapped[int] = mapped_column(default=0)
    looked_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime | None]
    next_at: Mapped[dt.datetime | None]
    strikes: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    asked_for: Mapped[str | None]
    compared: Mapped[str | None]


class HostPace(Base):
    """When a site may be asked again, and what its robots.txt said; shared by all processes."""

    __tablename__ = "host_pace"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    host: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[dt.datetime]
    holder: Mapped[str | None]
    robots: Mapped[str | None]
    robots_at: Mapped[dt.datetime | None]
    refuses_all: Mapped[bool] = mapped_column(default=False)
