"""What people are typing: kept until it is sent, read by nobody else, and no part of the record."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.models import Draft
from app.once.asked import key_of as usable
from app.once.asked import row_of
from app.once.models import FormReceipt
from claims.errors import Missing, TooLarge
from sources.base import now

LARGEST = 256 * 1024
"""Bytes of a draft as it is stored; a longer one stays on the device."""
MOST = 200
"""Drafts of one account; the oldest give way."""
NAME = re.compile(r"[a-z][a-z-]{0,59}")
OBJECT = re.compile(r"[\w.\-]{1,200}")
NEVER_KEPT = frozenset({"contact", "reader", "sign-in", "password", "change-password", "token"})
"""Forms of which nothing is kept, whoever asks for it: what they hold is locked or is a key."""
Fields = Mapping[str, Sequence[str]]
"""The values a form would send, by field."""


class Key(NamedTuple):
    """Which form of which object."""

    form: str
    object: str

    def __str__(self) -> str:
        """Write it as an address has it."""
        return f"{self.form}/{self.object}"


class Kept(NamedTuple):
    """A draft as a form reads it; ``receipt`` is the key its form would have been sent with."""

    fields: Fields
    updated_at: dt.datetime
    receipt: str | None


def key_of(text: str) -> Key | None:
    """Read a key as an address has it; None for what is none."""
    form, _slash, about = text.partition("/")
    return Key(form, about) if NAME.fullmatch(form) and OBJECT.fullmatch(about) else None


def known_key(form: str, about: str) -> Key:
    """Return the key of an address; raise Missing for what no form can be called."""
    found = key_of(f"{form}/{about}")
    if found is None or form in NEVER_KEPT:
        raise Missing("no_such_form", {"zh": "没有这张表单。", "en": "There is no such form."})
    return found


def keep(
    session: Session, account: uuid.UUID, key: Key, fields: Fields, receipt: str | None
) -> dt.datetime:
    """Keep what is typed instead of what was kept before; return when.

    Raise TooLarge for more than a draft holds.
    """
    text = json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        raise TooLarge(
            "draft_too_large",
            {
                "zh": "草稿太长，只保存在这台设备上。",
                "en": "The draft is too long and is kept on this device only.",
            },
        )
    moment = now()
    kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    found = usable(receipt)
    sent_as = row_of(str(account), found) if found is not None else None
    values = {"fields": text, "receipt": found, "sent_as": sent_as, "updated_at": moment}
    session.execute(
        kind.insert(Draft)
        .values(account_id=account, form=key.form, object=key.object, **values)
        .on_conflict_do_update(index_elements=["account_id", "form", "object"], set_=values)
    )
    _make_room(session, account)
    return moment


def _make_room(session: Session, account: uuid.UUID) -> None:
    oldest = (
        select(Draft.updated_at)
        .where(Draft.account_id == account)
        .order_by(Draft.updated_at.desc())
        .offset(MOST)
        .limit(1)
    )
    border = session.scalar(oldest)
    if border is not None:
        session.execute(
            delete(Draft).where(Draft.account_id == account, Draft.updated_at <= border)
        )


def listed(session: Session, account: uuid.UUID) -> set[Key]:
    """Return the keys of what an account has not sent.

    A draft that arrived after its form was taken in still carries the form's receipt, and is none.
    """
    query = select(Draft.form, Draft.object).where(
        Draft.account_id == account, ~exists().where(FormReceipt.key == Draft.sent_as)
    )
    return {Key(form, about) for form, about in session.execute(query)}


def read(session: Session, account: uuid.UUID, key: Key) -> Kept | None:
    """Return a draft; None where there is none."""
    found = session.execute(
        select(Draft.fields, Draft.updated_at, Draft.receipt).where(_is(account, key))
    ).one_or_none()
    return Kept(json.loads(found[0]), found[1], found[2]) if found is not None else None


def discard(session: Session, account: uuid.UUID, key: Key) -> None:
    """Forget a draft: its form was taken in, or the person does not want it any more."""
    session.execute(delete(Draft).where(_is(account, key)))


def forget(session: Session, account: uuid.UUID) -> None:
    """Forget everything an account has not sent: nobody comes back for it."""
    session.execute(delete(Draft).where(Draft.account_id == account))


def _is(account: uuid.UUID, key: Key) -> ColumnElement[bool]:
    return and_(Draft.account_id == account, Draft.form == key.form, Draft.object == key.object)
