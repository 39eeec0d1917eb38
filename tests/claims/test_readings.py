"""Reading in portions: the same numbers and proposals as in one go, none twice, resumable."""

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import readings
from claims.extraction.figures import bounds_of
from claims.mentions import mention_values
from claims.models import ArticleVersion, Proposal, ProposedFigure, QuantityMention, Reading
from claims.quantities import Quantity, read
from claims.readings import PORTION, latest_reading, portion_end, progress, read_on
from sources.identifiers import uuid7
from tests.claims.sorting import MINE, TEXT, THEIRS, an_article_to_sort

LONG = "\n".join(f"第{number}段，{TEXT}" for number in range(12))


def seen(session: Session, version: ArticleVersion) -> list[tuple[int, int, str]]:
    numbers = session.execute(
        select(QuantityMention.start, QuantityMention.stop, QuantityMention.text)
        .where(QuantityMention.version_id == version.id)
        .order_by(QuantityMention.start)
    )
    return [(row.start, row.stop, row.text) for row in numbers]


def stated(session: Session, version: ArticleVersion) -> list[tuple[int, int, str, str | None]]:
    rows = session.execute(
        select(Proposal.start, Proposal.stop, Proposal.statement, ProposedFigure.period)
        .join(ProposedFigure, ProposedFigure.proposal_id == Proposal.id)
        .where(Proposal.version_id == version.id)
        .order_by(Proposal.start, ProposedFigure.start)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


@pytest.mark.parametrize("size", [50, 120, 700])
def test_portions_find_what_one_reading_finds(
    session: Session, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    whole = an_article_to_sort(session, LONG)
    monkeypatch.setattr(readings, "PORTION", size)
    monkeypatch.setattr(read_on, "__kwdefaults__", {"seen": None, "size": size})
    version = an_article_to_sort(session, LONG)
    first = progress(latest_reading(session, version.id), version)
    assert 0 < first.read_to < first.total
    assert not first.finished
    while not read_on(session, version, by=MINE).finished:
        pass
    assert seen(session, version) == seen(session, whole)
    assert stated(session, version) == stated(session, whole)
    numbers = select(func.count(), func.count(Proposal.number.distinct()))
    total, distinct = session.execute(numbers.where(Proposal.version_id == version.id)).one()
    assert total == distinct


def test_the_same_request_twice_reads_nothing_twice(session: Session) -> None:
    version = an_article_to_sort(session, LONG)
    reading = latest_reading(session, version.id)
    assert reading is not None
    assert reading.finished_at is not None
    count = len(seen(session, version))
    assert read_on(session, version, by=THEIRS).finished
    reading.finished_at, reading.read_to = None, 100
    session.flush()
    assert read_on(session, version, by=THEIRS, seen=0).read_to == 100
    assert len(seen(session, version)) == count


def test_an_interrupted_reading_goes_on_without_a_number_twice(session: Session) -> None:
    version = an_article_to_sort(session, LONG)
    count = len(seen(session, version))
    reading = latest_reading(session, version.id)
    assert reading is not None
    # What a crash between two portions would leave never happens; rows that are there are kept.
    reading.finished_at, reading.read_to = None, 0
    session.flush()
    read_on(session, version, by=MINE)
    assert len(seen(session, version)) == count


def test_a_number_nobody_could_print_is_listed_without_a_value() -> None:
    vast = Quantity(0, 3, "很多", 0, 3, "number", Decimal(10) ** 60, rule="bare")
    values = mention_values(uuid7(), vast, MINE)
    assert (values["low"], values["high"]) == (None, None)
    assert values["reason"] == "more digits than are kept"
    assert bounds_of(vast).low is None


def test_a_reading_says_with_what_it_was_made(session: Session) -> None:
    version = an_article_to_sort(session)
    reading = session.scalars(select(Reading).where(Reading.version_id == version.id)).one()
    assert (reading.number, reading.read_to) == (1, version.characters)
    assert len(reading.tables_sha256) == 64
    assert reading.published == "2025-03-25"


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(["份额为5%", "。", "，", "\n", "“真的。”", "1,2"]), max_size=60).map(
        "".join
    ),
    st.integers(1, 40),
)
def test_portions_end_between_sentences_and_cover_the_text(text: str, size: int) -> None:
    ends = [0]
    while ends[-1] < len(text):
        ends.append(portion_end(text, ends[-1], size, "zh"))
        assert ends[-1] > ends[-2]
    pieces = [text[a:b] for a, b in itertools.pairwise(ends)]
    assert "".join(pieces) == text
    assert all(piece[-1] in "。\n”" for piece in pieces[:-1])
    found = [
        (number.start + start, number.end + start)
        for start, piece in zip(ends, pieces, strict=False)
        for number in read(piece, "zh")
    ]
    assert found == [(number.start, number.end) for number in read(text, "zh")]


@pytest.mark.parametrize("text", ["." * 300_000, "字" * 300_000, "1,2 " * 75_000])
def test_a_text_without_an_end_is_read_in_portions_too(text: str) -> None:
    """T-DOS: two megabytes without a full stop are not one portion, nor a search without end."""
    begun = time.process_time()
    ends = [0]
    while ends[-1] < len(text):
        ends.append(portion_end(text, ends[-1], PORTION, "en"))
        assert 0 < ends[-1] - ends[-2] <= 2 * PORTION
    assert time.process_time() - begun < 3
