"""What passes over a connection, kept byte for byte: one request and its answer."""

import datetime as dt
import io
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources import fetch_refusals

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FRAMES = 1_000_000
"""Bytes an answer may have besides its body: heads, and what parts the chunks of a body."""
Received = Callable[[int], None]
"""Told of the bytes that have come so far."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as they went over the line (inside TLS where there is any).

    ``reached`` is the IP address; ``whole`` is false where no more than the head was wanted.
    """

    address: str
    reached: str
    request: bytes
    response: bytes
    began: dt.datetime
    whole: bool = True


class Recorder:
    """Stands between HTTP and a connection, and keeps what passes, up to a limit.

    ``rest`` is what the other side sent behind the end of its answer.
    """

    def __init__(self, line: socket.socket, limit: int, told: Received) -> None:
        """Take over a connection; past ``limit`` bytes of a body nothing more is taken."""
        self.line, self.limit, self.told = line, limit, told
        self.sent, self.received, self.rest = bytearray(), bytearray(), b""

    def sendall(self, data: bytes) -> None:
        """Send, and keep what was sent."""
        self.sent += data
        self.line.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what the answer is read from."""
        return _Reader(_Tee(self.line.makefile("rb", buffering=0), self))

    def settimeout(self, seconds: float | None) -> None:
        """Wait no longer than this for anything."""
        self.line.settimeout(seconds)

    def shutdown(self, how: int) -> None:
        """End one or both directions."""
        self.line.shutdown(how)

    def close(self) -> None:
        """Let the connection go."""
        self.line.close()

    @property
    def answer(self) -> bytes:
        """The answer as far as it was read."""
        return bytes(self.received[: len(self.received) - len(self.rest)])

    def take(self, part: memoryview) -> None:
        """Keep what came in; raise TooLarge where it is more than any answer has."""
        self.received += part
        if len(self.received) > self.limit + FRAMES:
            raise fetch_refusals.large(self.limit)
        self.told(len(self.received))


class _Tee(io.RawIOBase):
    """A connection's bytes, each of which the recorder sees."""

    def __init__(self, raw: io.RawIOBase, recorder: Recorder) -> None:
        self.raw, self.recorder, self.stopped = raw, recorder, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        if self.stopped:
            return 0
        size = self.raw.readinto(buffer)
        if size:
            self.recorder.take(memoryview(buffer)[:size])
        return size

    def close(self) -> None:
        self.raw.close()
        super().close()


class _Reader(io.BufferedReader):
    """Reads ahead, and says at the end how far: what was read and not used is no answer."""

    raw: _Tee

    def close(self) -> None:
        if not self.closed and not self.raw.closed:
            # From here on nothing is waited for: a server that keeps the line open would hold us.
            self.raw.stopped = True
            self.raw.recorder.rest = bytes(self.peek())
        super().close()
