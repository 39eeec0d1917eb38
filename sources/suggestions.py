"""What a captured page says about itself, proposed for the empty fields of its source.

Nothing is written unasked: a person takes each proposal, and only fields that are still empty are
filled.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from sources.errors import Conflict
from sources.families import family
from sources.models import Snapshot, Source
from sources.registry import edit_source
from sources.vocabulary import Capture

SAID: Mapping[str, str] = MappingProxyType(
    {
        "title": "page_title",
        "publisher": "page_publisher",
        "authors": "page_authors",
        "issued": "page_published",
        "language": "page_language",
    }
)
"""The fields of a source, and where a snapshot holds what the page says of them."""


def suggested(session: Session, source: Source) -> dict[str, str]:
    """What the newest captured page says about the fields of a source that are empty."""
    empty = [name for name in SAID if not getattr(source, name)]
    newest = session.scalars(
        select(Snapshot)
        .where(Snapshot.source_id.in_(family(session, source.id)), Snapshot.capture == Capture.WEB)
        .order_by(Snapshot.id.desc())
        .limit(1)
        .options(defer(Snapshot.extracted_text))
    ).one_or_none()
    if newest is None:
        return {}
    said = {name: getattr(newest, SAID[name]) for name in empty}
    return {name: value for name, value in said.items() if value}


def accept(session: Session, source: Source, names: Collection[str]) -> list[str]:
    """Fill fields with what the page says; return which. Raises Conflict where none is left."""
    facts: Any = {
        name: value for name, value in suggested(session, source).items() if name in names
    }
    if not facts:
        raise Conflict(
            "nothing_suggested",
            {
                "zh": "这些栏目已经填过了，没有改动。",
                "en": "These fields have been filled meanwhile; nothing was changed.",
            },
        )
    edit_source(session, source, seen=None, **facts)
    return list(facts)
