"""Weighing evidence: how many independent origins stand behind a stance, not how many links."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from claims.formulas import read_formula
from claims.models import Evidence
from claims.vocabulary import Stance
from sources.models import Source
from sources.origins import OriginCount, count_origins, roots_of


def weigh(session: Session, evidence: Iterable[Evidence], stance: Stance) -> OriginCount:
    """Count what weighs for one stance; withdrawn and unlocated items do not.

    A personal communication is an origin of its own and no primary source on the record. A
    calculation adds no origin: it rests on those of the evidence that it calculates with.
    """
    weighing = _weighing(evidence, stance)
    return _counted(weighing, roots_of(session, {source.id for source in _sources(weighing)}))


def weighed(
    evidence: Iterable[Evidence], stance: Stance, roots: Mapping[uuid.UUID, uuid.UUID]
) -> OriginCount:
    """Count what weighs, as :func:`weigh` does, where the roots of the sources are known."""
    return _counted(_weighing(evidence, stance), roots)


def _weighing(evidence: Iterable[Evidence], stance: Stance) -> list[Evidence]:
    known = list(evidence)
    return [
        origin
        for item in known
        if item.counts and item.stance is stance
        for origin in rests_on(item, known)
    ]


def _sources(weighing: Iterable[Evidence]) -> list[Source]:
    return [item.source for item in weighing if item.source is not None]


def _counted(weighing: list[Evidence], roots: Mapping[uuid.UUID, uuid.UUID]) -> OriginCount:
    sources = _sources(weighing)
    counted, spoken = count_origins(sources, roots), len(weighing) - len(sources)
    return OriginCount(counted.links + spoken, counted.origins + spoken, counted.primary)


def rests_on(item: Evidence, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the items that an item rests on: itself, or what it is calculated from.

    A calculation over figures of the claim alone rests on nothing outside the claim.
    """
    if item.formula is None:
        return [item]
    rows = {f"E{row.number}": row for row in evidence if row.number < item.number and row.counts}
    named = [rows[name] for name in read_formula(item.formula).handles if name in rows]
    return [origin for row in named for origin in rests_on(row, rows.values())]
