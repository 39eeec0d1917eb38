"""Weighing evidence: how many independent origins stand behind a stance, not how many links."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from claims.models import Evidence
from claims.vocabulary import Stance
from sources.origins import OriginCount, count_origins, roots_of


def weigh(session: Session, evidence: Iterable[Evidence], stance: Stance) -> OriginCount:
    """Count what weighs for one stance; withdrawn and unlocated items do not.

    A personal communication is an origin of its own and no primary source on the record.
    """
    weighing = [item for item in evidence if item.counts and item.stance is stance]
    sources = [item.source for item in weighing if item.source is not None]
    spoken = sum(item.source is None for item in weighing)
    roots = roots_of(session, {source.id for source in sources})
    counted = count_origins(sources, roots)
    return OriginCount(counted.links + spoken, counted.origins + spoken, counted.primary)
