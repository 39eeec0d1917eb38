"""Every cited address by what is at stake, in two statements however many there are."""

import datetime as dt

from sqlalchemy import event
from sqlalchemy.orm import Session

from claims.models import Evidence, Observation
from claims.queries.rot import STAKES, Stake, changed_items, counts, rot, whole
from claims.vocabulary import Watched
from claims.workflow import drop
from sources.base import now
from sources.looks.models import PageState, SourceLook
from sources.models import Snapshot, Source
from sources.vocabulary import Capture, PageAnswer
from tests.claims.newsroom import CHECKER, a_claim, a_source, attached


def cited(session: Session, name: str, *, kept: bool = False, looked: bool = True) -> Evidence:
    """An item that quotes a page, of which a copy was kept or not."""
    source = a_source(session, url=f"https://example.org/{name}")
    source.key = name
    if kept:
        session.add(a_copy(source))
    if looked:
        look = SourceLook(source_id=source.id, url=source.url, looks=1, strikes=0, missed=0)
        look.looked_at = look.answered_at = now() - dt.timedelta(days=1)
        session.add(look)
    return attached(session, a_claim(session), source=source)


def a_copy(source: Source) -> Snapshot:
    return Snapshot(
        source=source,
        capture=Capture.WEB,
        sha256="a" * 64,
        media_type="text/plain",
        size=1,
        created_by=CHECKER,
    )


def answers(session: Session, item: Evidence, answer: PageAnswer, to: str | None = None) -> None:
    assert item.source is not None
    row = {"source_id": item.source.id, "url": item.source.url, "answer": answer, "final_url": to}
    session.add(PageState(**row, created_by="system:watch"))
    session.flush()


def changed(session: Session, item: Evidence, outcome: Watched = Watched.FIGURE_CHANGED) -> None:
    words = {"quote": item.quote, "old_words": item.quote, "new_words": "6 %"}
    row = Observation(evidence_id=item.id, outcome=outcome, created_by="system:watch", **words)
    session.add(row)
    session.flush()


def listed(session: Session) -> list[tuple[str, Stake]]:
    return [(row.source.key, row.risk) for row in rot(session)[0]]


def test_what_is_gone_and_was_never_kept_stands_on_top(session: Session) -> None:
    sound = cited(session, "sound", kept=True)
    never = cited(session, "never", looked=False)
    other = cited(session, "other", kept=True)
    closed, moved, bare = cited(session, "closed"), cited(session, "moved", kept=True), None
    bare = cited(session, "bare")
    kept, lost = cited(session, "kept", kept=True), cited(session, "lost")
    for item in (kept, lost):
        answers(session, item, PageAnswer.MISSING)
    answers(session, closed, PageAnswer.FORBIDDEN)
    answers(session, moved, PageAnswer.REDIRECTED, "https://example.net/")
    changed(session, other)

    assert listed(session) == [
        ("lost", Stake.LOST_FOR_GOOD),
        ("kept", Stake.LOST),
        ("other", Stake.CHANGED),
        ("never", Stake.UNSEEN),
        ("closed", Stake.FORBIDDEN),
        ("bare", Stake.NOT_KEPT),
        ("moved", Stake.REDIRECTED),
        ("sound", Stake.SOUND),
    ]
    every = [one for one in STAKES if one is not Stake.UNTRIED]
    assert counts(session) == dict.fromkeys(every, 1)
    assert all(item.source is not None for item in (sound, never, bare))


def test_a_page_that_never_answered_is_not_said_to_answer(session: Session) -> None:
    item = cited(session, "silent")
    look = session.get_one(SourceLook, item.source_id)
    look.answered_at, look.strikes = None, 1
    session.flush()

    assert listed(session) == [("silent", Stake.UNSEEN)]


def test_the_newest_answer_at_todays_address_holds(session: Session) -> None:
    back, elsewhere = cited(session, "back", kept=True), cited(session, "elsewhere", kept=True)
    for item in (back, elsewhere):
        answers(session, item, PageAnswer.MISSING)
    answers(session, back, PageAnswer.ALIVE)
    assert elsewhere.source is not None
    elsewhere.source.url = "https://example.org/new"
    session.flush()

    assert {risk for _key, risk in listed(session)} == {Stake.SOUND}


def test_what_was_answered_for_or_taken_over_is_changed_no_more(session: Session) -> None:
    item = cited(session, "rain", kept=True)
    changed(session, item)
    assert listed(session)[0][1] is Stake.CHANGED

    item.quote = "6 %"
    session.flush()

    assert listed(session)[0][1] is Stake.SOUND


def test_only_what_living_claims_rest_on_is_listed(session: Session) -> None:
    item = cited(session, "rain")
    a_source(session, url="https://example.org/unused")
    drop(session, item.claim, by=CHECKER, reason="文中已删")

    assert listed(session) == []


def test_pages_follow_each_other_without_gap_and_in_few_statements(session: Session) -> None:
    for number in range(12):
        item = cited(session, f"page-{number}", kept=number % 2 == 0)
        if number % 3 == 0:
            answers(session, item, PageAnswer.MISSING)
    statements: list[str] = []
    engine = session.get_bind().engine

    def count(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        first, more = rot(session, size=5)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    second, _more = rot(session, size=5, after=first[-1].place)
    third, rest = rot(session, size=5, after=second[-1].place)

    assert len(statements) == 2
    assert (more, rest) == (True, False)
    assert [*first, *second, *third] == list(whole(session))
    assert len({row.source.id for row in (*first, *second, *third)}) == 12


def test_an_address_nobody_looked_at_is_not_said_to_answer(session: Session) -> None:
    """A file that somebody uploaded says nothing of the address; a captured page does."""
    for name, capture in (("filed", Capture.UPLOAD), ("seen", Capture.WEB)):
        item = cited(session, name, looked=False)
        assert item.source is not None
        copy = a_copy(item.source)
        copy.capture = capture
        session.add(copy)
    session.flush()
    assert listed(session) == [("filed", Stake.UNTRIED), ("seen", Stake.SOUND)]


def test_the_evidence_whose_words_changed_is_told_for_its_source(session: Session) -> None:
    item, other = cited(session, "a"), cited(session, "b")
    changed(session, item)
    assert item.source is not None
    assert other.source is not None
    assert changed_items(session, item.source) == [item]
    assert changed_items(session, other.source) == []
