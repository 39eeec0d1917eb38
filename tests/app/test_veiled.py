"""A confidential source is hidden behind every door: planted words come out of none of them."""

import io
import re

import pytest
from sqlalchemy import select, text
from werkzeug.routing import Rule

from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.db import Database
from app.ledger.history import position
from claims.evidence import Passage, attach_evidence
from claims.material import material_sha256
from claims.models import Claim
from claims.vocabulary import LocatorKind, Stance
from sources.models import Snapshot, Source
from sources.registry import add_source, edit_source
from sources.snapshots import take_in
from sources.store import Store
from sources.veil import alias
from sources.vocabulary import Reliability, SourceKind, Tier
from tests.app.browser import PASSWORD, Person
from tests.app.claim_desk import Desk
from tests.claims.newsroom import a_claim

CANARIES = ("Zibellina", "Quaggafin", "Vireowise", "Tarsierox", "Numbatqi")
TITLE, PUBLISHER, HOST, QUOTE, FILE = CANARIES
KEEPER = "li.wei"
SAMPLE = re.compile("|".join(CANARIES), re.IGNORECASE)


class Planted:
    """A desk with one confidential source whose every word is a canary, and a claim on it."""

    def __init__(self, database: Database) -> None:
        self.desk = Desk(database)
        self.database = database
        by = f"editor:{KEEPER}"
        with database.writing("system:test") as session:
            for name, role in (("sun.ba", Role.AUDITOR), ("he.jiu", Role.ADMIN)):
                add_account(
                    session,
                    name=name,
                    display_name=name,
                    password=PASSWORD,
                    roles={role},
                    by="system:test",
                )
        with database.writing(by) as session:
            # It was entered openly first, so that its key and its history say who it is.
            source = add_source(
                session,
                by=by,
                kind=SourceKind.COMPANY_STATEMENT,
                tier=Tier.PRIMARY,
                title=f"{TITLE} memo",
                publisher=f"{PUBLISHER} Ltd",
                authors=TITLE,
                url=f"https://www.{HOST}.example/memo",
                note={"zh": f"{TITLE} 内部", "en": f"{TITLE} inside"},
                reliability=Reliability.B,
            )
            self.source_id, self.key = source.id, source.key
            store = Store(database.settings.store)
            take_in(
                session, store, source, io.BytesIO(f"{QUOTE} 5.0 %".encode()), f"{FILE}.txt", by
            )
        with database.writing(by) as session:
            found = session.get_one(Source, self.source_id)
            edit_source(session, found, seen=None, confidential=True)
            claim = session.get_one(Claim, self.desk.claim_id)
            item = attach_evidence(
                session,
                claim,
                Passage(
                    stance=Stance.SUPPORTS,
                    source=found,
                    quote=f"{QUOTE} says 5.0 %",
                    locator_kind=LocatorKind.SECTION,
                    locator=f"{QUOTE} 2",
                    says={"zh": f"{QUOTE} 说", "en": f"{QUOTE} says"},
                    note={"zh": QUOTE, "en": QUOTE},
                ),
                by=by,
            )
            a_claim(session, article=claim.article)
            self.evidence_id, self.article = item.id, claim.article.key
            self.snapshot_id = session.scalar(select(Snapshot.id))
            self.sha256 = material_sha256(claim)
        with database.reading() as session:
            self.then = position(session)

    def person(self, name: str) -> Person:
        return self.desk.person(name)

    def addresses(self) -> list[str]:
        """Every address that can be fetched, filled with what the confidential source touches."""
        named = {
            "claim_id": self.desk.claim_id,
            "figure_id": self.desk.figure_id,
            "other_id": self.desk.other_id,
            "evidence_id": self.evidence_id,
            "snapshot_id": self.snapshot_id,
            "other": self.desk.source_key,
            "name": "confidential-reads",
            "number": 1,
            "topic": "sources",
        }
        found = []
        for rule in self.desk.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            keys = self._keys(rule)
            for key in keys:
                values = {**named, "key": key}
                if rule.arguments <= values.keys():
                    pattern = r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>"
                    path = re.sub(pattern, lambda part: str(values[part[1]]), rule.rule)  # noqa: B023 - used at once
                    found += [path, f"{path}?at={self.then}"]
        return [*found, *self._asked()]

    def _keys(self, rule: Rule) -> list[str]:
        if rule.rule.startswith(("/sources/<key>",)):
            return [alias(self.source_id), self.key]
        if rule.rule.startswith("/publishers/<key>"):
            return ["trendforce"]
        return [self.article]

    def _asked(self) -> list[str]:
        """What is asked for by word, and every entry of the ledger."""
        with self.database.reading() as session:
            last = session.scalar(text("SELECT max(eid) FROM ledger_event")) or 0
        entries = [f"/audit/{eid}{end}" for eid in range(1, last + 1) for end in ("", ".json")]
        compared = f"/audit/compare?a=1&b={self.then}&from=1&to={self.then}"
        return [
            *entries,
            compared,
            f"/audit?table=source&pk={self.source_id}",
            f"/audit?table=evidence&pk={self.evidence_id}",
            f"/audit?table=snapshot&pk={self.snapshot_id}",
            "/audit?size=500",
            f"/queue?source={self.key}",
            f"/articles/{self.article}?claim=1",
            f"/articles/{self.article}/appendix?format=json",
        ]


@pytest.fixture
def planted(sqlite_database: Database) -> Planted:
    return Planted(sqlite_database)


def leaks(person: Person, addresses: list[str]) -> list[str]:
    told = []
    for path in addresses:
        answer = person.client.get(path)
        # An address repeats what it was asked for; that is no leak of the desk's.
        body = answer.get_data(as_text=True)
        if SAMPLE.search(body.replace(path, "").replace(path.partition("?")[0], "")):
            told.append(f"{answer.status_code} {path}: {SAMPLE.search(body)}")
    return told


@pytest.mark.parametrize("name", ["zhang.min", "wang.fang", "sun.ba", "he.jiu"])
def test_no_page_tells_who_a_confidential_source_is(planted: Planted, name: str) -> None:
    person, addresses = planted.person(name), planted.addresses()
    assert len(addresses) > 150
    key_in_path = [path for path in addresses if planted.key not in path]
    assert leaks(person, key_in_path) == []
