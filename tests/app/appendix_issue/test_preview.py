"""The preview of a long article shows its beginning, at the same cost however long it is."""

from typing import Any

import pytest

from app.appendix_issue.preview import Preview, preview
from app.db import Database
from claims.appendix.gaps import Gap
from tests.app.appendix_issue.long_newsdesk import add, with_many
from tests.app.appendix_issue.newsdesk import BY, Newsdesk
from tests.benchmarks.effort import calls
from tests.statements import statements

SHOWN = 40
"""How many claims a preview holds in the tests."""
SLACK = 1.05
"""What a few digits more and a cache may cost."""


def previewed(desk: Newsdesk, **asked: Any) -> Preview:
    return preview(desk.database, desk.store, desk.wish(**asked), reader=BY)


def cost(desk: Newsdesk) -> tuple[int, int]:
    """How many statements a preview sends, and how many functions Python calls for it."""
    previewed(desk)
    with statements(desk.database.engine) as sent:
        called = calls(lambda: previewed(desk))
    return len(sent), called


def test_a_preview_costs_the_same_for_twice_the_claims(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.appendix_issue.preview.MOST", SHOWN)
    desk = with_many(sqlite_database, 300)
    statements, called = cost(desk)
    add(desk, 300)
    more_statements, more_called = cost(desk)
    assert more_statements == statements
    assert more_called < called * SLACK
    found = previewed(desk)
    assert (found.claims_shown, found.left_out) == (SHOWN, 600 - SHOWN)
    assert len(found.showing.shown.head["sources"]) == SHOWN
    summary = found.showing.shown.head["summary"]
    assert (summary["claims"], summary["figures"], summary["sources"]) == (600, 600, 600)
    assert summary["stages"] == {"open": 600}
    assert summary["statuses"] == {"unchecked": 600}


def test_what_is_missing_is_counted_over_all_claims(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = with_many(database, 30)
    whole = previewed(desk)
    monkeypatch.setattr("app.appendix_issue.preview.MOST", 2)
    part = previewed(desk)
    assert (part.claims_shown, part.left_out) == (2, 28)
    assert list(part.gaps.claims) == list(whole.gaps.claims)
    assert Gap.SINGLE_ORIGIN in part.gaps.claims
    for gap, numbers in whole.gaps.claims.items():
        assert part.gaps.count(gap) == len(numbers), gap
        assert part.gaps.claims[gap] == numbers[: len(part.gaps.claims[gap])]
        assert {part.claims[number] for number in part.gaps.claims[gap]} <= {*whole.claims.values()}
    assert part.gaps.numbers == whole.gaps.numbers
    first = whole.showing.shown.head["summary"]
    assert part.showing.shown.head["summary"] == first


def test_whether_a_long_one_would_be_new_is_not_told(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    assert previewed(desk).standing.same is not None
    monkeypatch.setattr("app.appendix_issue.preview.MOST", 2)
    standing = previewed(desk).standing
    assert (standing.number, standing.same, standing.differences) == (2, None, None)
    assert standing.former is not None
    then = previewed(desk, as_of=str(desk.row(1).ledger_position))
    assert (then.claims_shown, then.left_out) == (2, 1)
