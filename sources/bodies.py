"""Reading the body of an HTTP answer up to what a person would ever want, packed or not."""

import zlib
from collections.abc import Iterator

from urllib3 import HTTPResponse

from sources import fetch_refusals

PART = 64 * 1024
MOST_RATIO = 50
"""How many times its packed size a body may have; text packs to a fifth, tables to a tenth."""
SMALL = 1_000_000
"""Bytes below which the ratio says nothing: a page of spaces is no attack."""
EITHER = 32 + zlib.MAX_WBITS
"""Tells zlib to recognise gzip and zlib by their first bytes."""
PACKED = frozenset({"gzip", "x-gzip", "deflate"})


def body(response: HTTPResponse, limit: int) -> bytes:
    """Return the unpacked body; raise Refused or TooLarge as soon as it grows past a limit."""
    packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in PACKED | {"identity"}:
        raise fetch_refusals.packing(packing[:40])
    announced = response.headers.get("Content-Length") or "0"
    if announced.isdigit() and len(announced) < 20 and int(announced) > limit:  # noqa: PLR2004 - no giant integer is built
        raise fetch_refusals.large(limit)
    parts = response.stream(PART, decode_content=False)
    return _gathered(_unpacked(parts) if packing in PACKED else parts, limit)


def _gathered(parts: Iterator[bytes], limit: int) -> bytes:
    whole = bytearray()
    for part in parts:
        whole += part
        if len(whole) > limit:
            raise fetch_refusals.large(limit)
    return bytes(whole)


def _unpacked(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack piece by piece, so that a bomb is noticed before it has gone off.

    No bytes at all are no body, however they are said to be packed: a 304 often says so.
    """
    machine, sent, made = zlib.decompressobj(EITHER), 0, 0
    for part in parts:
        sent += len(part)
        rest = part
        while rest and not machine.eof:
            piece = machine.decompress(rest, PART)
            rest = machine.unconsumed_tail
            made += len(piece)
            if made > max(SMALL, sent * MOST_RATIO):
                raise fetch_refusals.compressed(MOST_RATIO)
            yield piece
    if sent and not machine.eof:
        message = "the packed body ends before its end"
        raise zlib.error(message)
