"""The record of a fetch as an archive writes it: WARC 1.1 (ISO 28500:2017), packed with gzip.

Requests and answers stand in it byte for byte as they went over the line, redirects included. What
of it can be the same is the same: the names of the records are made of what they hold.
"""

import base64
import hashlib
import io
import re
import uuid
from collections.abc import Iterable, Mapping

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from sources.exchanges import Exchange

VERSION = "WARC/1.1"
FIELDS = "application/warc-fields"
RESPONSE = "application/http; msgtype=response"
REQUEST = "application/http; msgtype=request"
HEAD = re.compile(rb"\A.*?\r?\n\r?\n", re.DOTALL)


def record(exchanges: Iterable[Exchange], facts: Mapping[str, object], agent: str) -> bytes:
    """Return the file: who fetched, each answer with its request, and ``facts`` on the last."""
    known = list(exchanges)
    writer = _Writer()
    said = {
        "software": "Claim Desk",
        "format": "WARC File Format 1.1",
        "http-header-user-agent": agent,
    }
    info = writer.add("warcinfo", known[-1], _fields(said), FIELDS)
    last = ""
    for one in known:
        last = writer.add("response", one, one.response, RESPONSE, {"WARC-Warcinfo-ID": info})
        writer.add("request", one, one.request, REQUEST, {"WARC-Concurrent-To": last})
    writer.add("metadata", known[-1], _fields(facts), FIELDS, {"WARC-Concurrent-To": last})
    return writer.out.getvalue()


class _Writer:
    """Writes records whose names and digests follow from what is in them."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=True, warc_version=VERSION)

    def add(
        self,
        kind: str,
        of: Exchange,
        block: bytes,
        media_type: str,
        more: Mapping[str, str] | None = None,
    ) -> str:
        """Write one record and return its name."""
        date = datetime_to_iso_date(of.began.replace(tzinfo=None), use_micros=True)
        seed = b"\n".join([kind.encode(), of.address.encode(), date.encode(), block])
        name = f"<urn:uuid:{uuid.UUID(bytes=hashlib.sha256(seed).digest()[:16], version=5)}>"
        headers = {"WARC-Type": kind, "WARC-Record-ID": name, "WARC-Date": date}
        if kind != "warcinfo":
            headers["WARC-Target-URI"] = of.address
            headers["WARC-Payload-Digest"] = _digest(_payload(block, media_type))
        if kind == "response":
            headers["WARC-IP-Address"] = of.reached
            if not of.whole:
                headers["WARC-Truncated"] = "unspecified"
        headers |= {"WARC-Block-Digest": _digest(block), **(more or {})}
        self.writer.write_record(_record(kind, headers, block, media_type))
        return name


def _record(kind: str, headers: Mapping[str, str], block: bytes, media_type: str) -> ArcWarcRecord:
    """Return a record of bytes as they are: no head in them is parsed and written anew."""
    head = StatusAndHeaders("", list(headers.items()), protocol=VERSION)
    return ArcWarcRecord(
        "warc", kind, head, io.BytesIO(block), None, media_type, len(block),
        payload_length=len(block),
    )  # fmt: skip


def _payload(block: bytes, media_type: str) -> bytes:
    """Return what a record carries: of HTTP, what follows its head."""
    return HEAD.sub(b"", block, count=1) if media_type != FIELDS else block


def _fields(facts: Mapping[str, object]) -> bytes:
    lines = (f"{name}: {' '.join(str(value).split())}" for name, value in facts.items())
    return "".join(f"{line}\r\n" for line in lines).encode()


def _digest(content: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode()
