"""Attaching a calculation as evidence, and putting one right."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims.calculations import result
from claims.errors import Conflict, Refused
from claims.evidence import addressed_figures, aim_at
from claims.formulas import read_formula
from claims.models import Claim, Evidence, Figure
from claims.typed_figures import TypedFigure
from claims.versions import expect_version
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import material_edit
from sources.columns import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """A formula over figures of the claim and of earlier evidence, and what it does."""

    formula: str
    stance: Stance
    addresses: Sequence[uuid.UUID] = ()
    says: Words | None = None
    note: Words | None = None


def attach_calculation(
    session: Session, claim: Claim, given: Calculation, *, by: str, seen_version: int | None = None
) -> Evidence:
    """Attach a calculation and return the item; its figure is the result.

    Raises Refused naming the field that is wrong, Conflict when the claim is stale or dropped.
    """
    expect_version(claim, seen_version)
    number = 1 + max((item.number for item in claim.evidence), default=0)
    targets = _checked(claim, given, number)
    with material_edit(session, claim):
        item = Evidence(claim=claim, number=number, kind=EvidenceKind.CALCULATION, created_by=by)
        with session.no_autoflush:
            _write(item, given, targets, by)
            session.add(item)
        session.flush()
    return item


def edit_calculation(
    session: Session,
    item: Evidence,
    given: Calculation,
    *,
    by: str,
    seen_version: int | None = None,
) -> None:
    """Put a calculation right; another formula or result voids the signatures."""
    expect_version(item, seen_version)
    if item.withdrawn_by is not None or item.kind is not EvidenceKind.CALCULATION:
        raise Conflict(
            "withdrawn", {"zh": "这条证据已经撤回。", "en": "This evidence has been withdrawn."}
        )
    targets = _checked(item.claim, given, item.number)
    with material_edit(session, item.claim):
        _write(item, given, targets, by)
        session.flush()


def tried(claim: Claim, given: Calculation, item: Evidence | None = None) -> TypedFigure:
    """Return what a calculation comes to, and keep nothing; raise Refused, field ``formula``."""
    number = 1 + max((row.number for row in claim.evidence), default=0)
    return _worked_out(claim, given, item.number if item is not None else number)[1]


def _checked(claim: Claim, given: Calculation, number: int) -> list[Figure]:
    return _worked_out(claim, given, number)[0]


def _worked_out(claim: Claim, given: Calculation, number: int) -> tuple[list[Figure], TypedFigure]:
    targets = addressed_figures(claim, given.addresses)
    formula = read_formula(given.formula)
    if not formula.handles:
        raise Refused(
            "formula_bare",
            {
                "zh": "算式里没有数据，如 F1 或 E2。",
                "en": "The formula names no figure such as F1.",
            },
            "formula",
        )
    return targets, result(claim, formula, number, targets[0] if len(targets) == 1 else None)


def _write(item: Evidence, given: Calculation, targets: list[Figure], by: str) -> None:
    item.formula, item.stance = given.formula.strip(), given.stance
    item.says, item.note = given.says, given.note
    aim_at(item, targets, by)
