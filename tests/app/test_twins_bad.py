"""T-BAD: the group of the API, asked of what takes and gives JSON today.

No route takes a JSON body yet: one that is sent is no form, whatever is in it, and changes nothing.
What is read as JSON are files: citations of other programs, and appendices with their proofs.
api-01 api-02 api-04 api-05: a document that is none is refused and named, whoever reads it.
"""

import io
import json
import secrets
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.db import Database
from app.exports.verifier.strict import Unreadable, parsed
from sources.models import Source
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.app.forms.stands import EVERYBODY, Stands
from tests.benchmarks.hostile import books
from tests.benchmarks.hostile.scenes import SPARED, rules

DEEP = b"[" * 100_000
GOOD = {"id": "a", "type": "book", "title": "A book"}
BROKEN: dict[str, bytes] = {
    "deep": DEEP,
    "deep objects": b'{"a":' * 100_000,
    "cut off": b'[{"id": "a", "ti',
    "trailing comma": b'[{"id": "a", "type": "book"},]',
    "two documents": b'[{"id": "a", "type": "book"}] [{"id": "b", "type": "book"}]',
    "comment": b'// a\n[{"id": "a", "type": "book"}]',
    "NaN": b'[{"id": "a", "type": "book", "volume": NaN}]',
    "Infinity": b'[{"id": "a", "type": "book", "volume": -Infinity}]',
    "UTF-16": json.dumps([GOOD]).encode("utf-16"),
    "UTF-32": json.dumps([GOOD]).encode("utf-32-be"),
    "no UTF-8": b'[{"id": "a", "type": "book", "title": "\xff\xfe"}]',
    "digits": b'[{"id": ' + b"9" * 5000 + b"}]",
}
"""Documents that no reader may take for one."""
READABLE = frozenset({"trailing comma", "comment", "UTF-16"})
"""What a file of citations may be all the same: programs write commas too many, and this mark."""


def handed_over(person: Person, path: str, content: bytes, **typed: str) -> TestResponse:
    """The answer to a file in the form of a page."""
    shown = next(one for one in person.read(path).forms if "receipt" in one.fields)
    shown.action = path
    return person.send(shown, file=(io.BytesIO(content), "a.json"), **typed)


COUNTED = {"failed_proof", "open_session", "quota_use", "sign_in_attempt", "spent_proof"}


def imported(person: Person, content: bytes) -> TestResponse:
    return handed_over(person, "/sources/import", content, format="csl-json")


def rows(database: Database) -> dict[str, int]:
    """The rows of every table but of those that count what was asked for and refused."""
    return {name: count for name, count in books.totals(database).items() if name not in COUNTED}


def test_a_file_that_is_no_json_is_refused_and_nothing_kept(desk: Desk) -> None:
    checker, before = desk.person("li.wei"), rows(desk.database)
    for name, content in BROKEN.items():
        answer = imported(checker, content)
        assert answer.status_code == (200 if name in READABLE else 422), name
        assert name in READABLE or 'name="choice"' not in answer.text, name
        with pytest.raises(Unreadable):
            parsed(content)
        answer = handed_over(checker, "/verify-appendix", content)
        assert answer.status_code in {200, 422}, name
    assert rows(desk.database) == before


def test_json_is_no_form_whatever_is_in_it(desk: Desk) -> None:
    """A body that no form is made of is refused before anything is looked at."""
    checker = desk.person("li.wei")
    token = checker.open(f"{desk.path}/edit", "kind").fields["csrf_token"][0]
    before = rows(desk.database)
    for content in [*BROKEN.values(), b"{}", b"[]", b"[1]", b'[["a", "b"]]', b'"ab"', b"null"]:
        answer = checker.client.post(
            f"{desk.path}/edit",
            data=content,
            content_type="application/json",
            headers={"X-CSRFToken": token, "Idempotency-Key": secrets.token_hex(8)},
        )
        assert answer.status_code == 415, answer.text[-500:]
    assert rows(desk.database) == before


def test_no_writing_route_takes_values_from_json(sqlite_database: Database) -> None:
    """api-06 api-10: neither wrong types nor unknown names; buttons need their form as well."""
    stands = Stands(sqlite_database)
    person = Person(stands.app, EVERYBODY)
    token = person.open("/sources/new", "title").fields["csrf_token"][0]
    before = rows(sqlite_database)
    typed: dict[str, Any] = {"title": [1], "version": True, "id": {"a": None}, "is_admin": True}
    for rule in rules(stands.app, "POST"):
        if rule.endpoint in SPARED:
            continue
        try:
            path = stands.path(rule, rule.rule)
        except KeyError:
            continue
        # Without a key that says which request it is, nothing is done of what would be.
        answer = person.client.post(path, json=typed, headers={"X-CSRFToken": token})
        assert 400 <= answer.status_code < 500 or before == rows(sqlite_database), path
        assert answer.status_code < 500, path
    assert rows(sqlite_database) == before


WRONG: tuple[Any, ...] = (
    {"title": 5},
    {"title": {"a": 1}},
    {"author": "Smith"},
    {"author": [{"family": ["x"]}]},
    {"issued": {"date-parts": "2024"}},
    {"issued": {"date-parts": [[2024, 99]]}},
    {"type": ["book"]},
    {"URL": 7},
    {"URL": "javascript:alert(1)"},
    {"language": []},
    None,
    5,
    [],
    "a",
)


def test_an_entry_of_the_wrong_type_is_told_and_never_a_fault(desk: Desk) -> None:
    """api-06: what cannot be read stands on the page with its reason, or is left out of it."""
    before, checker = desk.count(Source), desk.person("li.wei")
    for entry in WRONG:
        odd = {**GOOD, **entry} if isinstance(entry, dict) else entry
        answer = imported(checker, json.dumps([odd]).encode())
        assert answer.status_code in {200, 422}, (entry, answer.text[-500:])
        assert 'href="javascript:' not in answer.text
    assert desk.count(Source) == before


def test_a_field_nobody_knows_is_kept_apart_and_takes_no_column(desk: Desk) -> None:
    """api-10: CSL-JSON may hold more than we read; nothing of it becomes a field of the row."""
    odd = {**GOOD, "confidential": True, "created_by": "editor:root", "tier": "primary"}
    checker, text = desk.person("li.wei"), json.dumps([odd])
    assert imported(checker, text.encode()).status_code == 200
    shown = next(one for one in checker.read("/sources/import").forms if "receipt" in one.fields)
    shown.action, shown.fields["text"] = "/sources/import", [text]
    assert checker.send(shown, choice=["0-add"]).status_code == 303
    with desk.database.reading() as session:
        kept = [one for one in session.query(Source) if one.title == "A book"]
        assert [(one.confidential, one.created_by) for one in kept] in (
            [],
            [(False, "editor:li.wei")],
        )


def test_ten_thousand_entries_are_taken_whole_or_not_at_all(desk: Desk) -> None:
    """api-15: one entry too many, or one that is bad, and none is kept."""
    before, checker = desk.count(Source), desk.person("li.wei")
    many: list[dict[str, Any]] = [
        {"id": str(n), "type": "book", "title": str(n)} for n in range(10_001)
    ]
    many[5000] = {"id": [], "type": None, "title": "x"}
    assert imported(checker, json.dumps(many).encode()).status_code == 413
    assert desk.count(Source) == before


def test_a_cursor_that_is_forged_or_of_another_list_is_refused(desk: Desk) -> None:
    """api-08: nothing is guessed of it; past the end there is nothing."""
    reviewer = desk.person("zhang.min")
    for cursor in ("x", "a.b", "eyJhIjoxfQ.x", "٤", "-1", "1" * 5000, "[" * 2000, "%00x"):
        for path in ("/queue.json", "/audit.json", "/sources.json", "/contested.json"):
            answer = reviewer.client.get(path, query_string={"cursor": cursor})
            assert answer.status_code in {400, 414, 422}, (path, cursor, answer.status_code)
