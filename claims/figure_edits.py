"""Adding a figure to a claim, putting one right, and removing it; its row stays for the record."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.authorship import became_author
from claims.errors import Conflict, Refused
from claims.figure_places import place
from claims.figures import ChangeKind, Role, StatedFigure, is_rank
from claims.material import stated_fields
from claims.models import Claim, Figure
from claims.rules.place import anchor_of
from claims.typed_figures import TypedFigure
from claims.units import POINTS, kind_of
from claims.versions import expect_version
from claims.vocabulary import AnchorState
from claims.workflow import material_edit, needed_reason
from sources.columns import Words

OTHER_END = {Role.FROM: Role.TO, Role.TO: Role.FROM}
LONGEST = 500
MOST = 100
"""Figures of one claim; more are several claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacts(TypedFigure):
    """Everything that an editor says about a figure; ``text`` is the figure exactly as printed.

    ``partner`` is the figure at the other end, where this one is where a change starts or ends.
    """

    period_note: Words | None = None
    material: bool = True
    partner: uuid.UUID | None = None


def add_figure(
    session: Session, claim: Claim, facts: FigureFacts, *, by: str, seen_version: int | None = None
) -> Figure:
    """Add a figure to a claim and return it; nobody has judged it yet.

    Raises Refused naming the field that is wrong, Conflict when the claim is stale or dropped.
    """
    expect_version(claim, seen_version)
    partner = _checked(claim, None, facts)
    if len(claim.figures) >= MOST:
        raise Refused(
            "too_many_figures",
            {"zh": f"一条论断最多 {MOST} 个数据。", "en": f"One claim has at most {MOST} figures."},
        )
    with material_edit(session, claim):
        became_author(session, claim, by)
        row = Figure(number=_next_number(session, claim), created_by=by)
        _write(row, facts)
        _pair(claim, row, partner)
        with session.no_autoflush:
            row.claim = claim
            session.add(row)
            place(session, claim, row)
        session.flush()
    return row


def edit_figure(
    session: Session,
    figure: Figure,
    facts: FigureFacts,
    *,
    by: str,
    seen_version: int | None = None,
) -> None:
    """Put a figure right; what was concluded about another number does not hold for this one.

    Raises Refused naming the field that is wrong, Conflict when the figure is stale or removed.
    """
    claim = _claim_of(figure, seen_version)
    partner = _checked(claim, figure, facts)
    with material_edit(session, claim):
        before = _said(figure)
        _write(figure, facts)
        # Looking for the place sends what was written to the database, which wants its pair.
        _pair(claim, figure, partner)
        if facts.text != before["stated_text"]:
            place(session, claim, figure)
        if _said(figure) != before:
            became_author(session, claim, by)
            _settle(claim, by)
        session.flush()


def remove_figure(
    session: Session, figure: Figure, *, by: str, reason: str, seen_version: int | None = None
) -> None:
    """Take a figure out of its claim; what was concluded about it stays in the record.

    Its numbers in the text are unaccounted for again. Raises Refused without a reason.
    """
    claim = _claim_of(figure, seen_version)
    text = needed_reason(reason)
    with material_edit(session, claim):
        became_author(session, claim, by)
        _leave(claim, figure)
        figure.role = Role.VALUE if figure.role in OTHER_END else figure.role
        for relation in list(claim.relations):
            if figure.id in {relation.from_figure_id, relation.to_figure_id}:
                claim.relations.remove(relation)
                session.delete(relation)
        figure.mention_id = figure.period_mention_id = None
        figure.removed_by, figure.removal_reason = by, text
        session.flush()
        session.expire(claim, ["figures"])
        _settle(claim, by)


def _claim_of(figure: Figure, seen_version: int | None) -> Claim:
    """Return the claim of a figure that may be changed; raise Conflict otherwise."""
    expect_version(figure, seen_version)
    if figure.claim is None or figure.removed_by is not None:
        raise Conflict(
            "figure_removed",
            {"zh": "这个数据已经移除。", "en": "This figure has been removed."},
        )
    return figure.claim


def _next_number(session: Session, claim: Claim) -> int:
    """The next number; that of a removed figure is never given again."""
    given = session.scalars(select(Figure.number).where(Figure.claim_id == claim.id))
    return 1 + max(given, default=0)


def _write(row: Figure, facts: FigureFacts) -> None:
    row.stated_text = facts.text
    for name in StatedFigure.__slots__:
        setattr(row, name, getattr(facts, name))
    row.period_note, row.material = facts.period_note, facts.material


def _said(row: Figure) -> dict[str, Any]:
    """What makes whoever changes it an author."""
    return {**stated_fields(row), "material": row.material, "note": row.period_note}


def _checked(claim: Claim, figure: Figure | None, facts: FigureFacts) -> Figure | None:
    """Return the figure at the other end, if any; raise Refused for what cannot be stored."""
    if not facts.text.strip():
        raise _refused("stated_text", "请照原文填写。", "Write it as it is printed.")
    if len(facts.text) > LONGEST:
        raise _refused("stated_text", f"最多 {LONGEST} 个字。", f"At most {LONGEST} characters.")
    if facts.role is Role.RANK and facts.low is not None and not is_rank(facts.low):
        raise _refused(
            "role",
            "名次是从 1 起的整数，最多 15 位。",
            "A rank is a whole number from 1 upwards, of 15 digits at most.",
        )
    if kind_of(facts.unit) == POINTS and facts.change_kind is not ChangeKind.PERCENTAGE_POINTS:
        raise _refused(
            "change_kind",
            "百分点只用于“百分点变化”。",
            "Percentage points only measure a change in percentage points.",
        )
    if facts.role not in OTHER_END:
        return None
    others = {row.id: row for row in claim.figures if row is not figure}
    partner = others.get(facts.partner) if facts.partner else None
    if partner is None:
        raise _refused(
            "partner",
            "“从”和“到”成对出现，请选择另一端的数据。",
            "From and to come in pairs: choose the figure at the other end.",
        )
    return partner


def _refused(field: str, zh: str, en: str) -> Refused:
    return Refused(f"figure_{field}", {"zh": zh, "en": en}, field)


def _pair(claim: Claim, figure: Figure, partner: Figure | None) -> None:
    """Join a figure with the one at its other end, and part both from those they leave."""
    if partner is None:
        _leave(claim, figure)
        return
    if figure.pair and partner.pair == figure.pair and partner.role is OTHER_END[figure.role]:
        return
    # A fresh name: under a used one two rows could share their role for a moment.
    taken = {row.pair for row in claim.figures}
    for row in (figure, partner):
        _leave(claim, row)
    name = next(f"p{number}" for number in range(1, MOST + 2) if f"p{number}" not in taken)
    figure.pair = partner.pair = name
    partner.role = OTHER_END[figure.role]


def _leave(claim: Claim, figure: Figure) -> None:
    """Take a figure out of its pair; whoever is left alone is a value."""
    for row in claim.figures:
        if figure.pair and row is not figure and row.pair == figure.pair:
            row.pair = None
            row.role = Role.VALUE if row.role in OTHER_END else row.role
    figure.pair = None


def _settle(claim: Claim, by: str) -> None:
    """Confirm the place of a claim whose changed figures all stand at numbers of the text again."""
    anchor = anchor_of(claim)
    if anchor is None or anchor.state is not AnchorState.FIGURE_CHANGED or anchor.confirmed_by:
        return
    numbered = [row for row in claim.figures if row.low is not None or row.high is not None]
    if all(row.mention_id is not None for row in numbered):
        anchor.confirmed_by = by
