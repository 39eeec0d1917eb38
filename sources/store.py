"""The evidence store: files under the SHA-256 of their bytes, written so that none is ever half."""

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sources.errors import Damaged, Missing, NoRoom, TooLarge

LIMIT = 20_000_000
"""The largest file that is taken in, in bytes."""
PART = 1024 * 1024
DRAFT = ".tmp-"
DIGEST_LENGTH = 64
HEX_DIGITS = frozenset("0123456789abcdef")
LEFT_BEHIND = 3600
"""Seconds after which a temporary file belongs to nobody: no upload takes an hour."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class Readable(Protocol):
    """Anything bytes can be read from, piece by piece."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        ...


@dataclass(frozen=True)
class Blob:
    """Bytes in the store: their digest in lower-case hexadecimal and their number."""

    sha256: str
    size: int


class Store:
    """A folder of immutable files. The same bytes, however often they come, are one file.

    A file appears under its name only when it is whole and on the disk: it is written beside its
    place, flushed, renamed, and the folder is flushed. The database row comes after that, so a
    power cut leaves at most a file without a row, which :meth:`unknown` lists.
    """

    def __init__(self, root: Path) -> None:
        """Open the store, making its folder where there is none (readable by its owner only)."""
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, stream: Readable, limit: int = LIMIT) -> Blob:
        """Take in a stream of bytes and return what it became.

        Raises TooLarge past ``limit`` bytes and NoRoom where the disk is full or read-only; in
        both cases nothing is left behind.
        """
        draft = self.root / f"{DRAFT}{secrets.token_hex(16)}"
        try:
            blob = _written(draft, stream, limit)
            draft.chmod(0o400)
            draft.replace(self.root / blob.sha256)
            self._flush()
        except OSError as problem:
            if problem.errno in NO_ROOM:
                raise NoRoom("store_full", FULL, "file") from problem
            raise
        finally:
            draft.unlink(missing_ok=True)
        return blob

    @contextmanager
    def draft(self, ending: str = "") -> Iterator[Path]:
        """Lend a place for a file that is still being made; what lies there is gone afterwards.

        What a killed process leaves behind is swept with the uploads that were broken off.
        """
        name = f"{DRAFT}{secrets.token_hex(16)}"
        try:
            yield self.root / f"{name}{ending}"
        finally:
            for left in self.root.glob(f"{name}*"):
                left.unlink(missing_ok=True)

    def parts(self, sha256: str) -> Iterator[bytes]:
        """Return the bytes of a blob piece by piece, all of which were hashed again before.

        Raises as :meth:`read` does, and before the first piece.
        """
        path = self._path(sha256)
        try:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError as problem:
            raise Missing("blob_missing", GONE) from problem
        if found != sha256:
            raise Damaged("blob_damaged", CHANGED)
        return _pieces(path)

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a blob after hashing them again.

        Raises Missing where there is no such file, Damaged where its bytes have changed.
        """
        path = self._path(sha256)
        try:
            content = path.read_bytes()
        except FileNotFoundError as problem:
            raise Missing("blob_missing", GONE) from problem
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged("blob_damaged", CHANGED)
        return content

    def holds(self, sha256: str) -> bool:
        """Tell whether the store has the bytes, and has them unaltered."""
        try:
            self.read(sha256)
        except (Missing, Damaged):
            return False
        return True

    def keeps(self, sha256: str) -> bool:
        """Tell whether there is a file of that name, without reading it."""
        return _is_digest(sha256) and self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Return how many bytes a blob has; raises Missing where there is no such file."""
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError as problem:
            raise Missing("blob_missing", GONE) from problem

    def names(self) -> Iterator[str]:
        """The digests of all blobs, in no order."""
        for entry in os.scandir(self.root):
            if _is_digest(entry.name):
                yield entry.name

    def damaged(self) -> list[str]:
        """The digests whose bytes no longer hash to their name (reads every file)."""
        return sorted(name for name in self.names() if not self.holds(name))

    def unknown(self, known: Collection[str]) -> list[str]:
        """The digests no row names: what a crash between file and row leaves; they do no harm."""
        return sorted(name for name in self.names() if name not in known)

    def sweep(self, older_than: float = LEFT_BEHIND) -> int:
        """Remove temporary files of interrupted uploads; return how many there were.

        ``older_than`` is an age in seconds, so that an upload under way is never touched.
        """
        edge = time.time() - older_than
        swept = 0
        for entry in os.scandir(self.root):
            if entry.name.startswith(DRAFT) and entry.stat().st_mtime <= edge:
                Path(entry.path).unlink(missing_ok=True)
                swept += 1
        return swept

    def _path(self, sha256: str) -> Path:
        """Where a blob lies; anything but a digest could leave the folder, so it is missing."""
        if not _is_digest(sha256):
            raise Missing("blob_missing", GONE)
        return self.root / sha256

    def _flush(self) -> None:
        """Bring the folder's own entries to the disk: without it a rename may not survive."""
        handle = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while part := stream.read(PART):
            yield part


def _is_digest(name: str) -> bool:
    return len(name) == DIGEST_LENGTH and set(name) <= HEX_DIGITS


def _written(draft: Path, stream: Readable, limit: int) -> Blob:
    """Write the stream to a new file and flush it to the disk."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while part := stream.read(PART):
            size += len(part)
            if size > limit:
                raise TooLarge("file_too_large", too_large(limit), "file")
            digest.update(part)
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return Blob(digest.hexdigest(), size)


def too_large(limit: int) -> dict[str, str]:
    """The sentence for a file past the limit."""
    megabytes = f"{limit / 1_000_000:g}"
    return {
        "zh": f"文件超过 {megabytes} MB，没有保存。请上传较小的文件，或只上传有关的几页。",
        "en": f"The file is larger than {megabytes} MB and was not stored. "
        "Upload a smaller one, or only the pages that matter.",
    }


FULL = {
    "zh": "存储空间已满或只读，文件没有保存。请告知管理员。",
    "en": "The store is full or read-only; the file was not stored. Tell the administrator.",
}
GONE = {
    "zh": "存储中没有这个文件。",
    "en": "The store has no such file.",
}
CHANGED = {
    "zh": "文件内容与登记的 SHA-256 不符：它已损坏，因此不予提供。请告知管理员从备份恢复。",
    "en": "The file's bytes no longer match the SHA-256 on record: it is damaged and is not "
    "served. Tell the administrator to restore it from a backup.",
}
