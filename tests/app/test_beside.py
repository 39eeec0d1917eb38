"""The copy beside the form: the quote is found, figure and place are filled in, the answer told."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from claims.models import Evidence, Figure
from claims.vocabulary import LocatorKind
from sources.models import Snapshot, Source
from tests.app.browser import Form, Person, Reader
from tests.app.claim_desk import NEW_SOURCE, Desk, keep_copy

TEXT = (
    "Annual report\n\nIn 2024 it held 4.6 percent of the market, up from 3.1 percent.\n\n"
    "In the last quarter it held 5.2 percent. Nothing else is said.\n"
)
TABLE = "公司,份额（%）\n长江存储,4.6\n三星,33.1\n"


@pytest.fixture
def opened(desk: Desk, checker: Person) -> Form:
    """A form with the copy of the desk's source beside it."""
    keep_copy(desk, TEXT)
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    shown = checker.send(form, source=desk.source_key, act="show", note="mine")
    return again(shown.text, form)


def again(page: str, before: Form) -> Form:
    """The form of a page that was answered, to be sent where it came from."""
    form = Reader(page).form("quote")
    form.action = before.action
    return form


def only(desk: Desk) -> dict[str, Any]:
    """What was saved."""
    with desk.database.reading() as session:
        item = session.scalars(select(Evidence)).one()
        return {
            "quote": item.quote,
            "place": item.quote_place,
            "figure_place": item.figure_place,
            "locator": (item.locator_kind, item.locator),
            "figure": item.figure and (item.figure.stated_text, item.figure.low),
            "is_cell": item.is_cell,
            "copy": item.snapshot is not None,
        }


def test_a_pasted_quote_is_found_read_and_compared_and_nothing_is_lost(
    desk: Desk, checker: Person, opened: Form
) -> None:
    quote = "it held 4.6 percent of\r\nthe market"
    answer = checker.send(opened, quote=quote, act="read", says="short", title="kept")
    page, form = Reader(answer.text), again(answer.text, opened)
    assert answer.status_code == 200
    assert desk.count(Evidence) == 0
    assert "Found in the snapshot" in page.text
    assert "The source gives 4.6 %, within" in page.text
    expected = {
        "quote": "it held 4.6 percent of the market",
        "figure": "4.6 percent",
        "period": "2024",
        "locator_kind": "paragraph",
        "locator": "2",
        "says": "short",
        "title": "kept",
        "note": "mine",
    }
    assert {name: form.fields[name][0] for name in expected} == expected
    assert checker.send(form, stance="refutes").status_code == 303
    saved = only(desk)
    start = TEXT.index("it held 4.6")
    assert saved["place"] == (start, start + len(saved["quote"]))
    assert saved["figure_place"] == (TEXT.index("4.6"), TEXT.index("4.6") + len("4.6 percent"))
    assert (saved["locator"], saved["copy"]) == ((LocatorKind.PARAGRAPH, "2"), True)


def test_of_several_places_the_person_is_asked_which_is_meant(
    desk: Desk, checker: Person, opened: Form
) -> None:
    asked = checker.send(opened, quote="it held", act="read")
    assert "Which one is meant?" in asked.text
    places = re.findall(r'value="at:(\d+-\d+)"', asked.text)
    assert len(places) == 2
    chosen = checker.send(again(asked.text, opened), act=f"at:{places[1]}")
    form = again(chosen.text, opened)
    assert form.fields["locator"] == ["3"]
    assert checker.send(form, stance="mentions").status_code == 303
    assert only(desk)["place"][0] == TEXT.index("it held 5.2")


def test_saved_without_an_answer_it_is_kept_as_typed_and_not_marked(
    desk: Desk, checker: Person, opened: Form
) -> None:
    answer = checker.send(opened, quote="it held", stance="mentions")
    assert answer.status_code == 303
    assert (only(desk)["place"], only(desk)["copy"]) == (None, True)
    assert "not marked there" in checker.get(desk.path).text


def test_the_figure_that_fits_is_proposed_and_the_others_are_offered(
    checker: Person, opened: Form
) -> None:
    quote = "In 2024 it held 4.6 percent of the market, up from 3.1 percent."
    answer = checker.send(opened, quote=quote, act="read")
    form = again(answer.text, opened)
    assert form.fields["figure"] == ["4.6 percent"]
    (other,) = set(re.findall(r'value="(figure:\d+-\d+)"', answer.text))
    taken = again(checker.send(form, act=other).text, opened)
    assert taken.fields["figure"] == ["3.1 percent"]


def test_a_figure_the_passage_does_not_state_is_asked_about_once(
    desk: Desk, checker: Person, opened: Form
) -> None:
    typed = {"quote": "it held 4.6 percent", "figure": "5.6%", "stance": "supports"}
    first = checker.send(opened, **typed)
    assert first.status_code == 422
    assert "The passage does not state" in Reader(first.text).text
    assert desk.count(Evidence) == 0
    assert checker.send(again(first.text, opened)).status_code == 303
    saved = only(desk)
    assert (saved["figure"][0], saved["figure_place"]) == ("5.6%", None)
    assert saved["place"] is not None


def test_a_figure_typed_in_other_words_is_taken_as_it_stands(checker: Person, opened: Form) -> None:
    answer = checker.send(opened, quote="it held 4.6 percent", figure="4.6%", act="read")
    assert again(answer.text, opened).fields["figure"] == ["4.6 percent"]


def test_the_server_believes_no_place_it_does_not_find(
    desk: Desk, checker: Person, opened: Form
) -> None:
    forged = {"place": "0-5", "figure_place": "0-5", "quote": "it held 5.2 percent"}
    assert checker.send(opened, stance="supports", figure="99%", known_to_differ="99%", **forged)
    saved = only(desk)
    assert saved["place"][0] == TEXT.index("it held 5.2")
    assert (saved["figure"][0], saved["figure_place"]) == ("99%", None)


def test_a_cell_is_read_by_its_address_and_its_figure_is_not_typed(
    desk: Desk, checker: Person
) -> None:
    keep_copy(desk, TABLE, "shares.csv")
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    about = {"source": desk.source_key, "locator_kind": "table_cell", "locator": "b2"}
    answer = checker.send(form, act="read", **about)
    page, filled = Reader(answer.text), again(answer.text, form)
    assert filled.fields["figure"] == ["4.6"]
    assert filled.fields["locator"] == ["B2"]
    assert "长江存储 · 份额（%）" in page.text
    assert "within the article's interval" in page.text
    assert checker.send(filled, stance="refutes").status_code == 303
    saved = only(desk)
    assert (saved["is_cell"], saved["quote"]) == (True, "4.6")
    item = f"/evidence/{desk.first(Evidence)}"
    assert "was read from the snapshot and not typed" in checker.get(item).text
    edited = checker.open(f"{item}/edit", "quote")
    typed = {"figure": "4.7%", "known_to_differ": "4.7%"}
    assert checker.send(edited, **typed).status_code == 303
    assert "ordinary passage" in checker.get(desk.path).text
    assert only(desk)["is_cell"] is False


def test_a_file_is_kept_first_and_read_right_away(desk: Desk, checker: Person) -> None:
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    file = (io.BytesIO(TEXT.encode()), "report.txt")
    typed = {**NEW_SOURCE, "quote": "it held 5.2 percent", "locator": ""}
    answer = checker.send(form, act="read", file=file, **typed)
    filled = again(answer.text, form)
    assert answer.status_code == 200
    assert (desk.count(Snapshot), desk.count(Evidence)) == (1, 0)
    assert filled.fields["origin"] == ["known"]
    assert filled.fields["figure"] == ["5.2 percent"]
    sources = desk.count(Source)
    assert checker.send(filled).status_code == 303
    assert desk.count(Source) == sources
    assert only(desk)["copy"]


def test_a_link_that_names_a_source_opens_its_newest_copy(desk: Desk, checker: Person) -> None:
    keep_copy(desk, TEXT)

    shown = checker.get(f"{desk.path}/evidence/new?source={desk.source_key}").text

    assert "it held 4.6 percent of the market" in Reader(shown).text


def test_where_nothing_was_kept_the_page_says_so(desk: Desk, checker: Person) -> None:
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    answer = checker.send(form, source=desk.source_key, act="show", quote="kept here")
    assert "Nothing was kept of it yet." in answer.text
    assert again(answer.text, form).fields["quote"] == ["kept here"]


def test_words_are_found_in_the_copy_beside_the_form(checker: Person, opened: Form) -> None:
    for asked in ({"act": "find"}, {"act": "look"}):
        answer = checker.send(opened, sought="LAST quarter", **asked)
        assert "<mark>last quarter</mark>" in answer.text
        assert "1 place<" in answer.text


def test_a_copy_without_text_says_so(desk: Desk, checker: Person) -> None:
    scan = io.BytesIO()
    Image.new("1", (4, 4)).save(scan, "PNG")
    keep_copy(desk, scan.getvalue(), "scan.png")
    form = checker.open(f"{desk.path}/evidence/new", "quote")
    answer = checker.send(form, source=desk.source_key, act="read", quote="typed from it")
    assert "No text could be read out of this file" in answer.text
    assert again(answer.text, form).fields["quote"] == ["typed from it"]


def test_what_was_said_to_us_names_the_person_and_nobody_else_does(
    desk: Desk, checker: Person
) -> None:
    form = checker.open(f"{desk.path}/evidence/new?origin=person", "quote")
    assert form.fields["origin"] == ["person"]
    said = {"said_by": "王芳", "said_role": "发言人", "said_via": "call", "said_terms": "on_record"}
    bad = checker.send(form, quote="5 %", stance="supports", said_on="soon", **said)
    assert bad.status_code == 422
    assert 'href="#said_on' in bad.text
    typed = {"quote": "5 %", "stance": "supports", "said_on": "2025-03-11", **said}
    assert checker.send(form, **typed).status_code == 303
    page = checker.get(f"/evidence/{desk.first(Evidence)}").text
    assert all(words in page for words in ("王芳", "发言人", "2025-03-11", "On the record"))
    other = checker.open(f"{desk.path}/evidence/new", "quote")
    typed = {"source": desk.source_key, "quote": "5", "stance": "supports", **said}
    assert checker.send(other, **typed).status_code == 303
    with desk.database.reading() as session:
        assert session.scalars(select(Evidence.said_by)).all().count("王芳") == 1
        assert session.scalar(select(Figure.id).where(Figure.evidence_id.is_not(None))) is None


def test_another_copy_is_read_anew_and_no_figure_of_the_first_stays(
    desk: Desk, checker: Person, opened: Form
) -> None:
    """What was read belongs to the copy it was read in; what was typed is the person's."""
    keep_copy(desk, "Corrected\n\nNews\n\nIn 2024 it held 4.4 percent of the market.\n")
    answer = checker.send(opened, quote="it held 4.6 percent of the market", act="read", says="x")
    first = again(answer.text, opened)
    assert first.fields["figure"] == ["4.6 percent"]
    copies = re.findall(r'<option[^>]*value="([0-9a-f-]{36})"', answer.text)
    other = next(one for one in copies if [one] != first.fields["snapshot"])

    answer = checker.send(first, snapshot=other, act="show")
    second = again(answer.text, first)
    assert "It was not found in the snapshot." in Reader(answer.text).text
    assert second.fields["figure"] == second.fields["locator"] == [""]
    assert (second.fields["quote"], second.fields["says"]) == (first.fields["quote"], ["x"])
    answer = checker.send(second, quote="it held 4.4 percent of the market", act="read")
    third = again(answer.text, second)
    told = {name: third.fields[name] for name in ("figure", "locator", "locator_kind")}
    assert told == {"figure": ["4.4 percent"], "locator": ["3"], "locator_kind": ["paragraph"]}

    typed = again(checker.send(third, figure="about 5 %", figure_place="", act="look").text, third)
    back = checker.send(typed, snapshot=first.fields["snapshot"][0], act="show")
    assert again(back.text, typed).fields["figure"] == ["about 5 %"]
