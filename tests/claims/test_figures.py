"""What a figure can never be, whoever writes it: the database itself refuses it (figure-13)."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.claims.newsroom import a_claim


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("low = '7', high = '5'", "low_not_above_high"),
        ("low = '1e300', high = '5'", "low_(bounded|not_above_high)"),
        ("comparator = 'range', high = NULL", "range_has_both"),
        ("role = 'rank', low = '0.5'", "rank_whole"),
        ("role = 'rank', low = '0'", "rank_whole"),
        ("unit = 'pp', change_kind = 'level'", "pp_is_a_change"),
        ("number = 0", "number_positive"),
    ],
)
def test_a_statement_behind_the_desks_back_is_refused(
    session: Session, change: str, constraint: str
) -> None:
    figure = a_claim(session).figures[0]
    session.flush()
    # Each engine has its own type for numbers and identifiers; both read these words.
    lower = f"UPDATE figure SET {change} WHERE number = :number AND claim_id = :claim"  # noqa: S608 - ours
    claim: Any = figure.claim_id
    if session.get_bind().dialect.name == "sqlite":
        claim = str(claim)
    with pytest.raises(IntegrityError, match=constraint), session.begin_nested():
        session.execute(text(lower), {"number": figure.number, "claim": claim})
