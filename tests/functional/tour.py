"""One address of every page of the desk, of its errors and its empty states."""

import datetime as dt
import io
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.appendix_issue.issuing import issue
from app.appendix_issue.making import made_at_once
from app.appendix_issue.wish import Wish
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from claims.comments import add_comment
from claims.models import Claim, Comment, Contest, Evidence, Finding, Invitation, Observation
from claims.new_version import add_version
from claims.text import read_text
from claims.triage import accept, reject
from claims.triage_vocabulary import RejectionReason
from claims.vocabulary import Profile
from sources.base import now
from sources.models import Snapshot, Source
from sources.registry import add_source
from sources.snapshots import take_in
from sources.store import Store
from tests.app.jobs.waiting import a_job
from tests.claims.outside import invited
from tests.claims.sorting import TEXT, an_article_to_sort
from tests.claims.watching.pages import seen
from tests.functional.conftest import Desk

BY, LOOKER = "editor:lin.yi", "editor:zhou.qi"
CLAIM = 5
SORTING = "order"
TABLE = "公司,份额（%）\n长江存储,4.6\n三星,33.1\n".encode()
NOT_PAGES = {
    "accounts.link": "the form of own_account.password, behind a link that is shown once",
    "administration.index": "leads to the accounts",
    "answers.page": "is without the desk's frame: test_answers looks at it",
    "appendix_issues.again": "a file",
    "appendix_issues.proof": "a file",
    "captures.record": "a file",
    "articles.received": "a file",
    "comments.index": "leads to the claim",
    "confirming.page": "asks whoever proved nothing for a while: test_factors looks at it",
    "factors.picture": "a picture",
    "factors.setting_up": "a seed that is being set up: test_factors looks at it",
    "second_step.page": "between two steps of signing in: test_factors looks at it",
    "feeds.claim_reviews": "an answer for machines",
    "formulas.edit": "the form of formulas.calculating, filled in",
    "formulas.withdrawal": "the form of evidence.withdrawal",
    "health.health": "an answer for machines",
    "health.version": "an answer for machines",
    "invitations.acceptance": "needs an answer from outside: test_answers looks at it",
    "looks.report_as_csv": "a file",
    "provider.answer": "leads on, or says what went wrong: test_oidc goes there",
    "provider.own": "asks whoever came back from a provider: test_oidc looks at it",
    "passages.read": "an answer for scripts",
    "citations.listed": "a file",
    "citations.of_article": "a file",
    "citations.one": "a file",
    "snapshots.download": "a file",
    "static": "files",
    "watching.article": "an answer for scripts",
    "watching.claim": "an answer for scripts",
}
"""What answers GET and is not looked at here, with the reason."""


def furnish(desk: Desk) -> None:
    """Add what the sample lacks: an article to sort, two versions, a remark, a question, a copy."""
    with desk.database.writing(BY) as session:
        version = an_article_to_sort(session, f"{TEXT}份额再说一遍。", title="Order")
        accept(session, version, 1, by=BY)
        reject(session, version, 4, RejectionReason.OPINION, by=BY)
        changed = version.text.replace("1%", "2%").replace("份额", "占比", 1)
        add_version(session, version.article, read_text(changed), by=BY)
        claim = session.scalars(select(Claim).where(Claim.number == CLAIM)).one()
        add_comment(session, claim, by=BY, body="口径是按收入还是按出货？")
        invited(session, claim)
        add_source(session, by=LOOKER, title="Somebody", confidential=True)
        source = session.scalars(select(Source).order_by(Source.id)).all()[0]
        store = Store(desk.database.settings.store)
        take_in(session, store, source, io.BytesIO(TABLE), "份额.csv", BY)
        seen(session, next(one for one in claim.evidence if one.source_id))
        _leave_jobs(session)
    issued = issue(desk.database, store, Wish("ten-years"), by=BY)
    issue(desk.database, store, Wish("ten-years", Profile.PUBLIC, "both"), by=BY)
    made_at_once(desk.database, store, issued.key, ["md"], by=BY)


def _leave_jobs(session: Session) -> None:
    """Leave a job that runs, with a long name for what it does, and one that failed."""
    source = session.scalars(select(Source.id)).first()
    about = {"subject_table": "source", "subject_id": str(source)}
    lease = {"holder": "0" * 32, "leased_until": now() + dt.timedelta(minutes=30), "attempts": 1}
    running = {"state": JobState.RUNNING, "done": 3, "total": 10, **lease}
    a_job(
        session,
        BY,
        words={"zh": "已读取 3 页，共 10 页", "en": "3 of 10 pages read"},
        **about,
        **running,
    )
    told = {"zh": "网站太慢：30 秒内没有传完。", "en": "The site is too slow: 30 seconds."}
    failed = {"state": JobState.FAILED, "finished_at": now(), "attempts": 5, "code": "fetch_slow"}
    a_job(session, BY, error=told, reference="0" * 32, **about, **failed)


def pages(desk: Desk) -> list[str]:
    """Return one address of every kind of page, and of the states in which it looks different."""
    rows = found(desk)
    return [
        *HOME,
        *(f"/articles/{SORTING}{path}" for path in OF_AN_ARTICLE_TO_SORT),
        *(f"/articles/ten-years{path}" for path in OF_AN_ARTICLE),
        *(f"{desk.claim_path(CLAIM)}{path}" for path in OF_A_CLAIM),
        *(f"/evidence/{rows['evidence']}{path}" for path in ("", "/edit", "/withdraw")),
        *(f"/contests/{rows['contest']}{path}" for path in OF_A_CONTEST),
        *(f"/figures/{rows['figure']}{path}" for path in ("/edit", "/remove")),
        f"/figures/{rows['figure']}/against/{rows['other']}",
        f"/findings/{rows['finding']}/waiver",
        f"/comments/{rows['comment']}/reply",
        f"/invitations/{rows['invitation']}",
        *(f"/jobs/{rows[name]}" for name in ("running", "failed")),
        *(f"/sources/zdnetkr-2025-02-24{path}" for path in ("", "/edit", "/recheck", "/watch")),
        f"{desk.claim_path(CLAIM)}/evidence/new?source={rows['kept']}&snapshot={rows['snapshot']}",
        f"{desk.claim_path(CLAIM)}/evidence/new?origin=person",
        f"/snapshots/{rows['snapshot']}",
        f"/snapshots/{rows['snapshot']}?q=份额&where=B2",
        f"/sources/zdnetkr-2025-02-24/merge/{rows['source']}",
        f"/sources/{rows['confidential']}/contacts",
        f"/observations/{rows['observation']}/take",
        *RECORD,
        f"/articles/ten-years?claim={CLAIM}&at=700",
        f"{desk.claim_path(CLAIM)}?at=700",
    ]


def administration(desk: Desk) -> list[str]:
    """Return the addresses that only an administrator may open."""
    with desk.database.reading() as session:
        account = session.scalar(select(Account.id).order_by(Account.name))
    names = ("accounts", "accounts/new", "roles", "policy", "tokens", "health")
    of_one = [f"/admin/accounts/{account}{path}" for path in ("", "/identities")]
    return [*(f"/admin/{name}" for name in names), *of_one]


def found(desk: Desk) -> dict[str, Any]:
    """Return the identifiers of rows whose pages are visited."""
    with desk.database.reading() as session:
        claim = session.scalars(select(Claim).where(Claim.number == CLAIM)).first()
        other = session.scalars(select(Claim).where(Claim.number == CLAIM + 1)).first()
        assert claim is not None
        assert other is not None
        return {
            "evidence": session.scalar(select(Evidence.id).where(Evidence.claim_id == claim.id)),
            "contest": session.scalar(select(Contest.id).where(Contest.outcome.is_(None))),
            "figure": claim.figures[0].id,
            "source": session.scalar(select(Source.key).where(Source.confidential.is_(False))),
            "confidential": session.scalar(select(Source.key).where(Source.confidential)),
            "other": other.figures[0].id,
            "finding": session.scalar(select(Finding.id)),
            "observation": session.scalar(select(Observation.id)),
            "comment": session.scalar(select(Comment.id)),
            "snapshot": session.scalar(select(Snapshot.id)),
            "kept": session.scalar(select(Source.key).join(Source.snapshots)),
            "invitation": session.scalar(select(Invitation.id)),
            "running": session.scalar(select(Job.id).where(Job.state == JobState.RUNNING)),
            "failed": session.scalar(select(Job.id).where(Job.state == JobState.FAILED)),
        }


HOME = (
    "/",
    "/?snoozed=1",
    "/search?q=三星",
    "/search?q=nothing-has-this-name",
    "/account",
    *(f"/account/{what}" for what in ("keys", "password", "sessions", "identities", "tokens")),
    "/account/factors",
    "/account/factors/passkey",
    "/account/factors/telephone",
    "/queue",
    "/queue/filters",
    "/queue?status=refuted&contested=1",
    "/queue?stage=dropped",
    "/queue?at=700",
    "/articles",
    "/articles/new",
    "/figures?q=三星",
    "/sources",
    "/sources/rot",
    "/sources/rot?risk=changed",
    "/sources?q=nothing-has-this-name",
    "/sources/new",
    "/sources/import",
    "/verify-appendix",
    "/publishers",
    "/publishers?text=nobody-at-all",
    "/publishers/trendforce",
    "/contested",
    "/jobs",
    "/jobs?state=cancelled",
    "/help",
    "/help/figures-and-intervals",
)
OF_AN_ARTICLE_TO_SORT = (
    "",
    "/intake",
    "/intake?at=2",
    "/intake/2/edit",
    "/numbers",
    "/numbers?view=dismissed",
    "/differences",
    "/claims/new",
    "/claims/new?quote=2024",
    "/claims/new?quote=nowhere",
    "/versions/new",
    "/v/2",
)
OF_AN_ARTICLE = (
    f"?claim={CLAIM}",
    "/print",
    "/deadline",
    "/sign-off",
    "/emergency",
    "/intake",
    "/appendix",
    "/appendix?profile=public&language=both&style=apa",
    "/appendix/1",
    "/appendix/2/reviews",
)
OF_A_CLAIM = (
    "",
    "/history",
    "/history?order=oldest",
    "/assessment",
    "/calculations/new",
    "/contests/new",
    "/drop",
    "/edit",
    "/evidence/new",
    "/figures/new",
    "/formulas/new",
    "/freshness",
    "/invitations/new",
    "/reopen",
    "/sign-off",
    "/snooze",
    "/submit",
)
OF_A_CONTEST = ("/block", "/due", "/settle", "/withdraw")
RECORD = (
    "/audit",
    "/audit/900",
    "/audit/900/restore",
    "/audit?at=700&q=5",
    "/audit/migrations",
    f"/audit/compare?a=500&claim=ten-years/{CLAIM}",
    "/audit/questions",
    "/audit/questions/roles-changed",
    "/audit/verify",
)
REFUSED = {"/audit/900/restore": 422, "/nowhere": 404, "/articles/no-such-article": 404}
"""Addresses that are answered with an error, and with which."""


def unvisited(app: Flask, visited: list[str]) -> set[str]:
    """Return the endpoints of pages that are neither visited nor excused."""
    doors = app.url_map.bind("desk.example")
    seen = {doors.match(path.partition("?")[0])[0] for path in visited}
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.rule.endswith((".json", ".csv"))
        and rule.endpoint not in seen | NOT_PAGES.keys()
    }
