"""The tables of what is counted; the ledger does not watch them, and their rows soon go."""

import datetime as dt
from typing import Any

from sqlalchemy import PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.limits.vocabulary import Gate, Quota
from sources.base import Base, Identified
from sources.columns import Choice, choice_check


class SignInAttempt(Identified, Base):
    """A try at a way in that has not succeeded; kept for as long as the limit looks back.

    ``pair_sha256`` stands for a name as typed together with an address: what somebody typed into
    the wrong field is not kept.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__: Any = (choice_check("gate", Gate), {"info": {"ledger": "unaudited"}})

    pair_sha256: Mapped[str] = mapped_column(index=True)
    tried_at: Mapped[dt.datetime] = mapped_column(index=True)
    gate: Mapped[Gate] = mapped_column(
        Choice(Gate), default=Gate.SIGN_IN, server_default=Gate.SIGN_IN
    )


class QuotaUse(Base):
    """How much of a quota its subject has taken since a moment.

    ``subject`` is the key of an account, or the SHA-256 of an address without one.
    """

    __tablename__ = "quota_use"
    __table_args__: Any = (
        PrimaryKeyConstraint("quota", "subject"),
        choice_check("quota", Quota),
        {"info": {"ledger": "unaudited"}},
    )

    quota: Mapped[Quota] = mapped_column(Choice(Quota))
    subject: Mapped[str]
    began_at: Mapped[dt.datetime] = mapped_column(index=True)
    used: Mapped[int]
