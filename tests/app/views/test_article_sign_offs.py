"""The article as a whole, over HTTP: what is missing, its sign-off, and the emergency."""

from claims.models import ArticleSignOff, Claim
from claims.workflow import drop
from tests.app.browser import Person
from tests.app.claim_desk import Desk, submitted
from tests.claims.newsroom import a_version


def prepared(desk: Desk) -> str:
    """Give the desk's article a version, and leave it one claim; return the article's page."""
    with desk.database.writing("system:test") as session:
        claim = desk.claim(session)
        session.add(a_version(claim.article, 1, "份额为 5%。"))
        other = next(row for row in claim.article.claims if row.id != claim.id)
        drop(session, other, by="system:test", reason="not here")
        return f"/articles/{claim.article.key}"


def number(desk: Desk) -> str:
    with desk.database.reading() as session:
        return f"C-{session.get_one(Claim, desk.claim_id).number:02d}"


def test_an_article_is_signed_when_nothing_is_missing_and_void_when_something_changes(
    any_desk: Desk,
) -> None:
    desk = any_desk
    checker, reviewer = desk.person("li.wei"), desk.person("zhang.min")
    article = prepared(desk)
    page = reviewer.read(f"{article}/sign-off")
    assert f"Claim {number(desk)} is not signed off: it is to check." in page.text
    assert not any("state_sha256" in form.fields for form in page.forms)
    submitted(desk, checker)
    assert reviewer.fill(f"{desk.path}/sign-off", "answer", answer="sign").status_code == 303
    assert "cannot sign the article off" not in checker.read(f"{article}/sign-off").text
    assert reviewer.fill(f"{article}/sign-off", "state_sha256").status_code == 303
    assert "Article signed off" in checker.read(article).text
    assert checker.fill(f"{desk.path}/reopen", "reason", reason="Again.").status_code == 303
    assert "The sign-off of the article is void" in checker.read(article).text


def test_a_stale_page_signs_nothing(desk: Desk, checker: Person, reviewer: Person) -> None:
    article = prepared(desk)
    submitted(desk, checker)
    reviewer.fill(f"{desk.path}/sign-off", "answer", answer="sign")
    form = reviewer.open(f"{article}/sign-off", "state_sha256")
    form.fields["state_sha256"] = ["0" * 64]
    refused = reviewer.send(form)
    assert refused.status_code == 409
    assert "The article changed after you opened the page" in refused.text
    assert desk.count(ArticleSignOff) == 0


def test_a_sender_who_lacks_the_permission_is_refused(desk: Desk, checker: Person) -> None:
    article = prepared(desk)
    token = checker.open("/articles", "csrf_token").fields
    assert checker.client.post(f"{article}/sign-off", data=token).status_code == 403
    assert checker.get(f"{article}/emergency").status_code == 403
    assert checker.client.post(f"{article}/emergency", data=token).status_code == 403


def test_an_emergency_is_loud_on_the_article_in_the_history_and_in_the_appendix(
    any_desk: Desk,
) -> None:
    desk = any_desk
    article, lead = prepared(desk), desk.person("wang.fang")
    path = f"{article}/emergency"
    assert lead.fill(path, "reason", reason="", known="y").status_code == 422
    assert lead.fill(path, "reason", reason="Earthquake.").status_code == 422
    assert desk.count(ArticleSignOff) == 0
    assert lead.fill(path, "reason", reason="Earthquake.", known="y").status_code == 303
    for place in (article, f"{article}/sign-off", f"{article}/appendix", "/audit"):
        assert "Published in an emergency, unfinished" in lead.read(place).text, place
    missing = f"Claim {number(desk)} is not signed off"
    for place in (f"{article}/sign-off", f"{article}/appendix"):
        assert missing in lead.read(place).text, place
    chinese = desk.person("zhang.min", "zh")
    assert "紧急发布（未完成核查）" in chinese.read(article).text


def test_the_levels_have_their_names_on_the_page_and_in_the_appendix(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    article = prepared(desk)
    submitted(desk, checker)
    page = reviewer.read(f"{desk.path}/sign-off").text
    assert "Second reading · 2 of 2" in page
    reviewer.fill(f"{desk.path}/sign-off", "answer", answer="sign")
    assert "Signed (Second reading)" in reviewer.read(f"{article}/appendix").text
    assert "Signed · Second reading" in checker.read(desk.path).text
