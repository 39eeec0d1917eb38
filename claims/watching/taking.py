"""Taking the new copy of a page as evidence: a person's act, and a material change of the claim."""

import uuid

from sqlalchemy.orm import Session

from claims.errors import Conflict, Missing, Refused
from claims.evidence import Passage, edit_evidence
from claims.models import Claim, Evidence, Observation
from claims.source_figures import read_source_figure
from claims.typed_figures import TypedFigure
from claims.vocabulary import LocatorKind
from sources.models import Snapshot
from sources.places import place_at


def observation_of(session: Session, key: uuid.UUID) -> Observation:
    """Return an observation; raise Missing where there is none."""
    found = session.get(Observation, key)
    if found is None:
        raise Missing(
            "no_such_observation", {"zh": "没有这次查看。", "en": "There was no such look."}
        )
    return found


def take(
    session: Session,
    claim: Claim,
    row: Observation,
    *,
    figure: str | None,
    by: str,
    seen_version: int | None = None,
) -> Evidence:
    """Let an item rest on the copy of a look, in its words and with the figure it gives.

    Raises Conflict where the item changed meanwhile, Refused (field ``figure``) for a figure that
    cannot be read, or where no copy with the words was kept.
    """
    item = next(one for one in claim.evidence if one.id == row.evidence_id)
    if not row.speaks_of(item):
        raise Conflict(
            "overtaken",
            {
                "zh": "这条证据已改过，这次查看说的是改之前的内容。",
                "en": "The evidence was changed since: this look speaks of what it said before.",
            },
        )
    if row.kept is None or row.new_words is None:
        raise Refused(
            "nothing_kept",
            {"zh": "这次查看没有留下快照。", "en": "No snapshot was kept at this look."},
        )
    passage = _passage(item, row.new_words, row.kept, _figure(item, figure))
    edit_evidence(session, item, passage, by=by, seen_version=seen_version)
    return item


def _passage(item: Evidence, words: str, copy: Snapshot, figure: TypedFigure | None) -> Passage:
    """The new words where they stand in the new copy; what the item does stays as it is."""
    text = copy.extracted_text or ""
    start = text.find(words) if text.count(words) == 1 else -1
    place = (start, start + len(words)) if start >= 0 else None
    located = place_at(copy.places, start) if place is not None else None
    kind, locator = item.locator_kind, item.locator
    if located is not None:
        kind, locator = LocatorKind(located[0]), located[1]
    return Passage(
        stance=item.stance,
        kind=item.kind,
        source=item.source,
        quote=words,
        locator_kind=kind,
        locator=locator,
        figure=figure,
        addresses=[target.figure_id for target in item.targets],
        says=item.says,
        note=item.note,
        snapshot=copy,
        place=place,
    )


def _figure(item: Evidence, typed: str | None) -> TypedFigure | None:
    """The figure the page gives now, of the same period and basis as before."""
    before = item.figure
    if before is None or not (typed or "").strip():
        return None
    return read_source_figure(
        typed or "",
        period=before.period,
        basis=before.basis,
        observation_status=before.observation_status,
        like=before,
    )
