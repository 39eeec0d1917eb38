"""Who an account is at the newsroom's identity provider, and what came of it."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, OpenSession
from sources.base import Base, Identified, Recorded


class AccountIdentity(Identified, Recorded, Base):
    """Somebody at a provider who may sign in with an account; the row goes when that ends.

    ``issuer`` and ``subject`` are compared letter by letter. ``label`` is how people know the
    identity (an e-mail address, often); it is shown and never compared, because addresses are given
    away again and a provider may let people choose them.
    """

    __tablename__ = "account_identity"
    __table_args__: Any = (
        UniqueConstraint("issuer", "subject"),
        CheckConstraint("length(subject) BETWEEN 1 AND 255", name="subject_short"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    label: Mapped[str]

    account: Mapped[Account] = relationship()


class ProviderSession(Base):
    """A session that began with the provider, so that the provider can end it.

    ``sid`` is the provider's own name for the session there, where it gave one.
    """

    __tablename__ = "provider_session"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("open_session.id", ondelete="CASCADE"), primary_key=True
    )
    identity_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account_identity.id", ondelete="CASCADE"), index=True
    )
    sid: Mapped[str | None]

    session: Mapped[OpenSession] = relationship()
