"""Every page that shows the record can be read as of a moment, or says why it has no past."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from app.accounts.roles import Role
from app.db import Database
from app.past.reading import TWIN
from tests.app.past.story import CHANGING, dated
from tests.app.past.test_registers import Register
from tests.app.views.visit import Visit

ASKS = "a form: it asks for an act of today"
LEDGER = "the ledger itself, which is the past"
SAME = "it never changes"
WORK = "what the desk does now, outside the record: what came of it has its own past"
TODAY = "whether an address answers is asked of today: what the looks found has its own past"
ADMITTED = "who is let in, and with what, is a matter of today: the ledger tells the rest"
TABLE = "a table that comes with the product, and what the desk has of it today"
NO_PAST = {
    "accounts.link": ASKS,
    "accounts.sign_in": ASKS,
    "administration.account": ADMITTED,
    "administration.account_as_json": ADMITTED,
    "administration.accounts": ADMITTED,
    "administration.accounts_as_json": ADMITTED,
    "administration.all_tokens": ADMITTED,
    "administration.health": ADMITTED,
    "administration.health_as_json": ADMITTED,
    "administration.index": "leads to the accounts",
    "administration.new": ASKS,
    "administration.policy": ADMITTED,
    "administration.policy_as_json": ADMITTED,
    "administration.roles": ADMITTED,
    "administration.roles_as_json": ADMITTED,
    "administration.tokens_as_json": ADMITTED,
    "answers.page": "somebody outside the desk sees what was asked, and nothing else",
    "appendix_issues.again": SAME,
    "appendix_issues.proof": SAME,
    "article_sign_offs.emergency": ASKS,
    "articles.new": ASKS,
    "assessments.new": ASKS,
    "audit.entry": LEDGER,
    "audit.entry_as_json": LEDGER,
    "audit.migrations": LEDGER,
    "audit.migrations_as_json": LEDGER,
    "audit.verify": LEDGER,
    "audit.verify_as_json": LEDGER,
    "captures.record": SAME,
    "citations.choose": ASKS,
    "verifying.choose": ASKS,
    "citations.of_article": "a file for other programs, of what is known today",
    "claim_edits.edit": ASKS,
    "claim_figures.edit": ASKS,
    "claim_figures.new": ASKS,
    "claim_figures.removal": ASKS,
    "claims.dropping": ASKS,
    "claims.reopening": ASKS,
    "claims.submission": ASKS,
    "claims.waiver": ASKS,
    "claims_by_hand.new": ASKS,
    "comments.index": "leads to the claim",
    "comments.reply": ASKS,
    "confidences.page": ADMITTED,
    "merges.page": ASKS,
    "publishers.at": TABLE,
    "publishers.index": TABLE,
    "publishers.index_as_json": TABLE,
    "publishers.page": TABLE,
    "publishers.page_as_json": TABLE,
    "comparison.as_json": "two moments of its own",
    "comparison.page": "two moments of its own",
    "contest_dues.edit": ASKS,
    "confirming.page": ASKS,
    "contests.blockage": ASKS,
    "contests.new": ASKS,
    "contests.settlement": ASKS,
    "contests.withdrawal": ASKS,
    "differences.as_json": "work on the newest reading: what was taken over stands in the claims",
    "deadlines.edit": ASKS,
    "looks.report": TODAY,
    "looks.report_as_csv": TODAY,
    "looks.rot_as_json": TODAY,
    "looks.taking": ASKS,
    "looks.watching": ASKS,
    "differences.page": "work on the newest reading: what was taken over stands in the claims",
    "evidence.edit": ASKS,
    "evidence.new": ASKS,
    "evidence.withdrawal": ASKS,
    "figures.reconciling": ASKS,
    "factors.as_json": ADMITTED,
    "factors.new_passkey": ASKS,
    "factors.new_telephone": ASKS,
    "factors.page": ADMITTED,
    "factors.picture": ASKS,
    "factors.setting_up": ASKS,
    "second_step.page": ASKS,
    "feeds.claim_reviews": "what is fetched now; each issue stays what it is",
    "formulas.calculating": ASKS,
    "formulas.edit": ASKS,
    "formulas.new": ASKS,
    "formulas.withdrawal": ASKS,
    "health.health": "the server of today",
    "health.version": "the server of today",
    "help.as_json": "the product of today",
    "help.index": "the product of today",
    "help.index_as_json": "the product of today",
    "help.page": "the product of today",
    "home.as_json": "whose turn it is today",
    "home.page": "whose turn it is today",
    "invitations.acceptance": ASKS,
    "invitations.as_json": "whether a link still works is a matter of today",
    "invitations.new": ASKS,
    "invitations.page": "whether a link still works is a matter of today",
    "jobs.index": WORK,
    "jobs.index_as_json": WORK,
    "jobs.one": WORK,
    "jobs.one_as_json": WORK,
    "key_choices.as_json": "the keys of whoever reads",
    "key_choices.page": "the keys of whoever reads",
    "identities.account_as_json": ADMITTED,
    "identities.as_json": ADMITTED,
    "identities.of_account": ADMITTED,
    "identities.page": ADMITTED,
    "own_account.as_json": ADMITTED,
    "own_account.own_tokens": ADMITTED,
    "own_account.page": ADMITTED,
    "own_account.password": ASKS,
    "provider.answer": "leads on, or says what went wrong",
    "provider.own": ASKS,
    "passages.read": ASKS,
    "own_account.sessions_as_json": ADMITTED,
    "own_account.signed_in": ADMITTED,
    "own_account.tokens_as_json": ADMITTED,
    "questions.as_csv": LEDGER,
    "questions.as_json": LEDGER,
    "questions.index": LEDGER,
    "questions.index_as_json": LEDGER,
    "questions.page": LEDGER,
    "restorations.new": ASKS,
    "reviews.as_json": SAME,
    "reviews.page": SAME,
    "search.as_json": "finds what is there today",
    "search.page": "finds what is there today",
    "sign_offs.page": ASKS,
    "saved_filters.as_json": "what a person keeps today",
    "saved_filters.index": "what a person keeps today",
    "snapshots.download": SAME,
    "snoozes.new": ASKS,
    "source_choices.found": ASKS,
    "sources.edit": ASKS,
    "sources.new": ASKS,
    "static": "the product of today",
    "triage.as_json": "a desk for work: what was accepted stands in the claims",
    "triage.editing": ASKS,
    "triage.page": "a desk for work: what was accepted stands in the claims",
    "versions.new": ASKS,
    "watching.article": "who is there now, and what was saved since",
    "watching.claim": "who is there now, and what was saved since",
}
"""The pages without a past and the reason, by endpoint; a new page has a past or a line here."""
REACHED = {
    "articles.index",
    "articles.page",
    "article_sign_offs.page",
    "appendices.page",
    "claims.page",
    "claims.history",
    "contested.page",
    "contested.as_csv",
    "evidence.page",
    "numbers.page",
    "sources.index",
    "sources.page",
    "sources.radius",
    "versions.page",
}
"""Pages that somebody gets to from the queue of the past."""
MOST_PARAMETERS = 3
"""The path among them: what one filter leads to is followed, what two lead to is not."""
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')


def unexplained(app: Flask) -> set[str]:
    """The endpoints of pages that have neither a past nor a reason."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not getattr(app.view_functions[rule.endpoint], TWIN, False)
        and rule.endpoint not in NO_PAST
    }


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)


@pytest.fixture
def sqlite_register(sqlite_database: Database) -> Register:
    return Register(sqlite_database)


def test_every_page_has_a_past_or_a_reason(sqlite_database: Database) -> None:
    app = Visit(sqlite_database).app
    assert unexplained(app) == set()
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    with_past = {name for name in known if getattr(app.view_functions[name], TWIN, False)}
    assert set(NO_PAST) <= known - with_past
    app.view_functions["newcomer"] = lambda: ""
    app.url_map.add(app.url_rule_class("/newcomer", endpoint="newcomer", methods=["GET"]))
    assert unexplained(app) == {"newcomer"}


def linked(visit: Visit, page: str) -> Iterator[tuple[str, str]]:
    """The endpoint and the address of each link of a page into this desk."""
    router = visit.app.url_map.bind("localhost")
    for link in LINK.findall(page.replace("&amp;", "&")):
        yield router.match(urlsplit(link).path)[0], link


def told(link: str) -> set[tuple[str, str]]:
    """What an address says, however it is written."""
    parts = urlsplit(link)
    return {("", parts.path), *parse_qsl(parts.query)}


def test_who_follows_the_links_of_the_past_stays_in_it(sqlite_register: Register) -> None:
    visit, at = Visit(sqlite_register.database, Role.DESK_LEAD), sqlite_register.then
    waiting, seen = [f"/queue?at={at}"], set[frozenset[str]]()
    reached = set[str]()
    while waiting:
        path = waiting.pop()
        answer = visit.client.get(path)
        assert answer.status_code == 200, path
        if answer.mimetype != "text/html" or path.startswith("/audit"):
            continue
        back = told(path) - {("at", str(at))}
        assert CHANGING.search(answer.text) is None, path
        assert f"ledger number {at}, schema 0" in answer.text, path
        for endpoint, link in linked(visit, answer.text):
            view = visit.app.view_functions[endpoint]
            if getattr(view, TWIN, False) and told(link) != back:
                assert f"at={at}" in link, (path, link)
                reached.add(endpoint)
                # One page for each set of parameters, and few of them: the filters of the queue,
                # which combine, have no end.
                kind = frozenset((urlsplit(link).path, *(name for name, _ in told(link))))
                if kind not in seen and len(kind) <= MOST_PARAMETERS:
                    seen.add(kind)
                    waiting.append(link)
            elif told(link) != back:
                assert NO_PAST[endpoint] != ASKS, (path, link)
    assert reached >= REACHED


SHOWN = re.compile(r"<main.*</main>", re.DOTALL)


def shown(page: str, at: int) -> str:
    """What the main part of a page says, but for its moment and the way to the desk for work."""
    found = SHOWN.search(page)
    assert found is not None
    text = (
        found[0].replace("&amp;", "&").replace(f'<input type="hidden" name="at" value="{at}">', "")
    )
    text = text.replace(f"?at={at}&", "?").replace(f"?at={at}", "").replace(f"&at={at}", "")
    text = re.sub(r'<a (?:class="btn" )?href="[^"]*/(?:intake|rot)">[^<]*</a>', "", text)
    return re.sub(r"\s+", " ", text).replace("> <", "><")


def test_the_present_read_from_the_ledger_is_the_page_an_auditor_sees(register: Register) -> None:
    visit = Visit(register.database, Role.AUDITOR)
    at = register.position()
    for path in register.pages:
        then = visit.get(dated(path, at))
        if then.mimetype != "text/html":
            told = then.json
            assert told is not None
            assert told.pop("as_of")["position"] == at
            assert told == visit.get(path).json
            continue
        assert f"ledger number {at}" in then.text
        assert shown(then.text, at) == shown(visit.get(path).text, at), path


def test_building_a_state_takes_the_same_statements_for_two_claims_and_for_twenty(
    sqlite_database: Database,
) -> None:
    sent = []
    for size in (2, 20):
        register = Register(sqlite_database, claims=size)
        register.position()
        visit = Visit(sqlite_database, Role.AUDITOR, language=f"e{size}")
        counts = []
        for path in register.pages:
            with visit.statements() as cold:
                visit.get(dated(path, register.then))
            counts.append(len(cold))
        sent.append(counts)
    assert sent[0] == sent[1]
