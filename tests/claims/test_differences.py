"""Reading again shows what differs; what an editor touched is never overwritten."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import extraction
from claims.difference_acts import settle
from claims.differences import read_again
from claims.errors import Conflict
from claims.material import material_sha256
from claims.models import (
    ArticleVersion,
    Proposal,
    ProposedFigure,
    QuantityMention,
    Reading,
    ReadingDifference,
)
from claims.readings import latest_reading
from claims.triage import accept, reject
from claims.triage_vocabulary import DifferenceKind, DifferenceState, ProposalState, RejectionReason
from claims.undo import undo
from tests.claims.sorting import MINE, THEIRS, an_article_to_sort, images, proposals_of


def differences(session: Session, reading: Reading) -> list[ReadingDifference]:
    query = select(ReadingDifference).where(ReadingDifference.reading_id == reading.id)
    return list(session.scalars(query.order_by(ReadingDifference.number)))


def age(session: Session, version: ArticleVersion) -> None:
    """Make the rows what an older reader might have left: one wrong, one missing, one too many."""
    rows = proposals_of(session, version)
    wrong = next(row for row in rows if "340" in row.statement)
    mention = session.get_one(QuantityMention, wrong.figures[0].mention_id)
    mention.unit = wrong.figures[0].unit = "kg"
    missing = next(row for row in rows if "160" in row.statement)
    for figure in missing.figures:
        session.delete(figure)
        session.flush()
        session.delete(session.get_one(QuantityMention, figure.mention_id))
    session.flush()
    session.delete(missing)
    surplus = QuantityMention(
        version_id=version.id,
        start=len(version.text) - 4,
        stop=len(version.text) - 2,
        text=version.text[-4:-2],
        kind="count",
        rule="old",
        reason="old",
        reader_version="0.9",
        created_by=MINE,
    )
    session.add(surplus)
    session.flush()
    session.expire_all()


def test_the_same_reader_sees_no_difference(session: Session) -> None:
    version = an_article_to_sort(session)
    before = images(session)
    reading = read_again(session, version, by=MINE)
    assert differences(session, reading) == []
    assert images(session) == before
    assert reading.number == 2


def test_each_difference_is_shown_and_nothing_is_changed_by_showing(session: Session) -> None:
    version = an_article_to_sort(session)
    age(session, version)
    before = images(session)
    kinds = [row.kind for row in differences(session, read_again(session, version, by=MINE))]
    assert sorted(kinds) == sorted(
        [
            DifferenceKind.NUMBER_CHANGED,
            DifferenceKind.NUMBER_NEW,
            DifferenceKind.NUMBER_VANISHED,
            DifferenceKind.PROPOSAL_CHANGED,
            DifferenceKind.PROPOSAL_NEW,
        ]
    )
    after = images(session)
    after.pop("reading_difference")
    before.pop("reading_difference")
    assert after == before


def test_all_are_taken_over_at_once_and_undone_at_once(session: Session) -> None:
    version = an_article_to_sort(session)
    fresh = [(row.statement, row.strength) for row in proposals_of(session, version)]
    age(session, version)
    reading = read_again(session, version, by=MINE)
    before = images(session)
    settle(session, version, reading, None, take=True, by=THEIRS)
    session.expire_all()
    live = [row for row in proposals_of(session, version) if row.state is ProposalState.PENDING]
    assert [(row.statement, row.strength) for row in live] == fresh
    assert {row.state for row in differences(session, reading)} == {DifferenceState.TAKEN}
    assert differences(session, read_again(session, version, by=MINE)) == []
    undo(session, version, by=THEIRS)
    assert images(session) == before


def test_one_is_taken_and_one_is_left(session: Session) -> None:
    version = an_article_to_sort(session)
    age(session, version)
    reading = read_again(session, version, by=MINE)
    first, second = differences(session, reading)[:2]
    settle(session, version, reading, [first.number], take=True, by=MINE)
    settle(session, version, reading, [second.number], take=False, by=THEIRS)
    assert (first.state, second.state) == (DifferenceState.TAKEN, DifferenceState.LEFT)
    assert (first.decided_by, second.decided_by) == (MINE, THEIRS)
    with pytest.raises(Conflict):
        settle(session, version, reading, [first.number], take=True, by=THEIRS)


def test_reading_again_never_alters_what_a_person_decided(session: Session) -> None:
    version = an_article_to_sort(session)
    kept = next(row for row in proposals_of(session, version) if "340" in row.statement)
    dropped = next(row for row in proposals_of(session, version) if "跃升" in row.statement)
    accept(session, version, kept.number, by=MINE)
    reject(session, version, dropped.number, RejectionReason.OPINION, by=MINE)
    session.expire_all()
    assert kept.claim is not None
    digest = material_sha256(kept.claim)
    mention = session.get_one(QuantityMention, kept.figures[0].mention_id)
    mention.unit = "kg"
    rows = session.scalars(
        select(ProposedFigure).where(ProposedFigure.proposal_id == dropped.id)
    ).all()
    session.get_one(QuantityMention, rows[0].mention_id).unit = "kg"
    session.flush()
    reading = read_again(session, version, by=THEIRS)
    held = [row for row in differences(session, reading) if row.held_by is not None]
    assert {row.held_by for row in held} == {"claim", "dismissed"}
    with pytest.raises(Conflict):
        settle(session, version, reading, None, take=True, by=THEIRS)
    with pytest.raises(Conflict):
        settle(session, version, reading, [held[0].number], take=True, by=THEIRS)
    settle(session, version, reading, None, take=False, by=THEIRS)
    session.expire_all()
    assert material_sha256(kept.claim) == digest
    assert (kept.state, dropped.state) == (ProposalState.ACCEPTED, ProposalState.REJECTED)


def test_a_reader_that_changed_again_is_not_taken_over(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = an_article_to_sort(session)
    age(session, version)
    reading = read_again(session, version, by=MINE)
    monkeypatch.setattr(extraction, "VERSION", "9.9.9")
    with pytest.raises(Conflict) as problem:
        settle(session, version, reading, None, take=True, by=MINE)
    assert problem.value.code == "reader_changed"


def test_a_text_that_is_not_read_to_its_end_is_not_read_again(session: Session) -> None:
    version = an_article_to_sort(session)
    reading = latest_reading(session, version.id)
    assert reading is not None
    reading.finished_at = None
    session.flush()
    with pytest.raises(Conflict) as problem:
        read_again(session, version, by=MINE)
    assert problem.value.code == "still_reading"
    assert session.scalars(select(Proposal.id).where(Proposal.version_id == version.id)).all()
