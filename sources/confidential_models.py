"""The tables of what is told in confidence: contacts under lock, and who needs to know."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from sources.base import Base, Identified, Recorded, Revised


class Contact(Identified, Recorded, Revised, Base):
    """How a confidential source is reached: one person or channel, encrypted.

    ``sealed`` is nonce and AES-256-GCM ciphertext of a JSON object under a key of this row alone;
    ``wrapped_key`` is that key under the key ``key_name`` of the file outside the database. The
    ledger gets ``sealed_sha256`` only. A contact that was destroyed has neither of the two.
    """

    __tablename__ = "contact"
    __table_args__: Any = (
        CheckConstraint("length(sealed_sha256) = 64", name="sealed_sha256_hex"),
        CheckConstraint("(sealed IS NULL) = (wrapped_key IS NULL)", name="sealed_has_key"),
        CheckConstraint("(sealed IS NULL) = (destroyed_by IS NOT NULL)", name="destroyed_by_whom"),
        {"info": {"ledger": "kept"}},
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"), index=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"ledger": "secret"})
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary, info={"ledger": "secret"})
    key_name: Mapped[str]
    sealed_sha256: Mapped[str]
    destroyed_by: Mapped[str | None]


class NeedToKnow(Identified, Recorded, Revised, Base):
    """That a person may know who a confidential source is, until it is revoked."""

    __tablename__ = "need_to_know"
    __table_args__: Any = (
        CheckConstraint("(revoked_by IS NULL) = (revoked_at IS NULL)", name="revoked_has_when"),
        Index(
            "uq_need_to_know_standing",
            "source_id",
            "reader",
            unique=True,
            sqlite_where=text("revoked_by IS NULL"),
            postgresql_where=text("revoked_by IS NULL"),
        ),
        {"info": {"ledger": "kept"}},
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    reader: Mapped[str] = mapped_column(index=True)
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[dt.datetime | None]
