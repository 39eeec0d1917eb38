"""The page behind a link: what it shows, what it refuses, and that its secret stays one."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from app.accounts.roles import Role
from app.db import Database
from app.factory import create_app
from app.ledger import history
from app.ledger.verify import verify
from app.once.models import FormReceipt
from app.views.answers import LIMIT
from claims.invitations import revoke
from claims.models import Answer, Contest, Evidence, Invitation
from claims.new_version import add_version
from claims.text import read_text
from sources.base import now
from tests.app.browser import Reader
from tests.app.views.visit import Visit
from tests.claims.newsroom import CHECKER
from tests.claims.outside import STATEMENT, claims_in_text, invited

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SCRIPT = "<script>alert('x')</script>"


class Guest:
    """Somebody who holds a link to two claims, without an account; nothing is switched off."""

    def __init__(self, database: Database, **facts: Any) -> None:
        self.database = database
        self.app = create_app(database.settings, database)
        with database.writing(CHECKER) as session:
            self.claims = claims_in_text(session)
            opened = invited(session, *self.claims[:2], **{"language": "en", **facts})
            self.token, self.id = opened.token, opened.invitation.id
            self.keys = [asked.id.hex for asked in opened.invitation.asked]
        self.path = f"/answers/{self.token}"
        self.client: FlaskClient = self.app.test_client()

    def read(self, path: str | None = None, status: int = 200, **how: Any) -> TestResponse:
        found = self.client.get(path or self.path, **how)
        assert found.status_code == status, found.text[:2000]
        return found

    def form(self) -> dict[str, Any]:
        return dict(Reader(self.read().text).form("receipt").fields)

    def say(self, number: int = 0, choice: str = "dispute", **typed: str) -> dict[str, Any]:
        key = self.keys[number]
        fields = {f"choice_{key}": choice, f"statement_{key}": STATEMENT}
        return {**fields, **{name.replace("KEY", key): value for name, value in typed.items()}}

    def send(self, status: int = 303, **typed: Any) -> TestResponse:
        found = self.client.post(self.path, data={**self.form(), **typed})
        assert found.status_code == status, found.text[:3000]
        return found

    def count(self, model: Any) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def guest(sqlite_database: Database) -> Guest:
    return Guest(sqlite_database)


def test_it_shows_sentences_figures_and_question_and_nothing_of_the_desk(guest: Guest) -> None:
    page = guest.read()
    for shown in ("18.3%", "18.25 % – 18.35 %", "160", "这个份额对吗", "排序", "SHA-256"):
        assert shown in page.text
    for hidden in ("排名升至第四", "li.wei", "王教授", "Unchecked", "/queue", "/claims", "<script"):
        assert hidden not in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Cache-Control"] == "no-store"
    assert 'lang="en"' in page.text


def test_the_title_is_shown_only_where_the_inviter_allows_it(sqlite_database: Database) -> None:
    assert "排序" not in Guest(sqlite_database, show_title=False).read().text


def test_the_page_speaks_the_language_of_the_invitation(sqlite_database: Database) -> None:
    guest = Guest(sqlite_database, language="zh")
    page = guest.read(headers={"Accept-Language": "en"}).text
    assert "请告诉我们您所知道的" in page
    assert 'lang="zh-Hans"' in page


def test_an_answer_becomes_evidence_and_a_contest_under_the_guests_name(database: Database) -> None:
    guest = Guest(database)
    guest.send(**guest.say(figure_KEY="18.9%"), credited_as="Wang", consent="name")
    with database.reading() as session:
        row = session.scalars(select(Answer)).one()
        assert (row.by_name, row.credited_as, row.evidence.pending) == (True, "Wang", True)
        assert row.evidence.quote == STATEMENT
        assert session.scalars(select(Contest)).one().created_by == f"guest:expert:{guest.id}"
        (entry,) = history.entries(session, table="answer")
        assert entry.actor == f"guest:expert:{guest.id}"
        opened = history.entries(session, kind="act", table="invitation")
        assert [(one.op, one.actor) for one in opened] == [("open", entry.actor)]
    assert verify(database).codes <= {"FILE_MISSING"}
    assert "Thank you, it is kept." in guest.read().text


def test_a_form_sent_twice_is_kept_once_and_answered_alike(database: Database) -> None:
    guest = Guest(database)
    typed = {**guest.form(), **guest.say()}
    answers = [guest.client.post(guest.path, data=typed) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert guest.count(Evidence) == 1
    guest.send(**guest.say(statement_KEY="改一下"))
    assert guest.count(Evidence) == 2


def test_unknown_expired_and_revoked_links_are_answered_alike(guest: Guest) -> None:
    guest.read()
    known = guest.read("/answers/" + "A" * 43, 404).text
    assert "This link does not work" in known or "这个链接打不开" in known
    with guest.database.writing(CHECKER) as session:
        session.execute(update(Invitation).values(expires_at=now() - dt.timedelta(days=1)))
    assert guest.read(status=404).text == known
    with guest.database.writing(CHECKER) as session:
        revoke(session, session.get_one(Invitation, guest.id), by=CHECKER)
    assert guest.read(status=404).text == known
    assert guest.client.post(guest.path, data=guest.say()).status_code == 404
    assert guest.read("/answers/" + "A" * 3000, 404).text == known
    assert guest.count(Answer) == 0


def test_the_token_is_nowhere_in_the_database_nor_in_the_ledger(guest: Guest) -> None:
    guest.send(**guest.say())
    guest.send(422, **guest.say(statement_KEY=""))
    with guest.database.reading() as session:
        assert {row.path for row in session.scalars(select(FormReceipt))} == {"/answers/<token>"}
    guest.database.close()
    kept = b"".join(
        file.read_bytes() for file in guest.database.settings.home.rglob("*") if file.is_file()
    )
    assert guest.token.encode() not in kept


def test_another_claims_field_is_refused_and_nothing_is_kept(guest: Guest) -> None:
    foreign = guest.claims[2].id.hex
    guest.send(422, **guest.say(), **{f"choice_{foreign}": "agree"})
    assert guest.count(Answer) == guest.count(Evidence) == 0


@pytest.mark.parametrize("typed", [{}, {"statement_KEY": " "}, {"link_KEY": "javascript:alert(1)"}])
def test_what_is_missing_or_unfit_is_said_and_nothing_is_lost(
    guest: Guest, typed: dict[str, str]
) -> None:
    sent = guest.say(1, **typed) if typed else {"credited_as": "王芳"}
    page = guest.send(422, **sent).text
    assert "Not sent yet" in page
    for value in sent.values():
        assert value.strip() in page
    assert guest.count(Answer) == 0


def test_text_without_a_choice_is_not_dropped_in_silence(guest: Guest) -> None:
    page = guest.send(422, **guest.say(0), **{f"statement_{guest.keys[1]}": "还有一句"}).text
    assert "Choose what you say above." in page
    assert "还有一句" in page
    assert guest.count(Answer) == 0


def test_huge_bodies_are_refused_before_they_are_read(guest: Guest) -> None:
    """T-DOS: what is too much is refused before it costs anything."""
    huge = {**guest.form(), **guest.say(statement_KEY="x" * LIMIT)}
    page = guest.client.post(guest.path, data=huge)
    assert (page.status_code, "/queue" in page.text) == (413, False)
    long = guest.send(422, **guest.say(statement_KEY="字" * 4001))
    assert "字字" in long.text
    assert guest.count(Answer) == 0


def test_html_is_text_wherever_it_is_shown(guest: Guest) -> None:
    """T-XSS: markup that somebody wrote is shown, not obeyed."""
    guest.send(**guest.say(statement_KEY=SCRIPT), credited_as=SCRIPT, consent="name")
    visit = Visit(guest.database)
    for path in (f"/claims/{guest.claims[0].id}", f"/invitations/{guest.id}", "/contested"):
        page = visit.get(path).text
        assert "&lt;script&gt;alert(" in page
        assert "<script>alert(" not in page
    assert "<script>alert(" not in guest.read().text


@pytest.mark.parametrize(
    "forged",
    [{"csrf_token": ""}, {"csrf_token": "x" * 90}],
)
def test_a_form_that_is_not_ours_is_refused(guest: Guest, forged: dict[str, str]) -> None:
    """T-CSRF: a form of another page changes nothing."""
    guest.send(403, **guest.say(), **forged)
    stranger = guest.app.test_client()
    assert stranger.post(guest.path, data={**guest.form(), **guest.say()}).status_code == 403
    crossing = guest.client.post(
        guest.path, data={**guest.form(), **guest.say()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert crossing.status_code == 403
    assert "/queue" not in crossing.text
    assert guest.count(Answer) == 0


def test_it_works_under_https_though_no_referrer_is_sent(guest: Guest) -> None:
    guest.app.config["SESSION_COOKIE_SECURE"] = True
    page = guest.read(base_url="https://localhost")
    fields = dict(Reader(page.text).form("receipt").fields)
    sent = guest.client.post(
        guest.path, data={**fields, **guest.say()}, base_url="https://localhost"
    )
    assert sent.status_code == 303


def test_nobody_of_the_desk_answers_in_anothers_place(guest: Guest) -> None:
    visit = Visit(guest.database, Role.DESK_LEAD)
    page = visit.get(guest.path).text
    assert "this is what the person asked sees" in page
    assert "<textarea" not in page
    visit.post(guest.path, 403, **guest.say())
    assert guest.count(Answer) == 0
    with guest.database.reading() as session:
        assert history.entries(session, kind="act", table="invitation") == []


def test_a_newer_version_is_mentioned_and_the_text_shown_stays(guest: Guest) -> None:
    with guest.database.writing(CHECKER) as session:
        invitation = session.get_one(Invitation, guest.id)
        shown = invitation.article_version.sha256
        changed = invitation.article_version.text.replace("18.3%", "19.9%")
        add_version(session, invitation.article, read_text(changed), by=CHECKER)
    page = guest.read().text
    assert "The article has a newer version since." in page
    assert "18.3%" in page
    assert "19.9%" not in page
    guest.send(**guest.say())
    with guest.database.reading() as session:
        assert session.scalars(select(Answer)).one().version_sha256 == shown


def test_openings_in_a_row_are_noted_once(guest: Guest) -> None:
    for _ in range(3):
        guest.read()
    with guest.database.reading() as session:
        (entry,) = history.entries(session, kind="act", table="invitation")
    assert re.search("token", str(entry.new)) is None
