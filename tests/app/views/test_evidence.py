"""The forms of evidence refuse what they should, keep what was typed, and store nothing of it."""

import io

import pytest
from sqlalchemy import select

from claims.models import Evidence
from sources.models import Source
from tests.app.browser import Person, Reader
from tests.app.claim_desk import NEW_SOURCE, Desk, attach


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("url", "javascript:alert(1)", "http"),
        ("url", "http://127.0.0.1/admin", "internal network"),
        ("figure", "1_000", "underscore"),
        ("figure", "NaN", ""),
        ("figure", "7" * 400, "digits"),
        ("figure", "5 or so, I think", ""),
        ("period", "next year", "2024-10"),
        ("quote", "5\u202e %", "U+202E"),
        ("issued", "soon", "2025-03"),
        ("stance", "", "what it does"),
        ("derived_from", "no-such-source", "no such source"),
    ],
)
def test_bad_input_is_named_kept_and_not_stored(
    desk: Desk, checker: Person, field: str, typed: str, said: str
) -> None:
    sources = desk.count(Source)
    data = {**NEW_SOURCE, "figure": "5.0%", "period": "2024", field: typed}
    response = checker.fill(f"{desk.path}/evidence/new", "quote", **data)
    page = Reader(response.text)
    assert response.status_code == 422
    assert f'href="#{field}' in response.text
    assert said.lower() in page.text.lower()
    assert "Error:" in page.text
    kept = page.form("quote").fields
    for name in {"title", "locator", field} - {"stance"}:
        assert kept[name] in ([data[name]], []), name
    assert desk.count(Evidence) == 0
    assert desk.count(Source) == sources


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.pdf", "0 bytes"),
        (b"<!doctype html><script>alert(1)</script>", "page.pdf", "a web page (HTML)"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.png", "an SVG"),
        (b"%PDF-1.7", "../../etc/passwd", "../"),
    ],
)
def test_a_bad_upload_is_refused_and_leaves_no_file(
    desk: Desk, checker: Person, content: bytes, name: str, said: str
) -> None:
    sources = desk.count(Source)
    file = (io.BytesIO(content), name)
    response = checker.fill(f"{desk.path}/evidence/new", "quote", **NEW_SOURCE, file=file)
    assert response.status_code == 422
    assert 'href="#file"' in response.text
    assert said in Reader(response.text).text
    assert NEW_SOURCE["quote"] in response.text
    assert desk.files() == []
    assert (desk.count(Evidence), desk.count(Source)) == (0, sources)


def test_a_bad_upload_is_said_beside_whatever_else_is_missing(desk: Desk, checker: Person) -> None:
    """Whoever mends the rest first would choose the file again, to be refused a second time."""
    data = NEW_SOURCE | {"stance": "", "file": (io.BytesIO(b""), "empty.pdf")}
    response = checker.fill(f"{desk.path}/evidence/new", "quote", **data)
    assert response.status_code == 422
    assert 'href="#stance' in response.text
    assert 'href="#file"' in response.text
    assert "0 bytes" in Reader(response.text).text


def test_another_claims_figure_cannot_be_addressed(desk: Desk, checker: Person) -> None:
    data = {**NEW_SOURCE, "addresses": str(desk.other_id)}
    response = checker.fill(f"{desk.path}/evidence/new", "quote", **data)
    assert response.status_code == 422
    assert "belongs to another claim" in Reader(response.text).text
    assert desk.count(Evidence) == 0


def test_a_form_sent_twice_is_saved_once_and_with_other_words_keeps_its_text(
    any_desk: Desk,
) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    data = {"source": desk.source_key, "stance": "supports", "quote": "Only once."}
    assert checker.send(form, **data).status_code == 303
    assert checker.send(form, **data).status_code == 303
    assert desk.count(Evidence) == 1
    other = checker.send(form, **data | {"quote": "Said otherwise."})
    assert other.status_code == 422
    assert "was already sent once with other content" in other.text
    again = Reader(other.text).form("quote")
    assert again.fields["quote"] == ["Said otherwise."]
    again.action = form.action
    assert checker.send(again).status_code == 303
    assert desk.count(Evidence) == 2


def test_a_stale_new_item_is_asked_again_and_then_goes_through(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    changed = reviewer.fill(f"{desk.path}/edit", "kind", statement_zh="另一句话")
    assert changed.status_code == 303
    data = {"source": desk.source_key, "stance": "refutes", "quote": "Mine."}
    refused = checker.send(form, **data)
    assert refused.status_code == 409
    page = Reader(refused.text).form("quote")
    assert page.fields["quote"] == ["Mine."]
    page.action = form.action
    assert checker.send(page).status_code == 303
    assert desk.count(Evidence) == 1


def test_two_people_editing_one_item_see_both_texts(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    reviewer = desk.person("zhang.min")
    attach(desk, checker)
    edit = f"/evidence/{desk.first(Evidence)}/edit"
    mine, theirs = checker.open(edit, "quote"), reviewer.open(edit, "quote")
    assert reviewer.send(theirs, quote="Their words.").status_code == 303
    clash = checker.send(mine, quote="My words.", locator="12")
    assert clash.status_code == 409
    assert "Their words." in clash.text
    assert "zhang.min" in clash.text
    page = Reader(clash.text).form("quote")
    assert page.fields["quote"] == ["My words."]
    assert checker.send(page, **{"merge.keep.quote": "mine"}).status_code == 303
    with desk.database.reading() as session:
        item = session.scalars(select(Evidence)).one()
        assert (item.quote, item.locator) == ("My words.", "12")


def test_an_edit_keeps_the_figure_and_what_it_is_about(desk: Desk, checker: Person) -> None:
    about = {"addresses": str(desk.figure_id), "same_scope": "y", "basis": "by revenue"}
    attach(desk, checker, figure="4.6%", period="2024", **about)
    edit = f"/evidence/{desk.first(Evidence)}/edit"
    assert checker.fill(edit, "quote", note="see table 3").status_code == 303
    with desk.database.reading() as session:
        item = session.scalars(select(Evidence)).one()
        assert item.figure is not None
        assert (item.figure.stated_text, item.figure.period) == ("4.6%", "2024")
        assert item.figure.basis == {"en": "by revenue"}
        assert item.note == {"en": "see table 3"}
        assert [figure.id for figure in item.addresses] == [desk.figure_id]


def test_a_withdrawn_item_is_struck_and_named(desk: Desk, checker: Person) -> None:
    attach(desk, checker)
    path = f"/evidence/{desk.first(Evidence)}/withdraw"
    assert checker.fill(path, "reason", reason=" ").status_code == 422
    assert checker.fill(path, "reason", reason="wrong year").status_code == 303
    page = checker.get(desk.path).text
    assert "wrong year" in page
    assert 'class="withdrawn"' in page
