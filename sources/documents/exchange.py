"""Handing a process its input and taking its answer, of which no more is kept than is allowed."""

import contextlib
import os
import selectors
import subprocess
import time
from dataclasses import dataclass, field
from typing import IO

PIECE = 65_536
LONGEST_COMPLAINT = 4_096


class TooSlow(Exception):
    """The process did not end in time."""


class TooMuch(Exception):
    """The process answered more than is allowed."""


@dataclass(slots=True)
class Exchange:
    """What goes to a process and what has come from it so far."""

    given: memoryview
    most: int
    answer: bytearray = field(default_factory=bytearray)
    complaint: bytearray = field(default_factory=bytearray)

    def serve(self, stream: IO[bytes], child: "subprocess.Popen[bytes]") -> bool:
        """Read from, or write to, a stream that is ready; tell whether it is done with."""
        if stream is child.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.given = self.given[os.write(stream.fileno(), self.given[:PIECE]) :]
                return not self.given
            return True
        piece = os.read(stream.fileno(), PIECE)
        if stream is child.stdout:
            self.answer += piece
            if len(self.answer) > self.most:
                raise TooMuch
        else:
            self.complaint = (self.complaint + piece)[-LONGEST_COMPLAINT:]
        return not piece


def exchanged(
    child: "subprocess.Popen[bytes]", content: bytes, *, patience: float, most: int
) -> tuple[bytes, bytes]:
    """Return what a process answered and the end of what it complained about.

    Raises TooSlow after ``patience`` seconds and TooMuch past ``most`` bytes of answer; whoever
    called ends the process then.
    """
    exchange, until = Exchange(memoryview(content), most), time.monotonic() + patience
    with selectors.DefaultSelector() as ready:
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream is not None:
                writes = stream is child.stdin
                os.set_blocking(stream.fileno(), not writes)
                ready.register(
                    stream, selectors.EVENT_WRITE if writes else selectors.EVENT_READ, stream
                )
        while ready.get_map():
            left = until - time.monotonic()
            if left <= 0:
                raise TooSlow
            for key, _ in ready.select(left):
                if exchange.serve(key.data, child):
                    ready.unregister(key.data)
                    key.data.close()
    try:
        child.wait(max(until - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired as problem:
        raise TooSlow from problem
    return bytes(exchange.answer), bytes(exchange.complaint)
