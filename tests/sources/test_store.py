"""The evidence store keeps whole files only, each under the hash of its bytes."""

import errno
import hashlib
import io
import os
import time
from pathlib import Path

import pytest

from sources.errors import Damaged, Missing, NoRoom, TooLarge
from sources.store import PART, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    return Store(tmp_path / "store")


def files(store: Store) -> list[str]:
    return sorted(path.name for path in store.root.iterdir())


def test_a_file_lies_under_the_sha256_of_its_bytes(store: Store) -> None:
    blob = store.put(io.BytesIO("长江存储".encode()))
    assert blob.sha256 == hashlib.sha256("长江存储".encode()).hexdigest()
    assert blob.size == 12
    assert store.read(blob.sha256) == "长江存储".encode()


def test_the_same_bytes_twice_are_one_file(store: Store) -> None:
    assert store.put(io.BytesIO(b"same")) == store.put(io.BytesIO(b"same"))
    assert len(files(store)) == 1


def test_a_file_past_the_limit_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(TooLarge) as problem:
        store.put(io.BytesIO(b"x" * 101), limit=100)
    assert problem.value.field == "file"
    assert files(store) == []


def test_a_file_of_exactly_the_limit_is_taken(store: Store) -> None:
    assert store.put(io.BytesIO(b"x" * 100), limit=100).size == 100


def test_a_stream_that_breaks_leaves_nothing_behind(store: Store) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError(size)

    with pytest.raises(ConnectionResetError):
        store.put(Broken())
    assert files(store) == []


def test_a_full_disk_is_said_to_be_full(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-FAULT: nothing acknowledged is lost and nothing is half done."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        store.put(io.BytesIO(b"x"))
    assert files(store) == []


def test_the_bytes_and_the_folder_are_flushed_before_the_answer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    real = os.fsync

    def watched(handle: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    store.put(io.BytesIO(b"x"))
    assert flushed[0].startswith(".tmp-")
    assert flushed[1] == store.root.name


def test_altered_bytes_are_never_handed_out(store: Store) -> None:
    blob = store.put(io.BytesIO(b"the original"))
    path = store.root / blob.sha256
    path.chmod(0o600)
    path.write_bytes(b"the forgery!")
    with pytest.raises(Damaged):
        store.read(blob.sha256)
    assert store.damaged() == [blob.sha256]


def test_keeping_the_original_again_heals_a_damaged_file(store: Store) -> None:
    blob = store.put(io.BytesIO(b"the original"))
    path = store.root / blob.sha256
    path.chmod(0o600)
    path.write_bytes(b"")
    store.put(io.BytesIO(b"the original"))
    assert store.damaged() == []


@pytest.mark.parametrize("name", ["../secret", "a" * 63, "A" * 64, "", "/etc/passwd"])
def test_only_a_digest_names_a_file(store: Store, name: str) -> None:
    (store.root.parent / "secret").write_text("outside")
    with pytest.raises(Missing):
        store.read(name)


def test_leftovers_of_interrupted_uploads_are_swept_but_not_fresh_ones(store: Store) -> None:
    old, fresh = store.root / ".tmp-old", store.root / ".tmp-fresh"
    old.touch()
    fresh.touch()
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    blob = store.put(io.BytesIO(b"kept"))
    assert store.sweep() == 1
    assert files(store) == sorted([".tmp-fresh", blob.sha256])


def test_a_file_no_row_names_is_listed(store: Store) -> None:
    known, orphan = store.put(io.BytesIO(b"known")), store.put(io.BytesIO(b"orphan"))
    assert store.unknown({known.sha256}) == [orphan.sha256]


def test_only_the_owner_may_look_into_the_store(store: Store) -> None:
    blob = store.put(io.BytesIO(b"x"))
    assert store.root.stat().st_mode & 0o777 == 0o700
    assert (store.root / blob.sha256).stat().st_mode & 0o777 == 0o400


def test_a_file_is_made_beside_the_others_and_nothing_of_it_is_left(store: Store) -> None:
    with store.draft(".pdf") as place:
        place.write_bytes(b"made here")
        place.with_name(f"{place.name}.proof.json").write_bytes(b"{}")
        with place.open("rb") as stream:
            blob = store.put(stream)
    assert files(store) == [blob.sha256]
    assert store.size(blob.sha256) == len(b"made here")
    with pytest.raises(Missing):
        store.size("0" * 64)


def test_a_file_leaves_in_pieces_and_only_unaltered(store: Store) -> None:
    blob = store.put(io.BytesIO(b"x" * (PART + 1)))
    assert [len(part) for part in store.parts(blob.sha256)] == [PART, 1]
    (store.root / blob.sha256).chmod(0o600)
    (store.root / blob.sha256).write_bytes(b"y")
    with pytest.raises(Damaged):
        store.parts(blob.sha256)
    with pytest.raises(Missing):
        store.parts("0" * 64)
