"""A desk with one of everything, and two people whose roles are set as a test needs them.

``owner`` has what belongs to a person; ``stranger`` has nothing of it. Whoever made everything else
is a third, so that what a role may do is asked of somebody who had no part in it.
"""

import io
import secrets
import uuid
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import captures
from app.accounts import drafts, identities, tokens
from app.accounts.factor_models import Factor
from app.accounts.models import Account, OpenSession
from app.accounts.roles import Role
from app.accounts.saved_filters import keep
from app.accounts.signin import add_account
from app.accounts.vocabulary import FactorKind, Scope
from app.appendix_issue.issuing import issue
from app.appendix_issue.making import made_at_once
from app.appendix_issue.wish import Wish
from app.db import Database
from app.defaults import QUOTAS
from app.jobs.vocabulary import JobState
from claims import fates
from claims.comments import add_comment
from claims.differences import read_again
from claims.intake import add_article
from claims.models import Article, Claim
from claims.new_version import add_version
from claims.snoozes import snooze
from claims.text import read_text
from claims.triage import accept_all
from claims.vocabulary import Profile
from sources import attempts
from sources.base import now
from sources.errors import Missing
from sources.models import Snapshot, Source
from sources.registry import add_source
from sources.snapshots import take_in
from sources.store import Store
from sources.vocabulary import Capture
from tests.app.access.confidence import a_closed_source
from tests.app.access.duties import duties
from tests.app.access.sorting import sorted_partly
from tests.app.browser import PASSWORD, Person
from tests.app.forms.stands import Stands
from tests.app.jobs.waiting import a_job
from tests.claims.newsroom import a_claim, a_submitted_claim, a_version, assessed, attached
from tests.claims.sorting import an_article_to_sort
from tests.claims.test_awaited import a_wait, comes
from tests.claims.test_differences import age
from tests.sources.stories import WIRE, copy, kept

STRANGER, OWNER, SHUT, HALF = "mo.sheng", "zhu.ren", "jiu.ren", "deng.dai"
MAKER = "editor:li.wei"
TWICE = "三家航运公司各付12万元。"
TEXT = f"临海港去年吞吐量达到1.26亿吨，比上一年增长8.4%。\n因哮喘就诊的儿童增加到60余例。\n{TWICE}"
CHANGED = TEXT.replace("8.4%", "8.7%").replace("因哮喘就诊", "患哮喘就诊")
CHANGED = CHANGED.replace(TWICE, f"先说一句。{TWICE}又说一句。\n后来：{TWICE}")


class AccessDesk(Stands):
    """A desk on which everything that an address can name is there."""

    def __init__(self, database: Database) -> None:
        """Make it all, then note what the addresses name."""
        super().__init__(database)
        self.database, self.store = database, Store(database.settings.store)
        with database.writing("system:test") as session:
            self.accounts = {
                name: _account(session, name) for name in (STRANGER, OWNER, SHUT, HALF)
            }
        self.owner, self.stranger = f"editor:{OWNER}", f"editor:{STRANGER}"
        with database.writing(MAKER) as session:
            self._articles(session)
            self._copies(session)
            self.sorted = sorted_partly(session, self.sorting, self.stranger)
            self.closed = a_closed_source(session, self.store, database.settings, self.owner)
        with database.writing(self.owner) as session:
            self.duty = duties(session, self.owner)
            self._personal(session)
        self._issued()
        self.app.config.update(WTF_CSRF_ENABLED=False)
        # Nobody asks as much as a test that asks everything.
        much = dict.fromkeys(QUOTAS, 10**6)
        database.settings = replace(database.settings, quotas=much)
        self.people = {name: Person(self.app, name) for name in (STRANGER, OWNER)}
        self._acts()

    def _articles(self, session: Session) -> None:
        """Two versions of an article, and claims that are ready, signed off and waiting."""
        for article in session.scalars(select(Article).where(~Article.versions.any())):
            session.add(a_version(article, 1, "2024 年的份额为 5%。"))
        version = add_article(
            session,
            read_text(TEXT),
            title="Harbour",
            language="zh-Hans",
            published="2026-02-01",
            file_name=None,
            by=MAKER,
        ).versions[0]
        accept_all(session, version, by=MAKER)
        self.store.put(io.BytesIO(CHANGED.encode()))
        add_version(session, version.article, read_text(CHANGED), by=MAKER)
        self.harbour = version.article.key
        found = fates.fates(session, *fates.versions_of(session, self.harbour, 2))
        self.fates = {fate.state: (fate.claim.id, fate.candidates) for fate in found}
        aged = an_article_to_sort(session)
        age(session, aged)
        read_again(session, aged, by=MAKER)
        self.aged = aged.article.key
        ready = a_claim(session)
        session.add(a_version(ready.article, 1, "2024 年的份额为 5%。"))
        attached(session, ready)
        assessed(session, ready)
        self.ready = ready.id
        late = a_submitted_claim(session)
        session.add(a_version(late.article, 1, "2024 年的份额为 5%。"))
        item, attempt = a_wait(session, late)
        comes(session, attempt)
        self.late = item.id

    def _copies(self, session: Session) -> None:
        """Copies of a source, an entry like it, one at a publisher's address, and one that fell."""
        source = session.scalars(select(Source).where(Source.key == self.desk.source_key)).one()
        source.url = "https://example.org/report"
        self.twin = add_source(session, by=MAKER, title="Twin", url="https://m.example.org/a").key
        self.wire = add_source(session, by=MAKER, url="https://www.trendforce.com/x").key
        text = io.BytesIO("份额为 5%。".encode())
        self.copy = take_in(session, self.store, source, text, "report.txt", MAKER).id
        self.story = kept(session, WIRE["en"], issued="2025-11-25").key
        self.reprint = kept(session, copy("en", 1), issued="2025-11-26").key
        wire = session.scalars(select(Source).where(Source.key == self.wire)).one()
        page = self.store.put(io.BytesIO(b"<title>It says</title>")).sha256
        facts = {"sha256": page, "media_type": "text/html", "size": 22, "created_by": MAKER}
        session.add(Snapshot(source=wire, capture=Capture.WEB, page_title="It says", **facts))
        session.flush()
        captures.ask(session, source, by=MAKER)
        fallen = attempts.ask(session, wire, by=MAKER)
        record = self.store.put(io.BytesIO(b"record")).sha256
        problem = Missing("gone", {"zh": "没有", "en": "gone"})
        attempts.answered(session, fallen, problem, 404, "https://www.trendforce.com/x", record)
        self.fallen = fallen.id

    def _personal(self, session: Session) -> None:
        """What belongs to a person: a draft, a filter, a token, a remark, jobs, a claim aside."""
        me, by = self.accounts[OWNER], self.owner
        drafts.keep(session, me, drafts.Key("comment", "mine"), {"body": ["half"]}, None)
        kept = {"name": "Own", "query": "view=mine", "by": by}
        self.filter = keep(session, me, shared=False, **kept).id
        self.shared = keep(session, me, shared=True, **{**kept, "name": "All"}).id
        self.token = tokens.issue(session, me, "reads", [Scope.READ], 30, by).row.id
        self.revocable = tokens.issue(session, me, "reads too", [Scope.READ], 30, by).row.id
        account = session.get_one(Account, me)
        known = {"issuer": "https://id.example", "subject": "1", "label": "Example"}
        self.identity = identities.bind(session, account, **known, by=by).id
        claim = session.get_one(Claim, self.desk.claim_id)
        self.own_item = claim.evidence[0].id
        self.remark = add_comment(session, claim, by=by, body="Mine.").id
        snooze(session, claim, by=self.stranger)
        snooze(session, claim, by=by)
        source = session.scalars(select(Source).where(Source.key == self.desk.source_key)).one()
        about = {"subject_table": "source", "subject_id": str(source.id)}
        failed = {"state": JobState.FAILED, "finished_at": now(), "code": "slow"}
        self.failed = a_job(session, by, **about, **failed).id
        self.queued = a_job(session, by, **about).id

    def _issued(self) -> None:
        """Appendices for the editor and the public, and one for the house that names a secret."""
        for profile in (Profile.EDITOR, Profile.PUBLIC):
            found = issue(self.database, self.store, Wish(self.told, profile), by=MAKER)
            made_at_once(self.database, self.store, found.key, ["html", "csv"], by=MAKER)
        wish = Wish(self.closed["article"], Profile.INTERNAL)
        closed = issue(self.database, self.store, wish, by=MAKER)
        made_at_once(self.database, self.store, closed.key, ["json", "csv"], by=MAKER)

    def _acts(self) -> None:
        """What each did a moment ago and may undo, a token of each scope, and open sessions."""
        self.undo: dict[str, uuid.UUID] = {}
        for name, person in self.people.items():
            sent = {"body": "To be undone.", "receipt": secrets.token_urlsafe(16)}
            done = person.client.post(f"{self.desk.path}/comments", data=sent)
            assert done.status_code == 303, done.text
            self.undo[name] = uuid.UUID(done.headers["X-Request-ID"])
        with self.database.writing("system:test") as session:
            made = [_passkey(session, self.accounts[name]) for name in (OWNER, HALF)]
        self.factor = made[0]
        self.waiting = Person(self.app, HALF).client
        self.passes: dict[str, str] = {}
        with self.database.writing(self.stranger) as session:
            for scope in Scope:
                me, by = self.accounts[STRANGER], self.stranger
                self.passes[scope] = tokens.issue(session, me, scope, [scope], 30, by).text
        with self.database.reading() as session:
            own = select(OpenSession.id).where(OpenSession.account_id == self.accounts[OWNER])
            self.session = session.scalars(own).one()


def _passkey(session: Session, account_id: uuid.UUID) -> uuid.UUID:
    """A second factor, as far as the desk knows."""
    known = {"credential_id": account_id.hex, "public_key": "key", "created_by": "system:test"}
    row = Factor(
        account_id=account_id, kind=FactorKind.PASSKEY, name="key", confirmed_at=now(), **known
    )
    session.add(row)
    session.flush()
    return row.id


def _account(session: Session, name: str) -> uuid.UUID:
    made = add_account(
        session,
        name=name,
        display_name=name,
        password=PASSWORD,
        roles=set(Role),
        by="system:test",
    )
    made.active = name != SHUT
    session.flush()
    return made.id
