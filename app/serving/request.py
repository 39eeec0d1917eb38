"""A request as it comes from the network: taken only where nobody could read it in two ways.

Two programs that disagree where a request ends let one person's words become the beginning of
another's (request smuggling, RFC 9112 section 11.2). So whatever is ambiguous is refused.
"""

import re
from typing import Any, Final

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest

from app.bodies import WITH_FILES
from app.serving.shortening import LONGEST, Shortening

MOST_HEADERS: Final = 100
LONGEST_CONTROL: Final = 4096
"""Bytes of the lines between the chunks of a body, and of what follows the last."""
BARE: Final = re.compile(rb"(?<!\r)\n|\r(?!\n|\Z)|\0")
UNSEEN: Final = re.compile(rb"[\x00-\x20\x7f-\xff]")
CHUNKED: Final = re.compile(rb"transfer-encoding:[ \t]*chunked[ \t]*", re.IGNORECASE)
WHOLE: Final = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)
END: Final = b"\r\n\r\n"
ONCE: Final = frozenset({b"host", b"content-length", b"transfer-encoding", b"content-type"})
"""Lines of which a second one is a trick."""


class StrictRequest(HTTPRequestParser):
    """Waitress's request, and what it would let pass."""

    def received(self, data: bytes) -> int:
        """Take in what came; what is wrong completes the request, as its error."""
        if isinstance(self.body_rcv, Shortening) and not self.completed:
            return self._shortened(self.body_rcv, data)
        if self.body_rcv is None and not self.completed:
            head, end, _body = (self.header_plus + data).partition(END)
            if BARE.search(head if end else head + end):
                return self._refused("Bare CR, LF or NUL in the header", len(data))
        taken: int = super().received(data)
        if self.chunked and not self.error:
            receiver: Any = self.body_rcv
            if len(receiver.control_line) + len(receiver.trailer) > LONGEST_CONTROL:
                return self._refused("The lines between the chunks are too long", len(data))
            if BARE.search(receiver.trailer):
                return self._refused("Bare CR, LF or NUL behind the chunks", len(data))
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the lines; raise ParsingError where two readers could differ."""
        first, _end, rest = header_plus.partition(b"\r\n")
        lines = [line for line in rest.split(b"\r\n") if line]
        if len(lines) > MOST_HEADERS:
            raise ParsingError("Too many header lines")
        if any(line.startswith((b" ", b"\t")) for line in lines):
            raise ParsingError("A folded header line")
        names = [line.partition(b":")[0].lower() for line in lines]
        if any(names.count(name) > 1 for name in ONCE):
            raise ParsingError("A header line that may be there once is there twice")
        codings = [line for line in lines if line.lower().startswith(b"transfer-encoding")]
        if codings and b"content-length" in names:
            raise ParsingError("Content-Length beside Transfer-Encoding")
        if codings and not CHUNKED.fullmatch(codings[0]):
            raise ParsingError("A Transfer-Encoding other than chunked")
        target = first.split(b" ")[1] if first.count(b" ") > 1 else b""
        if UNSEEN.search(target):
            raise ParsingError("The address is not in ASCII")
        self._check_version(first, names)
        _check_target(target, lines)
        try:
            super().parse_header(header_plus)
        except ValueError as problem:
            # A length of five thousand digits, an address with half a bracket: waitress lets the
            # error through, and the connection would end without an answer.
            raise ParsingError("An address or a length that is none") from problem
        if self.adj.max_request_body_size <= self.content_length <= LONGEST and self._has_files():
            self.body_rcv = Shortening(self.content_length, self.adj.inbuf_overflow)
            # What is kept of it is not too much.
            self.content_length = 0

    def _has_files(self) -> bool:
        kind = str(self.headers.get("CONTENT_TYPE", ""))
        return kind.partition(";")[0].strip().lower() == WITH_FILES

    def _shortened(self, receiver: Shortening, data: bytes) -> int:
        """Take in a part of a body that is longer than any form takes."""
        taken = receiver.received(data)
        self.body_bytes_received += taken
        if receiver.completed:
            self.completed = True
            told: Any = self.headers
            told["CONTENT_LENGTH"] = str(len(receiver))
        return taken

    def _check_version(self, first: bytes, names: list[bytes]) -> None:
        newer = first.endswith(b" HTTP/1.1")
        if not newer and not first.endswith(b" HTTP/1.0"):
            raise ParsingError("Neither HTTP/1.0 nor HTTP/1.1")
        if newer and b"host" not in names:
            raise ParsingError("No Host")
        if not newer and b"transfer-encoding" in names:
            raise ParsingError("Transfer-Encoding in HTTP/1.0")

    def _refused(self, why: str, taken: int) -> int:
        """Complete the request as an error, and take the rest of what came with it."""
        super().parse_header(b"GET / HTTP/1.0\r\n")
        self.error = BadRequest(why)
        self.completed = True
        return taken


def _check_target(target: bytes, lines: list[bytes]) -> None:
    """Take a path, or a whole address of the very host that the lines name.

    Of another one the address would have to win (RFC 9112, section 3.2.2), and what stands before
    us may think so.
    """
    if target.startswith(b"/") or target in {b"", b"*"}:
        return
    whole = WHOLE.match(target)
    hosts = [line.partition(b":")[2].strip() for line in lines if line[:5].lower() == b"host:"]
    if whole is None or [whole[1].lower()] != [host.lower() for host in hosts]:
        raise ParsingError("The address is of another host")
