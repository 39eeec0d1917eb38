"""The number line puts every figure where its numbers are, and none outside the drawing."""

from decimal import Decimal

from sqlalchemy.orm import Session

from app.number_line import LEFT, RIGHT, NumberLine, number_line
from claims.comparison import Outcome, compare
from claims.models import Claim
from claims.policy import current_policy
from claims.queries.claims import Row
from claims.source_figures import read_source_figure
from tests.claims.newsroom import a_claim, attached


def drawn(session: Session, claim: Claim, *texts: str) -> NumberLine | None:
    figure = claim.figures[0]
    rows = []
    for text in texts:
        given = read_source_figure(text, period="2024", like=figure)
        item = attached(session, claim, figure=given)
        rows.append(Row(item, compare(figure, given, current_policy())))
    return number_line(figure, rows)


def test_nothing_to_compare_draws_nothing(session: Session) -> None:
    assert drawn(session, a_claim(session)) is None


def test_marks_stand_in_the_order_of_their_numbers(session: Session) -> None:
    line = drawn(session, a_claim(session), "4.6%", "5.1%", "9%")
    assert line is not None
    centres = [mark.centre for mark in line.marks]
    assert centres == sorted(centres)
    assert [mark.outcome for mark in line.marks] == [
        Outcome.WITHIN,
        Outcome.WITHIN,
        Outcome.OUTSIDE,
    ]
    assert line.x <= centres[0] <= centres[1] <= line.x + line.band < centres[2]
    assert all(mark.x >= LEFT and mark.x + mark.width <= RIGHT for mark in line.marks)


def test_an_open_side_runs_to_the_edge(session: Session) -> None:
    claim = a_claim(session)
    claim.figures[0].comparator, claim.figures[0].high = None, None
    line = drawn(session, claim, "7%")
    assert line is not None
    assert line.open_high
    assert line.x + line.band == RIGHT
    assert [tick.text["en"] for tick in line.ticks] == ["5"]


def test_a_single_number_has_room_around_it(session: Session) -> None:
    claim = a_claim(session)
    claim.figures[0].stated_decimals = None
    claim.figures[0].low = claim.figures[0].high = Decimal(0)
    line = drawn(session, claim, "0%")
    assert line is not None
    assert LEFT < line.marks[0].centre < RIGHT
