"""The tables of what a claim rests on: sources and their immutable snapshots."""

import datetime as dt
import hashlib
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, event, insert
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Fields, PlacesColumn, Words, choice_check
from sources.places import Place
from sources.shingles import bands, shingles
from sources.vocabulary import Capture, Likened, Lineage, Reliability, SourceKind, Tier


class Source(Identified, Recorded, Revised, Base):
    """A document, data set or statement that can be cited (fields after CSL-JSON).

    ``collection`` names the interchange file it is kept in; ``retrieval`` says in words how it was
    looked at; ``issued`` is EDTF (:mod:`sources.edtf`); ``authors`` is a line of names
    (:mod:`sources.names`); ``csl`` holds what else a citation needs (:mod:`sources.csl_fields`). A
    row with ``merged_into_id`` is the tombstone of an entry that turned out to be the same document
    as another: its key still leads there.
    """

    __tablename__ = "source"
    __table_args__: Any = (
        choice_check("kind", SourceKind),
        choice_check("tier", Tier),
        choice_check("lineage", Lineage),
        choice_check("reliability", Reliability),
        CheckConstraint(
            "derived_from_id IS NULL OR derived_from_id <> id", name="derived_not_self"
        ),
        CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility_admiralty"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_not_self"),
    )

    key: Mapped[str] = mapped_column(unique=True)
    collection: Mapped[str] = mapped_column(default="desk")
    kind: Mapped[SourceKind] = mapped_column(Choice(SourceKind))
    tier: Mapped[Tier] = mapped_column(Choice(Tier))
    title: Mapped[str | None]
    title_basis: Mapped[str | None]
    authors: Mapped[str | None]
    publisher: Mapped[str | None] = mapped_column(index=True)
    original_publisher: Mapped[str | None]
    url: Mapped[str | None] = mapped_column(index=True)
    issued: Mapped[str | None]
    issued_basis: Mapped[str | None]
    language: Mapped[str | None]
    lineage: Mapped[Lineage] = mapped_column(Choice(Lineage), default=Lineage.UNKNOWN)
    derived_from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source.id"), index=True)
    derived_basis: Mapped[str | None]
    reliability: Mapped[Reliability | None] = mapped_column(Choice(Reliability))
    credibility: Mapped[int | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source.id"), index=True)
    note: Mapped[Words | None]
    retrieval: Mapped[Words | None]
    csl: Mapped[dict[str, str] | None] = mapped_column(Fields)

    derived_from: Mapped["Source | None"] = relationship(
        remote_side="Source.id", back_populates="derivatives", foreign_keys=[derived_from_id]
    )
    derivatives: Mapped[list["Source"]] = relationship(
        back_populates="derived_from", foreign_keys=[derived_from_id]
    )
    merged_into: Mapped["Source | None"] = relationship(
        remote_side="Source.id", foreign_keys=[merged_into_id]
    )
    snapshots: Mapped[list["Snapshot"]] = relationship(
        back_populates="source", order_by="Snapshot.created_at"
    )


class Snapshot(Identified, Recorded, Base):
    """An immutable copy of what a source said; the bytes lie in the store under ``sha256``.

    Of a page of the web it holds as well where the last redirect led, how the site answered
    (``http_headers`` is a JSON list of pairs), the WARC record of the fetch, and what the page
    says about itself. ``text_sha256`` is that of the extracted text in UTF-8.
    ``places`` says where in ``extracted_text`` each page, paragraph or cell begins, ``remarks``
    what the reader was not certain of, or why there is no text. A picture that says where or by
    whom it was taken has a copy without that under ``working_sha256``, which is what is handed out.
    """

    __tablename__ = "snapshot"
    __table_args__: Any = (
        choice_check("capture", Capture),
        CheckConstraint("length(sha256) = 64", name="sha256_hex"),
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("length(working_sha256) = 64", name="working_sha256_hex"),
        {"info": {"ledger": "immutable"}},
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"), index=True)
    capture: Mapped[Capture] = mapped_column(Choice(Capture))
    retrieved_at: Mapped[dt.datetime | None]
    sha256: Mapped[str] = mapped_column(index=True, info={"stored": True})
    media_type: Mapped[str]
    size: Mapped[int]
    file_name: Mapped[str | None]
    extracted_text: Mapped[str | None]
    text_sha256: Mapped[str | None]
    final_url: Mapped[str | None]
    http_status: Mapped[int | None]
    http_headers: Mapped[str | None]
    warc_sha256: Mapped[str | None] = mapped_column(info={"stored": True})
    page_title: Mapped[str | None]
    page_authors: Mapped[str | None]
    page_publisher: Mapped[str | None]
    page_published: Mapped[str | None]
    page_language: Mapped[str | None]
    places: Mapped[tuple[Place, ...] | None] = mapped_column(PlacesColumn)
    remarks: Mapped[Words | None]
    working_sha256: Mapped[str | None] = mapped_column(info={"stored": True})

    source: Mapped[Source] = relationship(back_populates="snapshots")


class SnapshotBand(Base):
    """What a snapshot's text is found by among its likes: an index, made of the text alone.

    It says nothing the text does not say, so the ledger does not watch it.
    """

    __tablename__ = "snapshot_band"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    band: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    snapshot_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class LikenessAnswer(Identified, Recorded, Base):
    """What a person said about two sources whose texts resemble each other.

    The newest row of a pair is in force. ``source_id`` is the smaller identifier of the two, and
    ``likeness`` how much of the shorter text stood in the other, in per cent.
    """

    __tablename__ = "likeness_answer"
    __table_args__: Any = (
        choice_check("outcome", Likened),
        CheckConstraint("source_id < other_id", name="pair_in_order"),
        CheckConstraint("likeness BETWEEN 0 AND 100", name="likeness_percent"),
        Index("ix_likeness_answer_source_id", "source_id"),
        Index("ix_likeness_answer_other_id", "other_id"),
        {"info": {"ledger": "immutable"}},
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    outcome: Mapped[Likened] = mapped_column(Choice(Likened))
    likeness: Mapped[int]
    note: Mapped[str | None]


def write_bands(connection: Connection, snapshot: Snapshot) -> int:
    """Index the text of a snapshot, once for all, and return in how many bands it lies."""
    found = sorted(set(bands(shingles(snapshot.extracted_text))))
    if found:
        rows = [{"snapshot_id": snapshot.id, "band": band} for band in found]
        table: Any = SnapshotBand.__table__
        connection.execute(insert(table), rows)
    return len(found)


@event.listens_for(Snapshot, "before_insert")
def _hash_text(_mapper: Mapper[Snapshot], _connection: Connection, snapshot: Snapshot) -> None:
    """Give the text the digest by which it is known again."""
    text = snapshot.extracted_text
    if text is not None:
        snapshot.text_sha256 = hashlib.sha256(text.encode()).hexdigest()


@event.listens_for(Snapshot, "after_insert")
def _index_text(_mapper: Mapper[Snapshot], connection: Connection, snapshot: Snapshot) -> None:
    """Index a new snapshot in the same transaction."""
    write_bands(connection, snapshot)
