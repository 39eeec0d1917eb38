"""A body that is longer than any form takes: its beginning and its end are kept, and no more.

What was typed stands before the file and after it. A browser shows an answer only when it has sent
everything, so everything is taken in; from the beginning and the end the application can show the
form again, with what was typed and with what is wrong.
"""

from typing import Any, Final

from waitress.buffers import OverflowableBuffer
from waitress.receiver import FixedStreamReceiver
from waitress.task import WSGITask

from app.bodies import CUT

KEPT: Final = 4 * 1024 * 1024
"""Bytes kept of each end, at least: more than is typed into any form."""
LONGEST: Final = 4 * 1024 * 1024 * 1024
"""Bytes that are waited for; what is longer is refused at once."""
PART: Final = 64 * 1024


class Shortening(FixedStreamReceiver):
    """Takes a long body in; two buffers take turns in holding its end."""

    def __init__(self, length: int, overflow: int, kept: int = KEPT) -> None:
        """Begin; what is more than ``overflow`` bytes of a buffer lies on the disk."""
        super().__init__(length, OverflowableBuffer(overflow))
        self.overflow, self.kept = overflow, kept
        self.older, self.newer = OverflowableBuffer(overflow), OverflowableBuffer(overflow)

    def received(self, data: bytes) -> int:
        """Take in what came of this body; return how much that was."""
        taken = data[: self.remain]
        self.remain -= len(taken)
        head = taken[: max(0, self.kept - len(self.buf))]
        self.buf.append(head)
        self.newer.append(taken[len(head) :])
        if len(self.newer) >= self.kept:
            self.older.close()
            self.older, self.newer = self.newer, OverflowableBuffer(self.overflow)
        if not self.remain:
            self._join()
        return len(taken)

    def _join(self) -> None:
        for end in (self.older, self.newer):
            file = end.getfile()
            file.seek(0)
            while part := file.read(PART):
                self.buf.append(part)
            end.close()
        self.completed = True


class Answering(WSGITask):
    """Waitress's answer; the application is told where something was left out."""

    def get_environment(self) -> dict[str, Any]:
        """Return what the application is told of the request."""
        request: Any = self.request
        found: dict[str, Any] = super().get_environment()
        if isinstance(request.body_rcv, Shortening):
            found[CUT] = True
        return found
