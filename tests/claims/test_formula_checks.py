"""An equation over figures holds where rounding allows it, and its finding goes with its cause."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from claims.calculated_evidence import Calculation, attach_calculation, edit_calculation
from claims.errors import Conflict, DeskError
from claims.evidence import withdraw_evidence
from claims.figure_edits import edit_figure, remove_figure
from claims.formula_acts import add_check, withdraw_check
from claims.formula_checks import checked, reckon
from claims.material import material_sha256
from claims.models import Claim, Figure
from claims.policy import current_policy
from claims.readiness import lacks
from claims.sign_offs import sign
from claims.support import weigh
from claims.vocabulary import Stage, Stance
from claims.workflow import submit
from sources.vocabulary import Tier
from tests.claims.newsroom import (
    CHECKER,
    LEAD,
    REVIEWER,
    a_claim,
    a_figure,
    a_source,
    assessed,
    attached,
)
from tests.claims.test_figure_edits import facts

POLICY = current_policy()


def a_growth(session: Session, stated: str = "20") -> Claim:
    """From 15 to 18 million won is a growth of 20 %."""
    claim = a_claim(session, figures=0)
    money: dict[str, Any] = {"unit": "KRW", "multiplier": 6, "stated_decimals": 0}
    for number, amount in ((1, 15_000_000), (2, 18_000_000)):
        bound = Decimal(amount)
        session.add(a_figure(claim, number, low=bound, high=bound, **money))
    bound = Decimal(stated)
    session.add(a_figure(claim, 3, low=bound, high=bound, stated_text=f"{stated}%"))
    session.flush()
    session.expire(claim, ["figures"])
    return claim


def codes(claim: Claim) -> set[str]:
    return {row.code for row in claim.findings} & {"formula", "formula_broken"}


@pytest.mark.parametrize(
    ("formula", "holds", "figure"),
    [
        ("(F2 - F1) / F1 = F3", True, 3),
        ("F3 = (F2 - F1) / F1", True, 3),
        ("F1 * (1 + F3) = F2", True, 2),
        ("F1 / F2 = F3", False, 3),
        ("（F2－F1）÷F1＝0.2", True, None),
    ],
)
def test_a_percentage_counts_as_the_ratio_it_is(
    session: Session, formula: str, figure: int | None, *, holds: bool
) -> None:
    found = reckon(a_growth(session), formula, POLICY)
    assert (found.holds, found.figure) == (holds, figure)


def test_both_sides_are_told_in_the_unit_of_the_stated_figure(session: Session) -> None:
    found = reckon(a_growth(session, "50"), "(F2 - F1) / F1 = F3", POLICY)
    assert not found.holds
    assert "%" in found.left["en"]
    assert found.right["en"].startswith("49.5")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("F1 + F3 = F2", "units do not fit"),
        ("F1 * F1 = F2", "units do not fit"),
        ("F1 = F9", "no figure F9"),
        ("F1 - F2", "one equals sign"),
        ("F1 = = F2", "one equals sign"),
        ("F1 = __import__('os')", "makes no sense"),
    ],
)
def test_what_cannot_be_calculated_is_refused_with_the_reason(
    session: Session, formula: str, said: str
) -> None:
    claim = a_growth(session)
    with pytest.raises(DeskError, match=said) as refusal:
        add_check(session, claim, formula, by=CHECKER)
    assert refusal.value.field == "formula"
    assert claim.checks == []


def test_a_formula_that_fails_must_be_answered_before_submission(session: Session) -> None:
    claim = a_growth(session, "50")
    add_check(session, claim, "(F2 - F1) / F1 = F3", by=CHECKER)
    assert codes(claim) == {"formula"}
    assert any("does not hold" in lack.message["en"] for lack in lacks(session, claim))
    figure = claim.figures[2]
    edit_figure(session, figure, facts("20%"), by=CHECKER)
    assert codes(claim) == set()
    remove_figure(session, figure, by=CHECKER, reason="not stated")
    assert codes(claim) == {"formula_broken"}
    withdraw_check(session, claim.checks[0], by=CHECKER, reason="no longer needed")
    assert codes(claim) == set()
    assert checked(claim, POLICY)[0].problem is not None
    with pytest.raises(Conflict):
        withdraw_check(session, claim.checks[0], by=CHECKER, reason="twice")


def a_calculated_claim(session: Session) -> tuple[Claim, Figure]:
    """A claim of 5 %, and two sourced amounts whose quotient it is."""
    claim = a_claim(session)
    for text in ("5 GW", "100 GW"):
        source = a_source(session, tier=Tier.PRIMARY)
        attached(session, claim, source=source, figure=facts(text), stance=Stance.MENTIONS)
    return claim, claim.figures[0]


def test_a_calculation_follows_its_inputs_and_voids_what_was_signed(session: Session) -> None:
    claim, figure = a_calculated_claim(session)
    given = Calculation(formula="E1 / E2", stance=Stance.SUPPORTS, addresses=[figure.id])
    item = attach_calculation(session, claim, given, by=CHECKER)
    assert item.figure is not None
    assert item.figure.unit == "%"
    assert (item.figure.low or 9) < 5 < (item.figure.high or 0)
    assert item.counts
    assessed(session, claim)
    submit(session, claim, by=CHECKER)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert claim.stage is Stage.SIGNED_OFF
    withdraw_evidence(session, claim.evidence[1], by=LEAD, reason="wrong table")
    assert item.figure is None
    assert not item.counts
    assert claim.stage is Stage.CHECKING
    assert "calculation_broken" in {row.code for row in claim.findings}


def test_a_calculation_adds_no_origin_of_its_own(session: Session) -> None:
    claim, figure = a_calculated_claim(session)
    for formula, origins in (("E1 / E2", 2), ("F1 * 1", 0)):
        given = Calculation(formula=formula, stance=Stance.SUPPORTS, addresses=[figure.id])
        item = attach_calculation(session, claim, given, by=CHECKER)
        assert weigh(session, claim.evidence, Stance.SUPPORTS).origins == origins
        withdraw_evidence(session, item, by=CHECKER, reason="next")


@pytest.mark.parametrize(
    ("formula", "said"),
    [("E3", "no figure E3"), ("5 * 2", "names no figure"), ("E1 / (E2 - E2)", "nothing of use")],
)
def test_a_calculation_rests_on_earlier_figures_only(
    session: Session, formula: str, said: str
) -> None:
    claim, _figure = a_calculated_claim(session)
    given = Calculation(formula=formula, stance=Stance.SUPPORTS)
    with pytest.raises(DeskError, match=said):
        attach_calculation(session, claim, given, by=CHECKER)
    assert len(claim.evidence) == 2


def test_another_formula_is_another_result(session: Session) -> None:
    claim, figure = a_calculated_claim(session)
    given = Calculation(formula="E1 / E2", stance=Stance.SUPPORTS, addresses=[figure.id])
    item = attach_calculation(session, claim, given, by=CHECKER)
    again = Calculation(formula="E2 / E1", stance=Stance.REFUTES, addresses=[figure.id])
    edit_calculation(session, item, again, by=CHECKER, seen_version=item.version)
    assert item.figure is not None
    assert (item.figure.low or 0) > 1000
