"""What the house printed of the same thing before: found, set apart, remembered."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.house import house_figures, search
from claims.models import Figure, FigureTopic
from claims.policy import current_policy
from claims.reconciliations import reconcile
from claims.rules.consistency import consistency
from claims.topics import topics
from claims.vocabulary import Reconciled
from claims.workflow import drop
from tests.claims.newsroom import CHECKER, LEAD, a_claim, a_figure

SAMSUNG: dict[str, Any] = {
    "subject": {"zh": "三星", "en": "Samsung"},
    "measure": {"zh": "市场份额", "en": "market share"},
    "stated_text": "18.0%",
    "low": Decimal("18.0"),
    "high": Decimal("18.0"),
    "stated_decimals": 1,
}


def printed(session: Session, **facts: Any) -> Figure:
    """A figure in a claim of an article of its own."""
    claim = a_claim(session, figures=0)
    figure = a_figure(claim, 1, **{**SAMSUNG, **facts})
    session.add(figure)
    session.flush()
    session.refresh(claim)
    return figure


def found(session: Session, figure: Figure) -> list[tuple[str, bool]]:
    rows = house_figures(session, [figure], current_policy())[figure.id]
    return [(row.figure.stated_text, row.contradicts) for row in rows]


def test_another_number_for_the_same_thing_and_period_contradicts(session: Session) -> None:
    printed(session)
    here = printed(session, stated_text="21%", low=Decimal(21), high=Decimal(21), stated_decimals=0)

    assert found(session, here) == [("18.0%", True)]


@pytest.mark.parametrize(
    "facts",
    [
        {"period": "2023"},
        {"period": None},
        {"geography": {"zh": "中国"}},
        {"basis": {"zh": "按营收"}},
        {"stated_text": "18%", "low": Decimal(18), "high": Decimal(18), "stated_decimals": 0},
    ],
)
def test_another_period_scope_or_rounding_is_shown_and_contradicts_nothing(
    session: Session, facts: dict[str, Any]
) -> None:
    printed(session, geography={"zh": "全球"}, basis={"zh": "按出货量"})
    here = printed(
        session,
        **{
            "geography": {"zh": "全球"},
            "basis": {"zh": "按出货量"},
            "stated_text": "21%",
            "low": Decimal(21),
            "high": Decimal(21),
            "stated_decimals": 0,
            **facts,
        },
    )

    assert found(session, here) == [("18.0%", False)]


def test_another_subject_is_not_found_at_all(session: Session) -> None:
    printed(session, subject={"zh": "美光"})

    assert found(session, printed(session)) == []


def test_one_language_in_common_is_enough_and_width_and_case_are_no_difference(
    session: Session,
) -> None:
    printed(session, subject={"en": "SAMSUNG"}, measure={"en": "Ｍarket  share"})
    here = printed(session, subject={"en": "Samsung"}, measure={"en": "market share"})

    assert found(session, here) == [("18.0%", False)]


def test_the_answer_is_remembered_for_both_and_the_newest_holds(session: Session) -> None:
    there = printed(session, stated_text="21%", low=Decimal(21), high=Decimal(21))
    here = printed(session)
    reconcile(session, here, there, Reconciled.CONTRADICTION, by=CHECKER, note="两处不一")
    reconcile(session, there, here, Reconciled.REVISION, by=LEAD, note="3 月修订")

    for one in (here, there):
        (row,) = house_figures(session, [one], current_policy())[one.id]
        assert not row.contradicts
        assert row.reconciled is not None
        assert (row.reconciled.outcome, row.reconciled.created_by) == (Reconciled.REVISION, LEAD)


def test_a_reconciliation_needs_a_reason_and_two_claims(session: Session) -> None:
    here, there = printed(session), printed(session)
    with pytest.raises(Refused):
        reconcile(session, here, there, Reconciled.REVISION, by=CHECKER, note=" ")
    with pytest.raises(Refused):
        reconcile(session, here, here, Reconciled.REVISION, by=CHECKER, note="同一条")


def test_a_contradiction_is_a_mandatory_finding_until_it_is_answered(session: Session) -> None:
    there = printed(session, stated_text="21%", low=Decimal(21), high=Decimal(21))
    here = printed(session)
    assert here.claim is not None
    (hit,) = consistency(session, here.claim, current_policy())
    assert hit.code == "contradiction"
    assert "“21%”" in hit.message["zh"]

    reconcile(session, here, there, Reconciled.DIFFERENT_DEFINITION, by=CHECKER, note="口径不同")
    assert list(consistency(session, here.claim, current_policy())) == []


def test_a_dropped_claim_was_not_printed(session: Session) -> None:
    there = printed(session)
    assert there.claim is not None
    drop(session, there.claim, by=LEAD, reason="已删")

    assert found(session, printed(session)) == []


def test_the_index_follows_the_figure(session: Session) -> None:
    figure = printed(session)
    figure.subject = {"zh": "美光"}
    session.flush()
    rows = session.scalars(select(FigureTopic.topic).where(FigureTopic.figure_id == figure.id))

    assert set(rows) == set(topics(figure.subject, figure.measure)) == {"zh|美光|市场份额"}


def test_a_stale_index_finds_less_and_never_something_else(session: Session) -> None:
    there = printed(session)
    session.execute(update(Figure).where(Figure.id == there.id).values(subject={"zh": "美光"}))
    session.expire_all()
    here = printed(session)
    rows = house_figures(session, [here], current_policy())[here.id]

    assert [row.contradicts for row in rows] == [False]


def test_figures_are_searched_by_what_they_are_about(session: Session) -> None:
    figure = printed(session)

    assert figure in search(session, "三星 份额")
    assert figure in search(session, "samsung")
    assert search(session, "三星 利润") == []
    assert search(session, "100%_") == []
