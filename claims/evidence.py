"""Attaching evidence to a claim, putting it right, and withdrawing it; nothing is deleted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.errors import Conflict, Refused
from claims.evidence_places import mark, refuse_foreign, refuse_misplaced, refuse_unread
from claims.figures import StatedFigure
from claims.models import Answer, Claim, Evidence, EvidenceTarget, Figure
from claims.said import NOTHING_SAID, Said
from claims.typed_figures import TypedFigure
from claims.versions import expect_version
from claims.vocabulary import EvidenceKind, LocatorKind, Stance
from claims.workflow import material_edit, needed_reason
from sources.columns import Words
from sources.families import survivor
from sources.models import Snapshot, Source
from sources.quotes import Span
from sources.veil import refuse_veiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a reviewer found: where, in whose words, with which figure, and what it does.

    ``addresses`` names the claim's figures the passage speaks to; none means the claim as a whole.
    ``pending`` keeps what came from outside the desk from weighing until somebody accepts it.
    ``snapshot`` is the copy it was found in, ``place`` where the quote stands in that copy's text,
    and ``figure_place`` where the words of its figure do; a figure without a place was typed.
    """

    stance: Stance
    kind: EvidenceKind = EvidenceKind.SOURCE
    source: Source | None = None
    quote: str | None = None
    locator_kind: LocatorKind | None = None
    locator: str | None = None
    figure: TypedFigure | None = None
    addresses: Sequence[uuid.UUID] = ()
    says: Words | None = None
    note: Words | None = None
    pending: bool = False
    snapshot: Snapshot | None = None
    place: Span | None = None
    figure_place: Span | None = None
    said: Said = NOTHING_SAID


def attach_evidence(
    session: Session, claim: Claim, passage: Passage, *, by: str, seen_version: int | None = None
) -> Evidence:
    """Attach a passage to a claim and return the item.

    Raises Refused naming the field that is wrong, Conflict when the claim is stale or dropped.
    """
    expect_version(claim, seen_version)
    refuse_veiled(passage.source)
    targets = _checked(claim, passage)
    with material_edit(session, claim):
        number = 1 + max((item.number for item in claim.evidence), default=0)
        item = Evidence(claim=claim, number=number, pending=passage.pending, created_by=by)
        _write(item, passage, targets, by)
        session.add(item)
        session.flush()
    return item


def edit_evidence(
    session: Session, item: Evidence, passage: Passage, *, by: str, seen_version: int | None = None
) -> None:
    """Put an item right; a change of anything but its note voids the signatures.

    What somebody outside the desk said stays in their words: how it is read and weighed can be
    changed. Raises Refused naming the field that is wrong, Conflict when the item is stale,
    withdrawn or still to be accepted.
    """
    expect_version(item, seen_version)
    refuse_veiled(item, item.source, passage.source)
    _refuse_withdrawn(item)
    _refuse_other_words(session, item, passage)
    if item.kind is EvidenceKind.CALCULATION:
        raise Conflict(
            "calculated",
            {
                "zh": "这条证据是算出来的，请改它的算式。",
                "en": "This evidence is calculated: edit its formula.",
            },
        )
    targets = _checked(item.claim, passage)
    with material_edit(session, item.claim):
        _write(item, passage, targets, by)
        session.flush()


def pin_snapshot(session: Session, item: Evidence, snapshot: Snapshot) -> None:
    """Rest an item on a copy of its source, and mark its passage there where it is found once.

    Raises Refused for a copy of another source.
    """
    refuse_foreign(snapshot, item.source, "file")
    with material_edit(session, item.claim):
        item.snapshot = snapshot
        mark(item)
        session.flush()


def withdraw_evidence(
    session: Session, item: Evidence, *, by: str, reason: str, seen_version: int | None = None
) -> None:
    """Take an item out of the weighing; it stays visible, struck through, with the reason."""
    expect_version(item, seen_version)
    _refuse_withdrawn(item)
    text = needed_reason(reason)
    with material_edit(session, item.claim):
        item.withdrawn_by = by
        item.withdrawal_reason = text
        session.flush()


def _refuse_withdrawn(item: Evidence) -> None:
    if item.withdrawn_by is not None:
        raise Conflict(
            "withdrawn",
            {"zh": "这条证据已经撤回。", "en": "This evidence has been withdrawn already."},
        )


def _refuse_other_words(session: Session, item: Evidence, passage: Passage) -> None:
    if item.pending:
        raise Conflict(
            "pending",
            {
                "zh": "这条答复还没有人接受；请先接受或撤回。",
                "en": "Nobody has accepted this answer yet: accept or withdraw it first.",
            },
        )
    said = (passage.quote or "").strip(), passage.says, passage.source
    outside = session.scalar(select(Answer.id).where(Answer.evidence_id == item.id))
    if outside is not None and said != (item.quote, item.says, None):
        raise Refused(
            "others_words",
            {
                "zh": "这是对方自己的话，不能改写；要评论请写在备注里。",
                "en": "These are somebody else's own words and stay as given; "
                "a remark goes into the note.",
            },
            "quote",
        )


def aim(item: Evidence, addresses: Sequence[uuid.UUID], by: str) -> None:
    """Point an item at figures of its claim; raise Refused for those of another."""
    aim_at(item, addressed_figures(item.claim, addresses), by)


def _checked(claim: Claim, passage: Passage) -> list[Figure]:
    """Return the addressed figures, or raise Refused."""
    if passage.kind is EvidenceKind.SOURCE and passage.source is None:
        raise Refused(
            "source_missing",
            {"zh": "请选择来源，或填写新来源。", "en": "Choose a source or describe a new one."},
            "source",
        )
    if passage.snapshot is not None:
        refuse_foreign(passage.snapshot, passage.source, "snapshot")
    refuse_misplaced(passage.snapshot, passage.quote, passage.place)
    refuse_unread(passage.snapshot, passage.place, passage.figure, passage.figure_place)
    return addressed_figures(claim, passage.addresses)


def addressed_figures(claim: Claim, addresses: Sequence[uuid.UUID]) -> list[Figure]:
    """Return the claim's figures of these keys; raise Refused for those of another."""
    known = {figure.id: figure for figure in claim.figures}
    if not set(addresses) <= set(known):
        raise Refused(
            "foreign_figure",
            {"zh": "这条数据不属于本论断。", "en": "That figure belongs to another claim."},
            "addresses",
        )
    return [known[number] for number in dict.fromkeys(addresses)]


def _write(item: Evidence, passage: Passage, targets: list[Figure], by: str) -> None:
    item.stance, item.kind = passage.stance, passage.kind
    if item.snapshot is not None and survivor(item.snapshot.source) is not passage.source:
        item.snapshot = None
    item.snapshot = passage.snapshot or item.snapshot
    if item.source is not passage.source:
        item.cited_as = None
    item.source = passage.source
    item.quote = (passage.quote or "").strip() or None
    item.locator = (passage.locator or "").strip() or None
    item.locator_kind = (passage.locator_kind or LocatorKind.PAGE) if item.locator else None
    item.says, item.note = passage.says, passage.note
    item.quote_start, item.quote_stop = passage.place or (None, None)
    item.figure_start, item.figure_stop = passage.figure_place or (None, None)
    passage.said.write(item)
    aim_at(item, targets, by)
    _measure(item, passage.figure, by)


def aim_at(item: Evidence, targets: list[Figure], by: str) -> None:
    """Point the item at these figures, keeping the rows that already do."""
    kept = {target.figure_id: target for target in item.targets}
    item.targets = [
        kept.get(figure.id) or EvidenceTarget(figure=figure, created_by=by) for figure in targets
    ]


def _measure(item: Evidence, given: TypedFigure | None, by: str) -> None:
    """Write the source's figure into the item's own row, or take it away."""
    if given is None:
        item.figure = None
        return
    row = item.figure or Figure(number=1, created_by=by)
    row.stated_text = given.text
    for name in StatedFigure.__slots__:
        setattr(row, name, getattr(given, name))
    item.figure = row
