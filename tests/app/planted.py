"""A desk on which every area holds words of a confidential source, for the tests of the veil."""

import io
import re
from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.routing import Rule

from app import captures
from app.db import Database
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from app.ledger import search
from app.ledger.history import position
from app.past.reading import TWIN
from claims.awaited import await_copy
from claims.errors import Forbidden
from claims.evidence import Passage, attach_evidence
from claims.material import material_sha256
from claims.models import Claim, Evidence, Finding, Observation
from claims.rules.engine import refresh
from claims.vocabulary import LocatorKind, Stance, Watched
from sources import attempts
from sources.base import now
from sources.looks.models import PageState, SourceLook, WatchWish
from sources.looks.wishes import wish
from sources.models import LikenessAnswer, Snapshot, Source
from sources.registry import add_source, edit_source, find
from sources.snapshots import take_in
from sources.store import Store
from sources.veil import alias
from sources.vocabulary import Likened, PageAnswer, Reliability, SourceKind, Tier
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.claims.newsroom import a_claim, a_version

CANARIES = ("Zibellina", "Quaggafin", "Vireowise", "Tarsierox", "Numbatqi")
TITLE, PUBLISHER, HOST, QUOTE, FILE = CANARIES
KEEPER = "li.wei"
WORDS = ("Axolotlina", "Binturongo", "Cassowarix", "Dugongelle", "Echidnossa")
PART = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
SAMPLE = re.compile("|".join(CANARIES), re.IGNORECASE)


@dataclass(frozen=True)
class Secret:
    """What is confidential of a source, in words."""

    title: str = TITLE
    publisher: str = f"{PUBLISHER} Ltd"
    host: str = f"{HOST}.example"
    quote: str = QUOTE
    file: str = FILE
    language: str | None = None
    issued: str | None = None
    text: str = f"{QUOTE} 5.0 %"


def _moved(source: Source, secret: Secret, by: str) -> PageState:
    """Its page leads elsewhere."""
    return PageState(
        source=source,
        url=source.url,
        answer=PageAnswer.REDIRECTED,
        final_url=f"https://{secret.host}/new",
        reason={"zh": secret.host, "en": secret.host},
        created_by=by,
    )


def _unlike(source: Source, other: Source, title: str, by: str) -> LikenessAnswer:
    """Somebody said that two sources do not hold the same text, and why."""
    first, second = sorted((source.id, other.id), key=str)
    return LikenessAnswer(
        source_id=first,
        other_id=second,
        outcome=Likened.DISMISSED,
        likeness=90,
        note=f"{title} has it from a wire",
        created_by=by,
    )


class Planted:
    """A desk with one confidential source whose every word is a canary, and a claim on it."""

    def __init__(self, database: Database, secret: Secret = Secret()) -> None:
        self.desk = Desk(database)
        self.database, self.secret = database, secret
        by = f"editor:{KEEPER}"
        with database.writing(by) as session:
            # It was entered openly first, so that its key and its history say who it is.
            source = add_source(
                session,
                by=by,
                kind=SourceKind.COMPANY_STATEMENT,
                tier=Tier.PRIMARY,
                title=f"{secret.title} memo",
                publisher=secret.publisher,
                authors=secret.title,
                url=f"https://www.{secret.host}/memo",
                note={"zh": f"{secret.title} 内部", "en": f"{secret.title} inside"},
                reliability=Reliability.B,
                language=secret.language,
                issued=secret.issued,
                csl={"DOI": f"10.1234/{secret.title}", "event-title": secret.publisher},
            )
            self.source_id, self.key = source.id, source.key
            store = Store(database.settings.store)
            take_in(
                session, store, source, io.BytesIO(secret.text.encode()), f"{secret.file}.txt", by
            )
        self._rest_a_claim_on_it(by)
        self._look_and_capture(by)
        database.seal()
        with database.reading() as session:
            self.open_then = position(session)
        with database.writing(by) as session:
            found = session.get_one(Source, self.source_id)
            edit_source(session, found, seen=None, confidential=True)
            claim = session.get_one(Claim, self.desk.claim_id)
            self.sha256 = material_sha256(claim)
        with database.reading() as session:
            self.then = position(session)

    def _rest_a_claim_on_it(self, by: str) -> None:
        secret = self.secret
        with self.database.writing(by) as session:
            found = session.get_one(Source, self.source_id)
            claim = session.get_one(Claim, self.desk.claim_id)
            item = attach_evidence(
                session,
                claim,
                Passage(
                    stance=Stance.SUPPORTS,
                    source=found,
                    quote=f"{secret.quote} says 5.0 %",
                    locator_kind=LocatorKind.SECTION,
                    locator=f"{secret.quote} 2",
                    says={"zh": f"{secret.quote} 说", "en": f"{secret.quote} says"},
                    note={"zh": secret.quote, "en": secret.quote},
                ),
                by=by,
            )
            session.add(a_version(claim.article, 1, "2024 年的份额为 5%。"))
            a_claim(session, article=claim.article)
            self.evidence_id, self.article, self.number = item.id, claim.article.key, claim.number
            self.snapshot_id = session.scalar(select(Snapshot.id))

    def _look_and_capture(self, by: str) -> None:
        """What was seen of its page before anybody said that it is confidential."""
        secret = self.secret
        words = {"zh": secret.host, "en": secret.host}
        store = Store(self.database.settings.store)
        with self.database.writing(by) as session:
            source = session.get_one(Source, self.source_id)
            item = session.get_one(Evidence, self.evidence_id)
            gone = attempts.ask(session, source, by=by)
            record = store.put(io.BytesIO(secret.host.encode())).sha256
            problem = Forbidden("gone", words)
            attempts.answered(session, gone, problem, 404, f"https://{secret.host}", record)
            attempt = captures.ask(session, source, by="editor:wang.fang")
            await_copy(session, item, attempt, by=by)
            job = session.scalars(select(Job)).one()
            job.state, job.finished_at = JobState.FAILED, now()
            job.words = job.error = words
            wish(session, source, every_days=3, reason=f"{secret.title} moves", by=by)
            session.add(_moved(source, secret, by))
            session.add(SourceLook(source_id=source.id, url=source.url, etag=secret.title))
            seen = Observation(
                evidence=item,
                kept=session.get_one(Snapshot, self.snapshot_id),
                outcome=Watched.FIGURE_CHANGED,
                quote=item.quote,
                old_words=f"{secret.quote} 5.0 %",
                new_words=f"{secret.quote} 6.0 %",
                created_by=by,
            )
            other = find(session, self.desk.source_key)
            session.add_all([seen, _unlike(source, other, secret.title, by)])
            session.flush()
            refresh(session, session.get_one(Claim, self.desk.claim_id), now())
            waived = session.scalars(select(Finding).filter_by(code="source_changed")).one()
            waived.waived_by, waived.waiver_reason = by, "known"
            self.attempt_id, self.job_id, self.observation_id = gone.id, job.id, seen.id
            self.finding_id = waived.id

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
            "attempt_id": self.attempt_id,
            "finding_id": self.finding_id,
            "form": "csl-json",
            "job_id": self.job_id,
            "observation_id": self.observation_id,
        }
        found = []
        for rule in self.desk.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            view = self.desk.app.view_functions[rule.endpoint]
            values = {**named, "key": self._key(rule)}
            if rule.arguments <= values.keys():
                parts = PART.split(rule.rule)
                path = "".join(str(values[x]) if n % 2 else x for n, x in enumerate(parts))
                found += [path, *([f"{path}?at={self.then}"] if getattr(view, TWIN, False) else [])]
        return [*found, *self._asked()]

    def own(self, key: str) -> list[str]:
        """The addresses that are about nothing else: whoever may know reads it there."""
        source, job = f"/sources/{key}", f"/jobs/{self.job_id}"
        claim = f"/claims/{self.desk.claim_id}"
        return [
            *(source, f"{source}.json", f"{source}/watch", f"{source}?at={self.then}"),
            *(claim, f"{claim}/freshness", f"{claim}/freshness.json?at={self.then}"),
            *(f"/observations/{self.observation_id}/take", f"/captures/{self.attempt_id}/record"),
            *(f"/snapshots/{self.snapshot_id}", f"/snapshots/{self.snapshot_id}/file"),
            *(f"/evidence/{self.evidence_id}", job, f"{job}.json", *self._asked()),
        ]

    def _key(self, rule: Rule) -> str:
        if rule.rule.startswith("/sources/<key>"):
            return alias(self.source_id)
        return "trendforce" if rule.rule.startswith("/publishers/") else self.article

    def _asked(self) -> list[str]:
        """What is asked for by word, and what the ledger holds of the rows."""
        rows = {
            "source": self.source_id,
            "evidence": self.evidence_id,
            "snapshot": self.snapshot_id,
            "capture_attempt": self.attempt_id,
            "observation": self.observation_id,
            "finding": self.finding_id,
            "job": self.job_id,
        }
        with self.database.reading() as session:
            for model in (PageState, WatchWish, LikenessAnswer):
                rows[model.__tablename__] = session.scalars(select(model.id)).one()
            about = search.Asked(rows={table: [str(key)] for table, key in rows.items()})
            entries = search.entries(session, about, limit=50)
        assert {entry.table for entry in entries} == set(rows)
        beside = f"/claims/{self.desk.claim_id}/evidence/new"
        return [
            *(f"/audit/{entry.eid}{end}" for entry in entries for end in ("", ".json")),
            *(f"/audit?table={table}&pk={key}" for table, key in rows.items()),
            f"/audit/compare?a=1&b={self.then}",
            f"/articles/{self.article}?claim=1",
            f"/articles/{self.article}?claim={self.number}&e=1",
            f"/snapshots/{self.snapshot_id}?part=1",
            f"{beside}?source={self.desk.source_key}&snapshot={self.snapshot_id}",
            f"/claims/{self.desk.claim_id}/passage/{self.snapshot_id}?place=0-9",
        ]
