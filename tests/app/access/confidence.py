"""A confidential source with all that rests on it, and one person who may know it."""

import io
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from claims.evidence import Passage, attach_evidence
from claims.vocabulary import Stance
from sources.confidential_models import NeedToKnow
from sources.contact_keys import ContactKeys
from sources.contacts import Reached, add_contact
from sources.need_to_know import name_reader
from sources.registry import add_source
from sources.snapshots import take_in
from sources.store import Store
from sources.veil import alias
from tests.claims.newsroom import CHECKER, a_claim, a_version


def a_closed_source(
    session: Session, store: Store, settings: Settings, knower: str
) -> dict[str, Any]:
    """Return what the addresses about it name; its own key is known to few, its alias to all."""
    url = "https://secret.example/memo"
    source = add_source(session, by=CHECKER, title="Somebody", url=url, confidential=True)
    name_reader(session, source, knower, by=CHECKER, leads=False)
    copy = take_in(session, store, source, io.BytesIO(b"It was 5 %."), "memo.txt", CHECKER)
    claim = a_claim(session)
    session.add(a_version(claim.article, 1, "2024 年的份额为 5%。"))
    passage = Passage(stance=Stance.SUPPORTS, source=source, quote="5 %", snapshot=copy)
    item = attach_evidence(session, claim, passage, by=CHECKER)
    told = Reached(name="Somebody", phone="1")
    keys = ContactKeys(settings.contact_key_file)
    return {
        "key": alias(source.id),
        "source_id": source.id,
        "claim_id": claim.id,
        "evidence_id": item.id,
        "snapshot_id": copy.id,
        "contact_id": add_contact(session, keys, source, told, by=CHECKER).id,
        "reader_id": session.scalars(select(NeedToKnow.id)).first(),
        "article": claim.article.key,
    }
