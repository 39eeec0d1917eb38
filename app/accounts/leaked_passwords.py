"""Passwords known from leaks: a downloaded list of digests, searched on the disk, asked of nobody.

The list is the one of Have I Been Pwned: a line for each leaked password with its SHA-1, a colon
and how often it was seen, in the order of the digests. It has about a thousand million lines, so it
is searched by halves; what is searched for never leaves the machine. SHA-1 is the name that the
list gives a password, and nothing rests on it.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import structlog

from app.variables import SettingError
from claims.errors import Refused

NAME = "DESK_LEAKED_PASSWORDS_FILE"
LINE = re.compile(rb"([0-9A-Fa-f]{40})(?::\d{1,12})?\r?\n?")
BLOCK = re.compile(rb"(?:[0-9A-F]{40}(?::\d{1,12})?\r?\n)*(?:[0-9A-F]{40}(?::\d{1,12})?)?")
LONGEST = 64
"""Bytes of a line are fewer."""
AT_ONCE = 1024 * 1024
PLACES, GLANCE = 500, 4096
"""At how many places a long list is looked at, and how many bytes at each."""
LONG = 4 * PLACES * GLANCE
log = structlog.get_logger()


class Broken(ValueError):
    """The list is not there, is no list of SHA-1 digests, or is not in order."""


class Survey(NamedTuple):
    """How many digests a list has, and whether each was looked at or only some."""

    digests: int
    all_seen: bool


def refuse_leaked(file: Path | None, password: str) -> None:
    """Raise Refused for a password on the list, and for every one while the list is broken."""
    try:
        leaked = file is not None and holds(file, password)
    except Broken as problem:
        log.warning("leaked passwords unreadable", setting=NAME, reason=str(problem))
        raise Refused(
            "leaks_unreadable",
            {
                "zh": "泄露密码表现在无法读取，所以暂不能设置新密码。"
                "请管理员运行 manage.py check。",
                "en": "The list of leaked passwords cannot be read, so no new password is taken "
                "now. Ask an administrator, who sees why with manage.py check.",
            },
            "password",
        ) from problem
    if leaked:
        raise Refused(
            "password_leaked",
            {
                "zh": "这个密码在已泄露的密码之列，别人会先试它。请换一个没有在别处用过的。",
                "en": "This password is among those known from leaks, which others try first. "
                "Take one that you use nowhere else.",
            },
            "password",
        )


def checked(file: Path | None) -> None:
    """Raise SettingError for a list that no new password could be looked up in."""
    try:
        if file is not None:
            surveyed(file)
    except Broken as problem:
        raise SettingError(NAME, str(problem)) from problem


def holds(file: Path, password: str) -> bool:
    """Tell whether a list holds a password; raise Broken where what is met shows no order."""
    named = hashlib.sha1(password.encode(), usedforsecurity=False)
    wanted = named.hexdigest().upper().encode()
    with _opened(file) as stream:
        low, high = 0, _size(stream)
        smallest, largest = b"", b"~"
        while low < high:
            middle = (low + high) // 2
            found = _digest_from(stream, middle)
            if found is not None and not smallest <= found <= largest:
                raise Broken(f"{file} is not in the order of its digests")
            if found is None or found >= wanted:
                high, largest = middle, found or largest
            else:
                low, smallest = stream.tell(), found
        return _digest_from(stream, low) == wanted


def surveyed(file: Path, *, whole: bool = False) -> Survey:
    """Look at a list: at all of a short one, at places of a long one; raise Broken.

    ``whole`` reads a long one from beginning to end, which takes minutes.
    """
    with _opened(file) as stream:
        size = _size(stream)
        if whole or size <= LONG:
            return Survey(sum(_in_order(file, _blocks(stream))), all_seen=True)
        glances = list(_glances(stream, size))
        seen = sum(_in_order(file, glances))
        return Survey(seen * size // sum(map(len, glances)), all_seen=False)


def _opened(file: Path) -> BinaryIO:
    """Open a list; what could keep whoever opens it waiting is none."""
    try:
        if file.is_file():
            return file.open("rb")
    except OSError as problem:
        raise Broken(f"{file}: {problem.strerror}") from problem
    raise Broken(f"{file}: there is no such file")


def _size(stream: BinaryIO) -> int:
    """Return how many bytes a list has; raise Broken for one without any."""
    size = os.fstat(stream.fileno()).st_size
    if not size:
        raise Broken(f"{stream.name} is empty")
    return size


def _digest_from(stream: BinaryIO, offset: int) -> bytes | None:
    """Return the digest of the first line that begins there or later; None where none does."""
    stream.seek(max(offset - 1, 0))
    if offset:
        stream.readline(LONGEST)
    line = stream.readline(LONGEST)
    if not line:
        return None
    parts = LINE.fullmatch(line)
    if parts is None:
        raise Broken(f"{stream.name}: at byte {offset} is no SHA-1 digest with its count")
    return parts[1].upper()


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a list piece by piece, each of whole lines."""
    stream.seek(0)
    while piece := stream.read(AT_ONCE):
        yield piece + stream.readline(LONGEST)


def _glances(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield pieces of a list from its beginning to its end, each of whole lines."""
    for place in range(PLACES):
        _digest_from(stream, (size - GLANCE) * place // (PLACES - 1))
        yield stream.read(GLANCE) + stream.readline(LONGEST)


def _in_order(file: Path, pieces: Iterator[bytes] | list[bytes]) -> Iterator[int]:
    """Yield how many digests each piece has; raise Broken for one that is out of order."""
    last = b""
    for piece in pieces:
        text = piece.upper()
        if BLOCK.fullmatch(text) is None:
            raise Broken(f"{file} has lines that are no SHA-1 digest with its count")
        lines = text.splitlines()
        if lines and (lines[0][:40] < last or lines != sorted(lines)):
            raise Broken(f"{file} is not in the order of its digests")
        last = lines[-1][:40] if lines else last
        yield len(lines)
