"""The queue shows each claim once, at any depth, in two statements, narrowed as asked."""

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from claims.contests import Dispute, raise_contest
from claims.merging import merge
from claims.models import Assessment, Claim
from claims.queries.queue import Page, page
from claims.queries.queue_filters import Contested, Filters, View
from claims.queries.queue_order import Direction, Place
from claims.status import VerificationStatus
from claims.vocabulary import ContestReason, Disposition, Side, Stage
from tests.claims import newsroom
from tests.statements import statements

ME, OTHER = "editor:li.wei", "editor:zhang.min"
EVERYTHING = Filters(me=ME)


def ids(found: Page) -> list[uuid.UUID]:
    return [row.id for row in found.rows]


def narrowed(session: Session, **filters: Any) -> list[uuid.UUID]:
    return ids(page(session, Filters(**{"me": ME, **filters})))


def submitted(session: Session, **facts: Any) -> Claim:
    by = facts.pop("submitted_by", None)
    facts = {"stage": Stage.CHECKING, "disposition": Disposition.STET, **facts}
    claim = newsroom.a_claim(session, **facts)
    claim.stage, claim.submitted_by = Stage.SUBMITTED, by
    session.flush()
    return claim


def disputed(session: Session, claim: Claim, *, blocking: bool = False) -> None:
    dispute = Dispute(
        reason=ContestReason.SOURCES_DISAGREE,
        side=Side.READER,
        statement={"zh": "口径不同。"},
        blocking=blocking,
    )
    raise_contest(session, claim, dispute, by=OTHER)


def test_every_claim_appears_once_going_forth_and_back(session: Session) -> None:
    article = newsroom.an_article(session)
    made = [newsroom.a_claim(session, article=article).id for _ in range(7)]
    forth, place = [page(session, EVERYTHING, size=3)], None
    while (place := forth[-1].next) is not None:
        forth.append(page(session, EVERYTHING, place, size=3))
    assert [key for found in forth for key in ids(found)] == made
    back = [forth[-1]]
    while (place := back[-1].previous) is not None:
        back.append(page(session, EVERYTHING, place, size=3))
    assert [key for found in reversed(back) for key in ids(found)][-7:] == made


def test_the_first_page_has_no_previous_and_the_last_no_next(session: Session) -> None:
    made = [newsroom.a_claim(session).id for _ in range(3)]
    first = page(session, EVERYTHING, size=2)
    assert (first.previous, first.next) == (None, Place(Direction.AFTER, [], made[1]))
    last = page(session, EVERYTHING, first.next, size=2)
    assert (last.previous, last.next) == (Place(Direction.BEFORE, [], made[2]), None)


def test_a_page_takes_two_statements_however_many_rows(session: Session) -> None:
    for _ in range(5):
        disputed(session, newsroom.a_claim(session, figures=3))
    with statements(session.connection().engine) as sent:
        found = page(session, EVERYTHING)
    assert len(found.rows) == 5
    assert len(sent) == 2
    assert not any("count(*)" in statement.lower() for statement in sent)


def test_an_empty_queue_takes_one_statement(session: Session) -> None:
    with statements(session.connection().engine) as sent:
        assert page(session, EVERYTHING) == Page()
    assert len(sent) == 1


def test_filters_narrow_by_article_status_and_stage_together(session: Session) -> None:
    wanted = newsroom.a_claim(session, verification_status=VerificationStatus.REFUTED)
    newsroom.a_claim(session, article=wanted.article)
    newsroom.a_claim(session, verification_status=VerificationStatus.REFUTED)
    asked = {"article": wanted.article.key, "status": VerificationStatus.REFUTED}
    assert narrowed(session, **asked) == [wanted.id]
    assert narrowed(session, **asked, stage=Stage.OPEN) == [wanted.id]
    assert narrowed(session, **asked, stage=Stage.CHECKING) == []


def test_contested_means_an_open_contest_and_says_whether_it_blocks(session: Session) -> None:
    quiet, loud = newsroom.a_claim(session), newsroom.a_claim(session)
    disputed(session, loud)
    disputed(session, loud, blocking=True)
    assert narrowed(session, contested=Contested.OPEN) == [loud.id]
    rows = {row.id: row for row in page(session, EVERYTHING).rows}
    assert (rows[loud.id].contests, rows[loud.id].blocking) == (2, True)
    assert (rows[quiet.id].contests, rows[quiet.id].blocking) == (0, False)


def test_mine_are_the_claims_i_took_and_did_not_finish(session: Session) -> None:
    mine, others, done = (newsroom.a_claim(session, assignee=who) for who in (ME, OTHER, ME))
    done.stage = Stage.DROPPED
    session.flush()
    assert narrowed(session, view=View.MINE) == [mine.id]
    assert narrowed(session, view=View.UNASSIGNED) == []
    assert narrowed(session, assignee=OTHER) == [others.id]


def test_what_another_submitted_waits_for_my_signature(session: Session) -> None:
    claim = submitted(session, submitted_by=OTHER)
    assert narrowed(session, view=View.SIGNATURE) == [claim.id]


@pytest.mark.parametrize("facts", [{"submitted_by": ME}, {"submitted_by": OTHER, "created_by": ME}])
def test_what_i_wrote_or_submitted_does_not_wait_for_my_signature(
    session: Session, facts: dict[str, str]
) -> None:
    submitted(session, **facts)
    assert narrowed(session, view=View.SIGNATURE) == []


def test_what_i_assessed_does_not_wait_for_my_signature(session: Session) -> None:
    claim = submitted(session, submitted_by=OTHER)
    status = VerificationStatus.SUPPORTED
    session.add(Assessment(claim=claim, status=status, created_by=ME))
    session.flush()
    assert narrowed(session, view=View.SIGNATURE) == []


def test_figures_are_shown_as_printed_those_with_a_number_first(session: Session) -> None:
    claim = newsroom.a_claim(session, figures=0)
    wording = {"low": None, "high": None, "comparator": None, "unit": None, "stated_decimals": None}
    session.add(newsroom.a_figure(claim, 1, stated_text="头一回", **wording))
    session.add(newsroom.a_figure(claim, 2, stated_text="5%"))
    session.add(newsroom.a_figure(claim, 3, stated_text="略", material=False))
    session.flush()
    assert list(page(session, EVERYTHING).rows[0].figures) == ["5%", "头一回"]


def test_waiting_counts_from_the_last_act_on_the_claim(session: Session) -> None:
    claim = newsroom.a_claim(session)
    assert page(session, EVERYTHING).rows[0].since == claim.created_at
    disputed(session, claim)
    assert page(session, EVERYTHING).rows[0].since == claim.contests[0].created_at


def test_a_key_that_was_merged_twice_narrows_to_what_rests_on_the_entry_that_stands(
    session: Session,
) -> None:
    oldest, older, stands = (newsroom.a_source(session) for _ in range(3))
    claim = newsroom.a_claim(session)
    newsroom.attached(session, claim, source=oldest)
    newsroom.attached(session, newsroom.a_claim(session))
    merge(session, older, oldest, {}, by=OTHER)
    merge(session, stands, older, {}, by=OTHER)
    for key in (oldest.key, older.key, stands.key):
        assert narrowed(session, source=key) == [claim.id]
    stands.confidential = True
    session.flush()
    assert narrowed(session, source=oldest.key) == []
