"""Choosing a source for evidence without a script: words are looked for, and nothing is lost."""

import io
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from claims.models import Evidence
from claims.queries.choices import SHOWN
from sources.models import Snapshot
from sources.registry import add_source
from sources.vocabulary import SourceKind, Tier
from tests.app.browser import Form, Person, Reader
from tests.app.claim_desk import Desk

TYPED: dict[str, Any] = {"quote": "It held 5 %.", "note": "Look at page 4.", "stance": "refutes"}


@pytest.fixture
def register(any_desk: Desk) -> Desk:
    with any_desk.database.writing("editor:li.wei") as session:
        for number in range(SHOWN + 5):
            add_source(
                session,
                by="editor:li.wei",
                key=f"tides-{number:02}",
                title=f"Yearbook {number:02}",
                publisher="Office of Tides",
                kind=SourceKind.DATASET,
                tier=Tier.PRIMARY,
            )
    return any_desk


def opened(person: Person, desk: Desk) -> Form:
    return person.open(f"{desk.path}/evidence/new", "quote")


def shown(answer: TestResponse, path: str) -> Form:
    """The form on the page of an answer, which is sent to where it came from."""
    form = Reader(answer.text).form("quote")
    form.action = path
    return form


def listed(page: str) -> list[str]:
    part = page.partition('<select class="input " id="source"')[2].partition("</select>")[0]
    return [piece.partition("<")[0].partition(">")[2] for piece in part.split("<option")[1:]]


def test_words_are_looked_for_and_what_was_typed_stays(register: Desk) -> None:
    checker = register.person("li.wei")
    form = opened(checker, register)
    answer = checker.send(form, **TYPED, source_words="tides 1", act="sources")
    page = Reader(answer.text)
    assert answer.status_code == 200
    assert "12 sources found." in page.text
    assert len(listed(answer.text)) == 13
    found = shown(answer, form.action)
    assert [found.fields[name] for name in TYPED] == [[value] for value in TYPED.values()]
    assert register.count(Evidence) == 0

    more = checker.send(found, source_words="tides", act="sources")
    assert f"The newest {SHOWN} of those found. Add a word." in Reader(more.text).text
    none = checker.send(found, source_words="tides of mars", act="sources")
    assert "No source on the register has these words." in Reader(none.text).text

    answer = checker.send(found, source_words="yearbook 07", act="sources")
    one = shown(answer, form.action)
    assert one.fields["source"] == ["tides-07"], "the only one is chosen"
    assert checker.send(one).status_code == 303
    with register.database.reading() as session:
        source = session.scalars(select(Evidence)).one().source
        assert source is not None
        assert [source.key] == one.fields["source"]


def test_enter_in_the_field_of_the_words_finds_and_saves_nothing(register: Desk) -> None:
    checker = register.person("li.wei")
    form = opened(checker, register)
    chosen = {"source": register.source_key}
    answer = checker.send(form, **TYPED, **chosen, source_words="yearbook 03")
    assert answer.status_code == 200
    assert register.count(Evidence) == 0
    again = shown(answer, form.action)
    assert again.fields["source"] == [register.source_key], "what was chosen stays chosen"
    assert checker.send(again).status_code == 303
    item = register.first(Evidence)
    edit = checker.open(f"/evidence/{item}/edit", "quote")
    found = checker.send(edit, source_words="yearbook 03", quote="Other words.")
    assert found.status_code == 200
    assert Reader(found.text).form("quote").fields["quote"] == ["Other words."]


def test_what_is_told_counts_what_was_found_and_not_what_is_chosen(register: Desk) -> None:
    checker = register.person("li.wei")
    form = opened(checker, register)
    sought = {"source": register.source_key, "act": "sources"}
    for words, told in (
        ("tides of mars", "No source on the register has these words."),
        ("yearbook 07", "1 source found."),
    ):
        answer = checker.send(form, source_words=words, **sought)
        assert told in Reader(answer.text).text
        form = shown(answer, form.action)


def test_a_button_does_what_it_says_whatever_words_stand_there(register: Desk) -> None:
    checker = register.person("li.wei")
    form = opened(checker, register)
    file = (io.BytesIO(b"It held 5 %."), "page.txt")
    known = {"source": register.source_key, "source_words": "yearbook"}
    kept = checker.send(form, **TYPED, **known, file=file, act="show")
    assert "Kept under SHA-256" in Reader(kept.text).text
    assert register.count(Snapshot) == 1

    form = shown(kept, form.action)
    saved = checker.send(form, source_words="tides")
    assert "Nothing is saved yet: the words in" in Reader(saved.text).text
    assert register.count(Evidence) == 0
    form = shown(saved, form.action)
    elsewhere = {"origin": "new", "title": "A reprint", "publisher": "Daily"}
    saved = checker.send(form, **elsewhere, source_words="not looked for")
    assert saved.status_code == 303, "a new source wants no words for another one"


def test_a_file_is_not_kept_while_sources_are_looked_for(register: Desk) -> None:
    checker = register.person("li.wei")
    file = (io.BytesIO(b"It held 5 %."), "page.txt")
    form = opened(checker, register)
    answer = checker.send(form, source_words="yearbook 03", act="sources", file=file)
    assert "Choose the file again, please" in Reader(answer.text).text
    assert register.count(Snapshot) == 0


def test_an_origin_is_its_key_and_words_name_what_may_be_meant(register: Desk) -> None:
    checker = register.person("li.wei")
    new = {"origin": "new", "title": "A reprint", "publisher": "Daily", "source_words": ""}
    form = opened(checker, register)
    refused = checker.send(form, **TYPED, **new, derived_from="yearbook 07")
    assert refused.status_code == 422
    assert (
        "Perhaps you mean: tides-07 (Office of Tides · Yearbook 07)." in Reader(refused.text).text
    )
    with register.database.writing("editor:li.wei") as session:
        add_source(
            session,
            by="editor:li.wei",
            key="long",
            title=f"Almanac {'of the sea ' * 40}",
            publisher="Daily",
            kind=SourceKind.DATASET,
            tier=Tier.PRIMARY,
        )
    again = shown(refused, form.action)
    refused = checker.send(again, derived_from="almanac")
    assert "sea of the sea of the sea of the sea of the s…). Write" in Reader(refused.text).text
    again = shown(refused, form.action)
    assert checker.send(again, derived_from="nothing at all").status_code == 422
    assert checker.send(again, derived_from="tides-07").status_code == 303
    page = checker.get("/sources/long/edit").text
    assert ('value="tides-24"' in page, 'option value="long"' in page) == (True, False)


def test_a_program_is_told_what_the_list_offers(register: Desk) -> None:
    checker = register.person("li.wei")
    path = f"/source-choices.json?claim={register.claim_id}"
    near = checker.get(path).get_json()
    assert len(near["sources"]) == SHOWN
    assert near["told"] == "The nearest are listed. Words find the others."
    found = checker.get(f"{path}&q=yearbook+07").get_json()
    assert found == {
        "sources": [
            {
                "key": "tides-07",
                "line": "Office of Tides · Yearbook 07",
            }
        ],
        "told": "1 source found.",
    }
    for odd in ("claim=none", f"claim={register.source_key}", f"q={'x' * 900}"):
        assert checker.get(f"/source-choices.json?{odd}").status_code == 200, odd
    assert checker.get("/source-choices.json?q=%00").status_code == 400
