"""A version no row ever had, in every form that carries one: nothing is saved, nothing breaks."""

import pytest

from app.db import Database
from tests.app.forms.stands import PAGES, Stands
from tests.benchmarks.hostile import books
from tests.benchmarks.hostile.scenes import place, rules
from tests.nightly.filling import Filler

CONFLICT = 409
CARRYING = 35
"""So many forms carry a version at least: else this looks at nothing."""


def forms(stands: Stands) -> dict[str, tuple[str, dict[str, str]]]:
    """The forms of all pages, by view: where each is sent, and what it sends."""
    filler = Filler(stands, stands.person.client)
    for rule in rules(stands.app, "GET"):
        pages = {place(stands, rule, rule.rule)}
        pages |= {
            place(stands, rule, page) for view, page in PAGES.items() if view == rule.endpoint
        }
        for page in sorted(pages):
            answer = stands.person.client.get(page)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                filler.look(page, answer.text)
    return {view: (path, dict(pairs)) for view, (path, pairs) in filler.found.items()}


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has, but for how many requests were made."""
    return {name: count for name, count in books.totals(database).items() if name != "quota_use"}


@pytest.mark.parametrize("never", ["-1", "999999999999"])
def test_no_form_takes_a_version_that_never_was(sqlite_database: Database, never: str) -> None:
    stands = Stands(sqlite_database)
    carrying = {view: one for view, one in forms(stands).items() if one[1].get("version")}
    answers: dict[str, tuple[int, bool]] = {}
    for view, (path, typed) in carrying.items():
        before = rows(sqlite_database)
        answer = stands.person.client.post(path, data=typed | {"version": never})
        answers[view] = answer.status_code, rows(sqlite_database) == before
    assert {view: one for view, one in answers.items() if one != (CONFLICT, True)} == {}
    assert {"triage.edit", "claim_edits.save", "evidence.withdraw", "sources.correct"} <= set(
        answers
    )
    assert len(answers) >= CARRYING
