"""A snapshot is taken in whole or not at all, and handed out unaltered or not at all."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sources.errors import Damaged, Refused, TooLarge
from sources.models import Snapshot, Source
from sources.registry import add_source
from sources.snapshots import download, take_in
from sources.store import Store
from sources.vocabulary import Capture, SourceKind

WHO = "editor:li.wei"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    return Store(tmp_path / "store")


@pytest.fixture
def source(session: Session) -> Source:
    """Return a source on the register."""
    return add_source(session, by=WHO, kind=SourceKind.NEWS_REPORT, title="一篇报道")


def taken(session: Session, store: Store, source: Source, content: bytes, name: str) -> Snapshot:
    return take_in(session, store, source, io.BytesIO(content), name, WHO)


def test_a_text_is_kept_with_its_hash_type_size_and_words(
    session: Session, store: Store, source: Source
) -> None:
    found = taken(session, store, source, "份额 5%\r\n".encode(), "excerpt.txt")
    assert found.sha256 in set(store.names())
    assert (found.media_type, found.size, found.file_name) == ("text/plain", 11, "excerpt.txt")
    assert found.extracted_text == "份额 5%\n"
    assert found.capture is Capture.UPLOAD
    assert found.created_by == WHO


def test_zero_bytes_are_refused_and_store_nothing(
    session: Session, store: Store, source: Source
) -> None:
    with pytest.raises(Refused) as problem:
        taken(session, store, source, b"", "empty.pdf")
    assert (problem.value.code, problem.value.field) == ("file_empty", "file")
    assert list(store.names()) == []
    assert session.scalar(select(func.count(Snapshot.id))) == 0


def test_a_climbing_name_stores_nothing(session: Session, store: Store, source: Source) -> None:
    with pytest.raises(Refused) as problem:
        taken(session, store, source, b"x", "../../x.txt")
    assert problem.value.field == "file"
    assert list(store.names()) == []


def test_a_file_past_the_limit_stores_nothing(
    session: Session, store: Store, source: Source
) -> None:
    with pytest.raises(TooLarge):
        take_in(session, store, source, io.BytesIO(b"x" * 11), "x.txt", WHO, limit=10)
    assert list(store.names()) == []
    assert session.scalar(select(func.count(Snapshot.id))) == 0


def test_the_same_bytes_twice_are_one_file_and_two_rows(
    session: Session, store: Store, source: Source
) -> None:
    first = taken(session, store, source, b"same", "a.txt")
    second = taken(session, store, source, b"same", "b.txt")
    assert first.sha256 == second.sha256
    assert len(list(store.names())) == 1
    assert session.scalar(select(func.count(Snapshot.id))) == 2


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!doctype html><script>alert(1)</script>", "page.html"),
        (b"<svg onload=alert(1)>", "drawing.svg"),
        (b"#!/bin/sh", "script"),
    ],
)
def test_what_a_browser_might_run_leaves_as_plain_bytes(
    session: Session, store: Store, source: Source, content: bytes, name: str
) -> None:
    found = download(store, taken(session, store, source, content, name))
    assert found.media_type == "application/octet-stream"
    assert found.content == content


def test_a_text_of_an_unnamed_encoding_is_kept_without_guessing_its_words(
    session: Session, store: Store, source: Source
) -> None:
    found = taken(session, store, source, "长江存储".encode("gb18030"), "note.txt")
    assert found.extracted_text is None
    assert download(store, found).content == "长江存储".encode("gb18030")


def test_a_damaged_snapshot_is_not_handed_out(
    session: Session, store: Store, source: Source
) -> None:
    found = taken(session, store, source, b"original", "a.txt")
    path = store.root / found.sha256
    path.chmod(0o600)
    path.write_bytes(b"0riginal")
    with pytest.raises(Damaged):
        download(store, found)
