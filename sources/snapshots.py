"""Snapshots: an immutable copy of what a source said, taken in once and hashed at every reading."""

import datetime as dt
import unicodedata
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from sources.errors import Missing, Refused
from sources.file_names import cleaned
from sources.media_types import ACTIVE, READABLE, UNKNOWN, media_type, text_of
from sources.models import Snapshot, Source
from sources.store import LIMIT, Readable, Store
from sources.veil import refuse_veiled
from sources.vocabulary import Capture

LONGEST_TEXT = 2_000_000
"""Characters of extracted text that are kept; the bytes themselves are always kept whole."""


@dataclass(frozen=True)
class Download:
    """Bytes fit to leave the store: hashed again, under a name and a type no browser runs."""

    content: bytes
    file_name: str
    media_type: str


def take_in(
    session: Session,
    store: Store,
    source: Source,
    stream: Readable,
    file_name: str | None,
    by: str,
    *,
    capture: Capture = Capture.UPLOAD,
    retrieved_at: dt.datetime | None = None,
    limit: int = LIMIT,
) -> Snapshot:
    """Store a file and note it as a snapshot of a source: the file first, its row second.

    Raises Refused for zero bytes or a name with ``../``, TooLarge past 20 MB, NoRoom on a full
    disk; each names the field ``file``. The same bytes twice are one file with two rows, because
    two people saw it.
    """
    refuse_veiled(source)
    name = cleaned(file_name)
    blob = store.put(_not_empty(stream), limit)
    content = store.read(blob.sha256)
    kind = media_type(content, name)
    snapshot = Snapshot(
        source=source,
        capture=capture,
        retrieved_at=retrieved_at,
        sha256=blob.sha256,
        media_type=kind,
        size=blob.size,
        file_name=name,
        extracted_text=extracted(content, kind),
        created_by=by,
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def extracted(content: bytes, kind: str) -> str | None:
    """Return the readable text of a file, in Unicode NFC, or None where none can be read out."""
    text = text_of(content) if kind in READABLE else None
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines)[:LONGEST_TEXT]


def find(session: Session, snapshot_id: uuid.UUID) -> Snapshot:
    """Return a snapshot; raise Missing where there is none."""
    snapshot = session.get(Snapshot, snapshot_id)
    if snapshot is None:
        raise Missing(
            "snapshot_missing", {"zh": "没有这个快照。", "en": "There is no such snapshot."}
        )
    return snapshot


def download(store: Store, snapshot: Snapshot) -> Download:
    """Return a snapshot's bytes for a person to save.

    Raises Damaged where they no longer hash to what the row says: then nothing is served. What a
    browser might run (HTML, SVG, scripts) leaves as plain bytes.
    """
    refuse_veiled(snapshot)
    content = store.read(snapshot.sha256)
    name = snapshot.file_name or f"{snapshot.sha256[:12]}.bin"
    return Download(content, name, inert(snapshot.media_type))


def inert(media_type: str) -> str:
    """Return the type under which bytes leave the store: never one a browser runs."""
    return UNKNOWN if media_type in ACTIVE else media_type


class _Peeked:
    """A stream whose first byte was already read, to learn whether there is any."""

    def __init__(self, first: bytes, rest: Readable) -> None:
        self.first, self.rest = first, rest

    def read(self, size: int = -1, /) -> bytes:
        """Return the first byte with whatever follows it."""
        first, self.first = self.first, b""
        return first + self.rest.read(size)


def _not_empty(stream: Readable) -> _Peeked:
    first = stream.read(1)
    if not first:
        raise Refused(
            "file_empty",
            {
                "zh": "文件是空的（0 字节），没有保存。",
                "en": "The file is empty (0 bytes) and was not stored.",
            },
            "file",
        )
    return _Peeked(first, stream)
