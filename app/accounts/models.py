"""Accounts and the roles they hold."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.roles import Role
from app.accounts.vocabulary import LinkPurpose, SessionEnd
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, choice_check

NO_PASSWORD = "-"  # noqa: S105 - what stands in the place of a hash until somebody chose a password.


class Account(Identified, Recorded, Revised, Base):
    """A person who can sign in. Rows elsewhere name the actor, never this row.

    ``password_hash`` is an argon2id string, or ``NO_PASSWORD`` for somebody who was invited and has
    not come yet; ``session_token`` changes to end every open session. Neither enters the ledger.
    """

    __tablename__ = "account"
    __table_args__: Any = (
        CheckConstraint("name = lower(name)", name="name_lower"),
        {"info": {"ledger": "kept"}},
    )

    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    language: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str] = mapped_column(info={"ledger": "secret"})
    session_token: Mapped[str] = mapped_column(unique=True, info={"ledger": "secret"})

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="account")
    keys: Mapped["KeyChoice | None"] = relationship()

    @property
    def actor(self) -> str:
        """The stable string by which history knows this person."""
        return f"editor:{self.name}"

    @property
    def roles(self) -> set[Role]:
        """The roles held."""
        return {grant.role for grant in self.grants}

    @property
    def awaited(self) -> bool:
        """Whether this person was invited and has not chosen a password yet."""
        return self.password_hash == NO_PASSWORD

    @property
    def has_password(self) -> bool:
        """Whether a password opens this account: nobody needs one who comes by a provider."""
        return not self.password_hash.startswith(NO_PASSWORD)


class RoleGrant(Identified, Recorded, Base):
    """One role held by one account."""

    __tablename__ = "role_grant"
    __table_args__: Any = (
        UniqueConstraint("account_id", "role"),
        choice_check("role", Role),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(Choice(Role))

    account: Mapped[Account] = relationship(back_populates="grants")


class KeyChoice(Identified, Recorded, Revised, Base):
    """Which single keys an account wants: all of them, none, or others than the desk's own.

    ``changed`` maps a key of the desk to the key this person presses instead; to an empty text
    where they want none.
    """

    __tablename__ = "key_choice"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), unique=True)
    single_keys: Mapped[bool] = mapped_column(default=True)
    changed: Mapped[str] = mapped_column(default="{}")


class SavedFilter(Identified, Recorded, Revised, Base):
    """A narrowing of the queue under a name: for its owner, or for everybody on the desk.

    ``query`` is the address of the list behind its question mark. ``first`` is what the queue
    opens with for its owner; at most one filter of an account is.
    """

    __tablename__ = "saved_filter"
    __table_args__: Any = (
        UniqueConstraint("account_id", "name"),
        Index(
            "uq_saved_filter_first",
            "account_id",
            unique=True,
            sqlite_where=text("first"),
            postgresql_where=text("first"),
        ),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    query: Mapped[str]
    shared: Mapped[bool] = mapped_column(default=False)
    first: Mapped[bool] = mapped_column(default=False)

    account: Mapped[Account] = relationship()


class Draft(Base):
    """What a person is typing into a form and has not sent: no record, and nobody else's to read.

    ``form`` and ``object`` say which form of what; ``fields`` is JSON, the values by field, with
    the row version the form was opened on; ``receipt`` is the key the form will be sent with, and
    ``sent_as`` what that key is kept as once it was.
    """

    __tablename__ = "draft"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    form: Mapped[str] = mapped_column(primary_key=True)
    object: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[str]
    receipt: Mapped[str | None]
    sent_as: Mapped[str | None]
    updated_at: Mapped[dt.datetime]


class Presence(Base):
    """Who had a form of a claim open a moment ago: not kept, and no record."""

    __tablename__ = "presence"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    claim_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    seen_at: Mapped[dt.datetime]


class AccountLink(Identified, Recorded, Revised, Base):
    """A one-time link by which somebody chooses the password of an account.

    Of the link only the SHA-256 of its token is kept; it stands in the ledger, so that a swapped
    one is noticed.
    """

    __tablename__ = "account_link"
    __table_args__: Any = (
        choice_check("purpose", LinkPurpose),
        CheckConstraint("length(token_sha256) = 64", name="token_sha256_hex"),
        CheckConstraint("used_at IS NULL OR withdrawn_at IS NULL", name="used_or_withdrawn"),
        {"info": {"ledger": "kept"}},
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(Choice(LinkPurpose))
    token_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]

    account: Mapped[Account] = relationship()


class ApiToken(Identified, Recorded, Revised, Base):
    """A key with which a program reads in the name of an account, never more than ``scopes`` say.

    ``scopes`` are words of :class:`app.accounts.vocabulary.Scope` with a space between them.
    """

    __tablename__ = "api_token"
    __table_args__: Any = (
        CheckConstraint("length(token_sha256) = 64", name="token_sha256_hex"),
        CheckConstraint("(revoked_by IS NULL) = (revoked_at IS NULL)", name="revoked_has_when"),
        {"info": {"ledger": "kept"}},
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    scopes: Mapped[str]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[dt.datetime]
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[dt.datetime | None]

    account: Mapped[Account] = relationship()


class ApiTokenUse(Base):
    """When a token was used last: noted now and then, outside the ledger."""

    __tablename__ = "api_token_use"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    token_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("api_token.id"), primary_key=True)
    used_at: Mapped[dt.datetime]


class OpenSession(Identified, Base):
    """One browser in which somebody signed in; its row is removed some time after its end.

    The cookie holds a key of which only the SHA-256 is kept. ``seen_at`` is noted now and then.
    ``proofs`` are words of :class:`app.accounts.vocabulary.Proof` with a space between them, and
    ``proved_at`` is when the newest of them was given; both are empty for a session from before
    they were noted. ``device_sha256`` stands for the browser, and ``unfamiliar`` says that its
    account had been used in others before, and in this one not.
    """

    __tablename__ = "open_session"
    __table_args__: Any = (
        choice_check("ended_as", SessionEnd),
        CheckConstraint("(ended_as IS NULL) = (ended_at IS NULL)", name="ended_has_when"),
        {"info": {"ledger": "unaudited"}},
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    key_sha256: Mapped[str] = mapped_column(unique=True)
    browser: Mapped[str]
    address: Mapped[str]
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    ended_as: Mapped[SessionEnd | None] = mapped_column(Choice(SessionEnd))
    proofs: Mapped[str | None]
    proved_at: Mapped[dt.datetime | None]
    device_sha256: Mapped[str | None]
    unfamiliar: Mapped[bool | None]


class FormerKey(Base):
    """The key that a session had before the proof of its account was renewed.

    ``key_sha256`` stands for it. ``form_sha256`` stands for the form that brought the proof, which
    alone may still come with it; ``renewed_key`` is the new key, sealed with the former one.
    """

    __tablename__ = "former_key"
    __table_args__: Any = (
        CheckConstraint("length(form_sha256) = 64", name="form_sha256_hex"),
        {"info": {"ledger": "unaudited"}},
    )

    key_sha256: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("open_session.id", ondelete="CASCADE"), index=True
    )
    form_sha256: Mapped[str]
    renewed_key: Mapped[bytes] = mapped_column(LargeBinary)
    replaced_at: Mapped[dt.datetime]

    session: Mapped[OpenSession] = relationship()
