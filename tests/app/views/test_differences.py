"""Differences between readings are shown, taken over and left."""

import pytest

from app.db import Database
from claims.queries.articles import version_of
from tests.app.views.test_triage import article, numbers
from tests.app.views.visit import Visit
from tests.claims.sorting import proposals_of
from tests.claims.test_differences import age


def test_differences_are_shown_taken_and_left(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    visit.post(f"/articles/{key}/differences/read")
    assert "sees exactly what stands here" in visit.get(f"/articles/{key}/differences").text
    with database.writing("editor:test") as session:
        version = version_of(session, key)
        assert proposals_of(session, version)
        age(session, version)
    visit.post(f"/articles/{key}/differences/read")
    page = visit.get(f"/articles/{key}/differences").text
    for words in ("New number", "Number read differently", "Proposal changed"):
        assert words in page
    assert "Look at the differences" in visit.get(f"/articles/{key}/intake").text
    visit.post(f"/articles/{key}/differences/leave", number=1)
    visit.post(f"/articles/{key}/differences/take", 409, number=1)
    visit.post(f"/articles/{key}/differences/take")
    page = visit.get(f"/articles/{key}/differences").text
    assert page.count("Taken over") == 4
    assert page.count("Left as it was") == 1
    visit.post(f"/articles/{key}/intake/undo")
    assert visit.get(f"/articles/{key}/differences").text.count("Taken over") == 0


@pytest.mark.parametrize("giant", ["4" * 19, "4" * 46, "-1", "1e3", "\uff11", "1_0"])
def test_a_number_no_difference_has_is_refused_and_settles_none(
    database: Database, giant: str
) -> None:
    """Past 2**63 no database counts; what cannot be read must not mean all of them."""
    key = article(database)
    visit = Visit(database)
    visit.post(f"/articles/{key}/differences/read")
    with database.writing("editor:test") as session:
        age(session, version_of(session, key))
    visit.post(f"/articles/{key}/differences/read")
    for way in ("leave", "take"):
        visit.post(f"/articles/{key}/differences/{way}", 422, number=giant)
    page = visit.get(f"/articles/{key}/differences").text
    assert "Taken over" not in page
    assert "Left as it was" not in page
    number, version = numbers(database, "跃升")
    split = f"/articles/{key}/intake/{number}/split"
    visit.post(split, 422, version=version, at=giant)
    visit.post(f"/articles/{key}/intake/read", 422, read_to=giant)
