"""The desk may want a source looked at otherwise, and says why."""

import pytest
from sqlalchemy.orm import Session

from sources.errors import Conflict, Refused
from sources.looks.wishes import forget, wish, wish_of
from tests.claims.newsroom import CHECKER, LEAD, a_source


def test_a_wish_is_kept_changed_and_forgotten(session: Session) -> None:
    source = a_source(session)

    wish(session, source, every_days=3, reason="周报", by=CHECKER)
    row = wish(session, source, every_days=None, reason="对方请求", by=LEAD)

    assert (row.every_days, row.created_by, row.set_by) == (None, CHECKER, LEAD)
    forget(session, source)
    assert wish_of(session, source.id) is None


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(3, " ", "reason"), (0, "x", "days"), (366, "x", "days"), (3, "x" * 501, "reason")],
)
def test_a_wish_has_a_reason_and_a_number_of_days(
    session: Session, days: int, reason: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        wish(session, a_source(session), every_days=days, reason=reason, by=CHECKER)

    assert refused.value.field == field


def test_two_people_do_not_overrule_each_other_unseen(session: Session) -> None:
    source = a_source(session)
    wish(session, source, every_days=3, reason="周报", by=CHECKER, seen_version=0)

    with pytest.raises(Conflict):
        wish(session, source, every_days=9, reason="月报", by=LEAD, seen_version=0)
