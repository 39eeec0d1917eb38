"""The tables of second factors: codes of a telephone, passkeys, recovery codes, and their use."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.accounts.vocabulary import FactorKind, Proof
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, choice_check


class Factor(Identified, Recorded, Revised, Base):
    """What somebody has besides a password; it counts from ``confirmed_at`` on.

    Of codes it keeps the seed: ``sealed`` is nonce and AES-256-GCM ciphertext under a key of this
    row alone, ``wrapped_key`` that key under the key ``key_name`` of a file outside the database;
    the ledger gets ``sealed_sha256`` only. Of a passkey it keeps what is public, in base64url: its
    name for the browser and the key that its signatures are checked with.
    """

    __tablename__ = "factor"
    __table_args__: Any = (
        choice_check("kind", FactorKind),
        CheckConstraint("length(sealed_sha256) = 64", name="sealed_sha256_hex"),
        CheckConstraint(
            "(kind = 'totp') = (sealed IS NOT NULL) AND (sealed IS NULL) = (wrapped_key IS NULL)"
            " AND (sealed IS NULL) = (key_name IS NULL)"
            " AND (sealed IS NULL) = (sealed_sha256 IS NULL)",
            name="codes_have_a_seed",
        ),
        CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL)"
            " AND (credential_id IS NULL) = (public_key IS NULL)"
            " AND (credential_id IS NULL OR confirmed_at IS NOT NULL)",
            name="passkey_has_a_key",
        ),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[FactorKind] = mapped_column(Choice(FactorKind))
    name: Mapped[str]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"ledger": "secret"})
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary, info={"ledger": "secret"})
    key_name: Mapped[str | None]
    sealed_sha256: Mapped[str | None]
    credential_id: Mapped[str | None] = mapped_column(unique=True)
    public_key: Mapped[str | None]
    transports: Mapped[str | None]
    confirmed_at: Mapped[dt.datetime | None]

    account: Mapped[Account] = relationship()


class FactorUse(Base):
    """When a factor was used last, outside the ledger, and what must be higher the next time.

    ``counter`` is the last step of time whose code was accepted, or a passkey's own count.
    """

    __tablename__ = "factor_use"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    factor_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("factor.id", ondelete="CASCADE"), primary_key=True
    )
    counter: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[dt.datetime | None]


class RecoveryCode(Identified, Recorded, Revised, Base):
    """One of ten codes for whoever lost a factor: of each only the SHA-256, each used once."""

    __tablename__ = "recovery_code"
    __table_args__: Any = (CheckConstraint("length(code_sha256) = 64", name="code_sha256_hex"),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[dt.datetime | None]


class SpentProof(Base):
    """What opens a door once: a challenge, or the state between two steps, by its SHA-256."""

    __tablename__ = "spent_proof"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    key_sha256: Mapped[str] = mapped_column(primary_key=True)
    spent_at: Mapped[dt.datetime] = mapped_column(index=True)


class FailedProof(Identified, Base):
    """A proof that was wrong; without an account where the name was nobody's.

    Its owner sees it for a month. A row is written whoever was named, so that both answers cost
    alike.
    """

    __tablename__ = "failed_proof"
    __table_args__: Any = (choice_check("proof", Proof), {"info": {"ledger": "unaudited"}})

    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    proof: Mapped[Proof] = mapped_column(Choice(Proof))
    browser: Mapped[str]
    address: Mapped[str]
    tried_at: Mapped[dt.datetime] = mapped_column(index=True)
