"""Contacts of confidential sources: kept encrypted, read by name, destroyed for good."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import select, text
from sqlalchemy.orm import Session, defer

from sources.confidential_models import Contact
from sources.contact_keys import ContactKeys
from sources.errors import Conflict, Missing, Refused
from sources.identifiers import uuid7
from sources.keyrings import Sealed
from sources.models import Source
from sources.need_to_know import refuse_unknowing

LONGEST = 2000
"""Characters of one line of a contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How somebody is reached, in plain text: for the page of who may read it, nowhere else."""

    name: str = ""
    channel: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""

    def __repr__(self) -> str:
        """Say nothing: a traceback or a log line may show it."""
        return "Reached(…)"


def add_contact(
    session: Session, keys: ContactKeys, source: Source, told: Reached, *, by: str
) -> Contact:
    """Keep a contact of a confidential source.

    Raises Forbidden for who may not know the source, Refused for one that is not confidential or
    for nothing, Locked where contacts are kept already and their key is missing.
    """
    refuse_unknowing(session, source, by)
    if not source.confidential:
        raise Refused(
            "not_confidential",
            {
                "zh": "只有保密来源才保存联系人；请先把来源标为保密。",
                "en": "Contacts are kept of confidential sources only; mark the source first.",
            },
        )
    words = _written(told)
    hold(session, "ROW EXCLUSIVE")
    first = session.scalar(select(Contact.id).where(Contact.sealed.is_not(None)).limit(1)) is None
    key = uuid7()
    kept = keys.seal(words, _about(key, source.id), first=first)
    row = Contact(id=key, source_id=source.id, created_by=by)
    _put(row, kept)
    session.add(row)
    session.flush()
    return row


def find_contact(session: Session, source: Source, key: uuid.UUID) -> Contact:
    """Return a contact of a source; raise Missing where there is none."""
    row = session.get(Contact, key)
    if row is None or row.source_id != source.id:
        raise Missing("no_such_contact", {"zh": "没有这个联系人。", "en": "No such contact."})
    return row


def contacts_of(session: Session, source: Source) -> Sequence[Contact]:
    """The contacts of a source as rows: when they were kept and by whom, nothing of what."""
    query = select(Contact).where(Contact.source_id == source.id).order_by(Contact.id)
    return session.scalars(query.options(defer(Contact.sealed), defer(Contact.wrapped_key))).all()


def read_contact(
    session: Session, keys: ContactKeys, source: Source, row: Contact, *, by: str
) -> Reached:
    """Open a contact for a person who may know its source.

    Whoever calls this enters the reading into the ledger first, in the same transaction. Raises
    Forbidden, Conflict for one that was destroyed, Locked without its key.
    """
    refuse_unknowing(session, source, by)
    told = json.loads(keys.open(_kept(row), _about(row.id, row.source_id)))
    names = {field.name for field in fields(Reached)}
    return Reached(**{name: value for name, value in told.items() if name in names})


def destroy_contact(session: Session, source: Source, row: Contact, *, by: str) -> None:
    """Destroy a contact with its key: nobody can ever read it again, backups aside."""
    refuse_unknowing(session, source, by)
    _kept(row)
    row.sealed = row.wrapped_key = None
    row.destroyed_by = by
    session.flush()


def hold(session: Session, mode: str) -> None:
    """Keep a key from being retired between sealing under it and the row's commit.

    SQLite has one writer at a time; on PostgreSQL who seals and who renews lock the table.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE contact IN {mode} MODE"))


def renew_key(session: Session, keys: ContactKeys) -> int:
    """Draw a key and put every contact's own under it; return how many there were.

    The older keys stay in the file until the caller's commit is done: :func:`retire_keys`.
    """
    hold(session, "SHARE ROW EXCLUSIVE")
    keys.renew()
    rows = session.scalars(select(Contact).where(Contact.sealed.is_not(None))).all()
    for row in rows:
        _put(row, keys.wrapped_again(_kept(row), _about(row.id, row.source_id)))
    session.flush()
    return len(rows)


def retire_keys(session: Session, keys: ContactKeys) -> int:
    """Forget every key but the newest and those that a contact is still under; return how many.

    It asks the database, in a transaction in which nobody seals or renews: another rotation may
    have begun since this one's commit.
    """
    hold(session, "SHARE ROW EXCLUSIVE")
    rows = session.scalars(select(Contact.key_name).where(Contact.sealed.is_not(None)).distinct())
    return keys.retire(set(rows))


def _written(told: Reached) -> str:
    values = {name: value.strip() for name, value in asdict(told).items()}
    if not any(values.values()):
        raise Refused(
            "contact_empty",
            {"zh": "请至少填写一项。", "en": "Fill in one line at least."},
            "name",
        )
    for name, value in values.items():
        if len(value) > LONGEST:
            raise Refused(
                "contact_long",
                {"zh": f"不能超过 {LONGEST} 个字符。", "en": f"At most {LONGEST} characters."},
                name,
            )
    return json.dumps(values, ensure_ascii=False)


def _put(row: Contact, kept: Sealed) -> None:
    row.sealed, row.wrapped_key, row.key_name = kept.sealed, kept.wrapped_key, kept.key_name
    row.sealed_sha256 = hashlib.sha256(kept.sealed).hexdigest()


def _kept(row: Contact) -> Sealed:
    if row.sealed is None or row.wrapped_key is None:
        raise Conflict(
            "contact_destroyed",
            {"zh": "这个联系人已经销毁。", "en": "This contact was destroyed."},
        )
    return Sealed(row.sealed, row.wrapped_key, row.key_name)


def _about(contact: uuid.UUID, source: uuid.UUID) -> str:
    """What a ciphertext is bound to, so that no row's can stand in another."""
    return f"{contact} of {source}"
