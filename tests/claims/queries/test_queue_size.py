"""U27: ten times the claims: the same statements, a page of 50, and little more work."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.db import Database
from claims.queries.queue import page
from claims.queries.queue_facets import count_facets
from claims.queries.queue_filters import Filters
from claims.queries.queue_order import Order, Sorting
from claims.vocabulary import Stage
from tests.benchmarks.crowd import crowd
from tests.statements import statements

FEW, MANY = 1_000, 10_000
GRAIN = 100
"""Steps of SQLite's engine between two counts."""
EVERYTHING = Filters(me="editor:person.1", signs=True, settles=True)
NARROWED = Filters(me="editor:person.1", stage=Stage.OPEN, assignee="nobody")
WORK: dict[str, Callable[[Session], object]] = {
    "entered": lambda session: page(session, EVERYTHING),
    "article": lambda session: page(session, EVERYTHING, sorting=Sorting(Order.ARTICLE)),
    "risk": lambda session: page(session, EVERYTHING, sorting=Sorting(Order.RISK)),
    "counts": lambda session: count_facets(session, EVERYTHING),
    "narrowed": lambda session: count_facets(session, NARROWED),
}


def steps(session: Session, work: Callable[[Session], object]) -> int:
    """How many steps SQLite's engine takes for some work, to the hundred."""
    driver = session.connection().connection.driver_connection
    assert driver is not None
    taken = [0]

    def note() -> int:
        taken[0] += 1
        return 0

    driver.set_progress_handler(note, GRAIN)
    work(session)
    driver.set_progress_handler(None, 0)
    return max(taken[0], 1)


def test_ten_thousand_claims_cost_little_more_than_a_thousand(sqlite_database: Database) -> None:
    measured: list[dict[str, int]] = []
    for more in (FEW, MANY - FEW):
        with sqlite_database.writing("system:test") as session:
            crowd(session, more)
        with sqlite_database.reading() as session:
            measured.append({name: steps(session, work) for name, work in WORK.items()})
            with statements(session.connection().engine) as sent:
                found, counted = page(session, EVERYTHING), count_facets(session, EVERYTHING)
    few, many = measured
    assert (len(found.rows), len(sent)) == (50, 3)
    assert (counted.total, counted.whole) == (MANY, True)
    assert counted.groups["article"][0].number == 25
    # A page in an order an index gives costs what it did; looking at each claim once is linear.
    assert all(many[name] <= 2 * few[name] for name in ("entered", "article")), measured
    assert all(many[name] <= 13 * few[name] for name in WORK), measured
