"""U22: every page answers programs as well, with the same identifiers, today and as of a moment."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from app import twins
from app.accounts.models import Account, OpenSession
from app.accounts.roles import Role
from app.appendix_issue.issuing import issue
from app.appendix_issue.wish import Wish
from app.db import Database
from app.past.reading import TWIN
from claims.vocabulary import Profile
from sources.models import Snapshot
from sources.store import Store
from tests.app.jobs.waiting import a_job
from tests.app.past.test_registers import Register
from tests.app.views.visit import Visit
from tests.claims.outside import claims_in_text, invited
from tests.claims.sorting import an_article_to_sort

ASKS = "a form: what it will change has a twin"
FILE = "a file, handed out as it is"
LEADS = "leads to another page"
MACHINE = "already speaks to programs"
NO_TWIN = {
    "accounts.link": ASKS,
    "accounts.sign_in": ASKS,
    "administration.index": LEADS,
    "administration.new": ASKS,
    "answers.page": "somebody outside the desk is asked there, never a program",
    "appendix_issues.again": FILE,
    "appendix_issues.proof": FILE,
    "article_sign_offs.emergency": ASKS,
    "articles.new": ASKS,
    "articles.received": FILE,
    "assessments.new": ASKS,
    "captures.record": FILE,
    "citations.choose": ASKS,
    "verifying.choose": ASKS,
    "citations.listed": FILE,
    "citations.of_article": FILE,
    "citations.one": FILE,
    "snapshots.download": FILE,
    "claim_edits.edit": ASKS,
    "claim_figures.edit": ASKS,
    "claim_figures.new": ASKS,
    "claim_figures.removal": ASKS,
    "claims.dropping": ASKS,
    "claims.reopening": ASKS,
    "claims.submission": ASKS,
    "claims.waiver": ASKS,
    "claims_by_hand.new": ASKS,
    "comments.index": LEADS,
    "comments.reply": ASKS,
    "contest_dues.edit": ASKS,
    "contested.as_csv": MACHINE,
    "contests.blockage": ASKS,
    "deadlines.edit": ASKS,
    "looks.report_as_csv": MACHINE,
    "looks.taking": ASKS,
    "looks.watching": ASKS,
    "prints.page": "the article's own twin has what it prints",
    "queue.as_csv": MACHINE,
    "watching.article": MACHINE,
    "watching.claim": MACHINE,
    "confidences.page": "what is told in confidence leaves by one door only",
    "contests.new": ASKS,
    "contests.settlement": ASKS,
    "contests.withdrawal": ASKS,
    "evidence.edit": ASKS,
    "evidence.new": ASKS,
    "evidence.withdrawal": ASKS,
    "figures.reconciling": ASKS,
    "formulas.calculating": ASKS,
    "formulas.edit": ASKS,
    "formulas.new": ASKS,
    "formulas.withdrawal": ASKS,
    "health.health": MACHINE,
    "health.version": MACHINE,
    "invitations.acceptance": ASKS,
    "invitations.new": ASKS,
    "merges.page": ASKS,
    "confirming.page": ASKS,
    "factors.new_passkey": ASKS,
    "factors.new_telephone": ASKS,
    "factors.picture": "a seed leaves as a picture for a camera, once",
    "factors.setting_up": "a seed is shown to whoever sets it up, never to a program",
    "second_step.page": ASKS,
    "own_account.password": ASKS,
    "provider.answer": LEADS,
    "provider.own": ASKS,
    "passages.read": "a part of the form of evidence, for the script beside it",
    "questions.as_csv": MACHINE,
    "restorations.new": ASKS,
    "sign_offs.page": ASKS,
    "snoozes.new": ASKS,
    "sources.edit": ASKS,
    "sources.new": ASKS,
    "static": FILE,
    "triage.editing": ASKS,
    "versions.new": ASKS,
}
"""The pages without a twin and the reason, by endpoint; a new page has a twin or a line here."""
CANARY = "canary-5d1f"
IMAGES = frozenset({"old", "new", "changes"})
"""Of a token or a link the ledger holds the SHA-256 in its images, so that a swap is noticed."""
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def pages(app: Flask) -> list[Rule]:
    """The addresses that answer GET and are no twins themselves."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.endswith(twins.ENDING)
    ]


def twin_rules(app: Flask) -> dict[str, str]:
    """The endpoints of the twins by their patterns."""
    rules = app.url_map.iter_rules()
    return {rule.rule: rule.endpoint for rule in rules if rule.rule.endswith(twins.ENDING)}


def alone(app: Flask) -> set[str]:
    """The endpoints of pages that have neither a twin nor a reason."""
    known = twin_rules(app)
    return {
        rule.endpoint
        for rule in pages(app)
        if twins.twin_of(rule.rule) not in known and rule.endpoint not in NO_TWIN
    }


class Furnished:
    """A desk on which every page with a twin has something to show."""

    def __init__(self, database: Database) -> None:
        """Write it down and note what the addresses name."""
        self.register = Register(database)
        with database.writing("editor:li.wei") as session:
            invitation = invited(session, *claims_in_text(session)[:1]).invitation
            sorting = an_article_to_sort(session).article.key
            job = a_job(
                session, "system:test", subject_table="claim", subject_id=str(self.register.claim)
            )
        store = Store(database.settings.store)
        for wish in (Wish(self.register.key), Wish(self.register.key, Profile.PUBLIC)):
            issue(database, store, wish, by="editor:li.wei")
        self.lead, self.admin = Visit(database, Role.DESK_LEAD), Visit(database, Role.ADMIN)
        self.lead.post(
            f"/sources/{self.register.source}/snapshots",
            file=(io.BytesIO(b"5 %"), "page.txt"),
        )
        self.lead.post("/account/tokens", 200, name="board", scopes=["read"], days="90")
        with database.reading() as session:
            snapshot = session.scalars(select(Snapshot.id).order_by(Snapshot.id.desc())).first()
            account = session.scalars(select(Account.id)).first()
        self.named: dict[str, Any] = {
            "key": self.register.key,
            "claim_id": self.register.claim,
            "evidence_id": self.register.item,
            "invitation_id": invitation.id,
            "snapshot_id": snapshot,
            "account_id": account,
            "job_id": job.id,
            "number": 2,
            "eid": 60,
            "name": "roles-changed",
            "topic": "review",
        }
        self.sorting = sorting

    def address(self, rule: Rule) -> str:
        """An address of this kind at which there is something to see."""
        named = dict(self.named)
        if rule.endpoint.startswith(("sources.", "looks.")):
            named["key"] = self.register.source
        if rule.endpoint.startswith("publishers."):
            named["key"] = "trendforce"
        if rule.endpoint.startswith(("triage.", "differences.")):
            named["key"] = self.sorting
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(named[found[1]]), rule.rule)

    def all(self) -> list[Visit]:
        """Everybody who looks."""
        return [self.lead, self.admin]

    def get(self, address: str) -> Any:
        """Fetch it as a desk lead, or where that is not enough as an administrator."""
        answer = self.lead.client.get(address)
        return self.admin.client.get(address) if answer.status_code == 403 else answer


@pytest.fixture
def furnished(sqlite_database: Database) -> Furnished:
    return Furnished(sqlite_database)


def identifiers(app: Flask, page: str) -> Iterator[str]:
    """What the main part of a page names: keys that stand in it, and what its links lead to."""
    found = MAIN.search(page)
    assert found is not None
    yield from KEY.findall(found[0])
    router = app.url_map.bind("localhost")
    for link in LINK.findall(found[0].replace("&amp;", "&")):
        for method in ("GET", "POST"):
            try:
                _endpoint, named = router.match(urlsplit(link).path, method=method)
            except HTTPException:
                continue
            yield from (str(value) for name, value in named.items() if name in {"key", "eid"})


def rows(found: Any) -> Iterator[dict[str, Any]]:
    """The rows a twin lists, but for images in the ledger and what an appendix would say."""
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict) and "id" in one)
    if isinstance(found, dict):
        for name, value in found.items():
            if name not in {"entries", "lately", "preview"}:
                yield from rows(value)


def marks(row: dict[str, Any]) -> list[str]:
    """What a page may know a row by: its identifier, its key, its number, its name or its words."""
    known = [
        row["id"],
        row.get("key"),
        row.get("name"),
        row.get("stated_text"),
        row.get("sentence"),
    ]
    if isinstance(number := row.get("number"), int):
        known += [f"-{number:02d}", f"-{number}", f"at={number}", f"claim={number}"]
    return [str(mark) for mark in known if mark]


def test_every_page_has_a_twin_or_a_reason_u22(sqlite_database: Database) -> None:
    app = Visit(sqlite_database).app
    assert alone(app) == set()
    with_twin = {
        rule.endpoint for rule in pages(app) if twins.twin_of(rule.rule) in twin_rules(app)
    }
    assert set(NO_TWIN) <= {rule.endpoint for rule in pages(app)} - with_twin
    app.view_functions["newcomer"] = lambda: ""
    app.url_map.add(app.url_rule_class("/newcomer", endpoint="newcomer", methods=["GET"]))
    assert alone(app) == {"newcomer"}


def test_a_twin_names_what_its_page_names_u22(furnished: Furnished) -> None:
    app, known = furnished.lead.app, twin_rules(furnished.lead.app)
    compared, complaints = 0, list[str]()
    for rule in pages(app):
        if twins.twin_of(rule.rule) not in known:
            continue
        address = furnished.address(rule)
        page, twin = furnished.get(address), furnished.get(twins.twin_of(address))
        complaints += [
            f"{a.status_code} {a.request.path}" for a in (page, twin) if a.status_code != 200
        ]
        if page.status_code != 200 or twin.status_code != 200 or page.mimetype != "text/html":
            continue
        told = json.dumps(twin.json, ensure_ascii=False) + address
        wanted = set(identifiers(app, page.text))
        complaints += [f"{address} names {one}" for one in sorted(wanted) if one not in told]
        complaints += [
            f"{address} does not show {row}"
            for row in rows(twin.json)
            if not any(mark in page.text for mark in marks(row))
        ]
        assert f'type="application/json" href="{twins.twin_of(address)}"' in page.text
        compared += 1
    assert not complaints, "\n".join(complaints)
    assert compared > 30


def test_a_twin_has_a_past_where_its_page_has_one_u22(furnished: Furnished) -> None:
    app, known, at = furnished.lead.app, twin_rules(furnished.lead.app), furnished.register.then
    for rule in pages(app):
        twin = known.get(twins.twin_of(rule.rule))
        if twin is None or not getattr(app.view_functions[rule.endpoint], TWIN, False):
            continue
        assert getattr(app.view_functions[twin], TWIN, False), twin
        answer = furnished.get(f"{twins.twin_of(furnished.address(rule))}?at={at}")
        if answer.status_code == 200 and "as_of" in (answer.json or {}):
            assert answer.json["as_of"]["position"] == at, twin


def named(found: Any) -> Iterator[str]:
    """Every name in an answer, but for the images of the ledger's rows."""
    if isinstance(found, list):
        for one in found:
            yield from named(one)
    if isinstance(found, dict):
        yield from found
        for name, value in found.items():
            if name not in IMAGES:
                yield from named(value)


def test_no_twin_tells_a_secret_to_whoever_may_read_most(furnished: Furnished) -> None:
    """T-SEC: what is secret is shown nowhere."""
    database, app = furnished.lead.database, furnished.lead.app
    furnished.lead.client.put("/drafts/claim/x", data={"kind": CANARY})
    with database.reading() as session:
        account = session.scalars(select(Account).order_by(Account.id)).all()
        hidden = {value for row in account for value in (row.password_hash, row.session_token)}
        hidden |= set(session.scalars(select(OpenSession.key_sha256)))
        hidden |= {database.settings.secret_key, database.key.hex(), CANARY}
    told = 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.endswith(twins.ENDING):
            continue
        answers = [one.client.get(furnished.address(rule)) for one in furnished.all()]
        for answer in answers:
            if answer.status_code != 200 or answer.json is None:
                continue
            told += 1
            assert twins.PRIVATE.isdisjoint(named(answer.json)), answer.request.path
            assert not [one for one in hidden if one in answer.text], answer.request.path
            assert answer.headers["Cache-Control"] == "no-store", answer.request.path
    assert told > 30
