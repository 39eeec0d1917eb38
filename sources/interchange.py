"""Sources as plain files: one JSON per collection, read in and written back byte for byte."""

import json
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from sources.columns import Words
from sources.csl_fields import FIELDS, checked
from sources.errors import Refused
from sources.keys import is_key
from sources.models import Source
from sources.veil import ALIAS, alias, withheld
from sources.vocabulary import Lineage, Reliability, SourceKind, Tier

FORMAT = "claim-desk/sources/1"
SEED = Path(__file__).parent / "seed"
PLAIN = (
    "title",
    "title_basis",
    "authors",
    "publisher",
    "original_publisher",
    "url",
    "issued",
    "issued_basis",
    "language",
)


class Broken(Exception):
    """An interchange file that cannot be read, with the place in it."""


def written(document: Mapping[str, Any]) -> str:
    """Return a document as the file's text: UTF-8, two spaces, keys in the order given."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def kept(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs that hold something; what is empty is left out of a file."""
    return {key: value for key, value in pairs if value is not None and value not in ("", [], {})}


def in_order(words: Words | None) -> Words | None:
    """Return words with Chinese first, then English, then the rest by name."""
    if not words:
        return None
    rest = sorted(set(words) - {"zh", "en"})
    return {tongue: words[tongue] for tongue in ("zh", "en", *rest) if tongue in words}


def read_document(path: Path, wanted: str) -> dict[str, Any]:
    """Read one file and check its format; raise Broken naming the file."""
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Broken(f"{path.name}: {problem}") from problem
    if not isinstance(document, dict) or document.get("format") != wanted:
        raise Broken(f"{path.name}: the format must be {wanted}")
    return document


def load(session: Session, path: Path, by: str) -> int:
    """Add the sources of a collection that are not there yet; return how many were added.

    Raises Broken naming the source whose entry cannot be read.
    """
    document = read_document(path, FORMAT)
    known = {source.key: source for source in session.scalars(select(Source))}
    # A file that left the house calls a confidential source by its alias: it is here already.
    known |= {alias(source.id): source for source in known.values() if source.confidential}
    added: dict[str, Mapping[str, Any]] = {}
    for entry in document["sources"]:
        if entry["key"] not in known:
            known[entry["key"]] = _source(entry, path.stem, document.get("retrieval"), by)
            added[entry["key"]] = entry
    session.add_all(known[key] for key in added)
    session.flush()
    for key, entry in added.items():
        for name in ("derived_from", "merged_into"):
            other = entry.get(name)
            if other is not None and other not in known:
                raise Broken(f"{path.name}, source {key}: {name} names {other}, which is no source")
            if other is not None:
                setattr(known[key], f"{name}_id", known[other].id)
    session.flush()
    return len(added)


def _source(entry: Mapping[str, Any], collection: str, retrieval: Words | None, by: str) -> Source:
    try:
        return Source(
            key=_fit(entry["key"]),
            collection=collection,
            kind=SourceKind(entry["kind"]),
            tier=Tier(entry["tier"]),
            lineage=Lineage(entry.get("lineage", "unknown")),
            derived_basis=entry.get("derived_basis"),
            reliability=_graded(entry),
            credibility=entry.get("credibility"),
            confidential=entry.get("confidential", False),
            note=entry.get("note"),
            retrieval=retrieval,
            csl=checked(entry.get("csl")),
            created_by=by,
            **{name: entry.get(name) for name in PLAIN},
        )
    except (KeyError, ValueError, Refused) as problem:
        raise Broken(f"{collection}.json, source {entry.get('key')}: {problem}") from problem


def dump(session: Session, collection: str) -> str:
    """Return the file of a collection, as it is in the database now."""
    rows = session.scalars(
        select(Source).where(Source.collection == collection).order_by(Source.key)
    ).all()
    hidden = withheld(session)
    keys = {
        row.id: alias(row.id) if row.id in hidden else row.key
        for row in session.execute(select(Source.id, Source.key))
    }
    retrieval = in_order(rows[0].retrieval) if rows else None
    return written(
        kept(
            [
                ("format", FORMAT),
                ("retrieval", retrieval),
                ("sources", [_entry(row, keys) for row in rows]),
            ]
        )
    )


def _entry(row: Source, keys: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in PLAIN}
    return kept(
        [
            ("key", row.key),
            ("kind", row.kind.value),
            ("tier", row.tier.value),
            *plain.items(),
            ("lineage", row.lineage.value),
            ("derived_from", _key(row.derived_from_id, keys)),
            ("derived_basis", row.derived_basis),
            ("reliability", row.reliability and row.reliability.value),
            ("credibility", row.credibility),
            ("confidential", row.confidential or None),
            ("merged_into", _key(row.merged_into_id, keys)),
            ("note", in_order(row.note)),
            (
                "csl",
                {name: row.csl[name] for name in FIELDS if name in row.csl} if row.csl else None,
            ),
        ]
    )


def _key(other: uuid.UUID | None, keys: Mapping[uuid.UUID, str]) -> str | None:
    return keys.get(other) if other is not None else None


def _fit(key: str) -> str:
    """A key that can stand in an address, or the alias another desk gave; raise ValueError."""
    if not is_key(key) and not key.startswith(ALIAS):
        message = f"{key!r} cannot be a key in the desk's addresses"
        raise ValueError(message)
    return key


def _graded(entry: Mapping[str, Any]) -> Reliability | None:
    letter = entry.get("reliability")
    return Reliability(letter) if letter else None
