"""Snapshots: an immutable copy of what a source said, taken in once and hashed at every reading."""

import datetime as dt
import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from sources.admission import admitted, warnings
from sources.columns import Words
from sources.errors import Missing, Refused, TooLarge
from sources.extraction import Extracted, extracted
from sources.file_names import cleaned
from sources.media_types import ACTIVE, UNKNOWN, media_type
from sources.models import Snapshot, Source
from sources.store import LIMIT, Readable, Store, too_large
from sources.veil import refuse_veiled
from sources.vocabulary import Capture


@dataclass(frozen=True)
class Download:
    """Bytes fit to leave the store: hashed again, under a name and a type no browser runs."""

    content: bytes
    file_name: str
    media_type: str


@dataclass(frozen=True)
class Received:
    """A file read whole and found fit to be kept, before any row of it is written."""

    content: bytes
    file_name: str | None
    media_type: str
    found: Extracted


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

    Raises what :func:`received` and :func:`keep` raise. Reading a file may take seconds: where
    others wait for this transaction, call the two apart.
    """
    file = received(stream, file_name, limit=limit)
    return keep(session, store, source, file, by, capture=capture, retrieved_at=retrieved_at)


def received(
    stream: Readable,
    file_name: str | None,
    *,
    stated: str | None = None,
    encoding: str | None = None,
    limit: int = LIMIT,
) -> Received:
    """Read a file and its text; nothing is stored and no session is needed.

    Raises Refused for zero bytes, a name with ``../`` and what :mod:`sources.admission` refuses,
    TooLarge past 20 MB, each at the field ``file``. ``stated`` is the type a browser named,
    ``encoding`` what a person named for a text that is not in UTF-8.
    """
    name = cleaned(file_name)
    content = stream.read(limit + 1)
    if not content:
        raise _empty()
    if len(content) > limit:
        raise TooLarge("file_too_large", too_large(limit), "file")
    kind = admitted(content, name, stated=stated, encoding=encoding)
    found = extracted(content, kind, encoding)
    remarks = (*warnings(content), *found.remarks)
    return Received(content, name, kind, replace(found, remarks=remarks))


def keep(
    session: Session,
    store: Store,
    source: Source,
    file: Received,
    by: str,
    *,
    capture: Capture = Capture.UPLOAD,
    retrieved_at: dt.datetime | None = None,
) -> Snapshot:
    """Store what was received and note it as a snapshot: the file first, its row second.

    Raises NoRoom on a full disk. The same bytes twice are one file with two rows, because two
    people saw it.
    """
    refuse_veiled(source)
    blob = store.put(io.BytesIO(file.content))
    copy = file.found.copy
    working = store.put(io.BytesIO(copy)).sha256 if copy is not None else None
    snapshot = Snapshot(
        source=source,
        capture=capture,
        retrieved_at=retrieved_at,
        sha256=blob.sha256,
        media_type=file.media_type,
        size=blob.size,
        file_name=file.file_name,
        extracted_text=file.found.text,
        places=file.found.places,
        remarks=together(file.found.remarks),
        working_sha256=working,
        created_by=by,
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def together(remarks: Iterable[Words]) -> Words | None:
    """Return several remarks as one, a line each; None where there is none."""
    listed = list(remarks)
    tongues = {tongue for remark in listed for tongue in remark}
    return {
        tongue: "\n".join(remark[tongue] for remark in listed if tongue in remark)
        for tongue in tongues
    } or None


def find(session: Session, snapshot_id: uuid.UUID) -> Snapshot:
    """Return a snapshot; raise Missing where there is none."""
    snapshot = session.get(Snapshot, snapshot_id)
    if snapshot is None:
        raise Missing(
            "snapshot_missing", {"zh": "没有这个快照。", "en": "There is no such snapshot."}
        )
    return snapshot


def download(store: Store, snapshot: Snapshot) -> Download:
    """Return a snapshot's bytes for a person to save; of a sealed picture, its clean copy.

    Raises Damaged where they no longer hash to what the row says: then nothing is served. What a
    browser might run (HTML, SVG, scripts) leaves as plain bytes.
    """
    refuse_veiled(snapshot)
    if snapshot.working_sha256 is None:
        return original(store, snapshot)
    content = store.read(snapshot.working_sha256)
    kind = media_type(content)
    name = _named(snapshot)
    if kind != snapshot.media_type:
        name = f"{name.rpartition('.')[0] or name}.png"
    return Download(content, name, inert(kind))


def original(store: Store, snapshot: Snapshot) -> Download:
    """Return the bytes as they came, also those of a sealed picture; raises Damaged."""
    refuse_veiled(snapshot)
    content = store.read(snapshot.sha256)
    return Download(content, _named(snapshot), inert(snapshot.media_type))


def _named(snapshot: Snapshot) -> str:
    return snapshot.file_name or f"{snapshot.sha256[:12]}.bin"


def inert(media_type: str) -> str:
    """Return the type under which bytes leave the store: never one a browser runs."""
    return UNKNOWN if media_type in ACTIVE else media_type


def _empty() -> Refused:
    return Refused(
        "file_empty",
        {
            "zh": "文件是空的（0 字节），没有保存。",
            "en": "The file is empty (0 bytes) and was not stored.",
        },
        "file",
    )
