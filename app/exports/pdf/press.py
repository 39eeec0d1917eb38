"""Setting one PDF in a process of its own, with limited memory and time."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore

from app.exports.pdf.typefaces import Typefaces
from sources.documents.exchange import TooMuch, TooSlow, exchanged
from sources.errors import Passing, Refused

CHILD = Path(__file__).with_name("child.py")
TEMPLATES = ("main.typ", "style.typ", "front.typ", "claim.typ", "closing.typ")
MEMORY = 1_500_000_000
"""Bytes of address space, of which a good part is never touched."""
SECONDS, PATIENCE = 60, 180.0
"""Of computing, and on the clock of a busy machine."""
MOST = 400_000_000
"""Bytes of a PDF that are taken."""
TURN = BoundedSemaphore(1)
"""One at a time in a process: memory for two is not planned for."""
OUT_OF_MEMORY, NOT_SET, NO_GLYPH = 12, 13, 14
INHERITED = ("PATH", "LD_LIBRARY_PATH")
log = logging.getLogger(__name__)


def printed(files: Mapping[str, bytes], faces: Typefaces, timestamp: int) -> bytes:
    """Return the PDF of the template over some files (``data.json``, ``appendix.json``).

    Raise Refused where it takes too much time or memory, or cannot be set.
    """
    given = [*_templates(), *files.items()]
    order = {
        "files": [(name, len(content)) for name, content in given],
        "fonts": [str(folder) for folder in faces.folders],
        "memory": MEMORY,
        "seconds": SECONDS,
        "timestamp": timestamp,
    }
    told = json.dumps(order).encode() + b"\n" + b"".join(content for _, content in given)
    if not TURN.acquire(timeout=PATIENCE):
        raise Passing("pdf_busy", BUSY)
    try:
        return _run(told)
    finally:
        TURN.release()


def _templates() -> list[tuple[str, bytes]]:
    return [(name, CHILD.with_name(name).read_bytes()) for name in TEMPLATES]


def _run(told: bytes) -> bytes:
    """Run the child in isolated mode: no environment and no folder of the caller takes part."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own file
        [sys.executable, "-I", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        bufsize=0,
        env={
            "RAYON_NUM_THREADS": "1",
            **{name: os.environ[name] for name in INHERITED if name in os.environ},
        },
    ) as child:
        try:
            answer, complaint = exchanged(child, told, patience=PATIENCE, most=MOST)
        except TooSlow:
            child.kill()
            raise _failure(-signal.SIGXCPU) from None
        except TooMuch:
            child.kill()
            raise _failure(OUT_OF_MEMORY) from None
    if child.returncode != 0:
        said = complaint.decode("utf-8", "replace").strip()
        log.warning("setting a PDF ended with %s: %s", child.returncode, said)
        raise _failure(child.returncode)
    return answer


BUSY = {
    "zh": "正在生成的 PDF 太多，请稍后再试。",
    "en": "Too many PDFs are being made at this moment. Try again shortly.",
}
SLOW = {
    "zh": f"PDF 没有生成：一卷在 {SECONDS} 秒内没有排完。其他格式不受影响。",
    "en": f"The PDF was not made: one volume was not set after {SECONDS} seconds. "
    "The other formats are not affected.",
}
LARGE = {
    "zh": "PDF 没有生成：排版所需的内存超过上限。其他格式不受影响。",
    "en": "The PDF was not made: setting it takes more memory than allowed. The other formats are "
    "not affected.",
}
BROKEN = {
    "zh": "PDF 没有生成：排版程序中断，原因在日志里。其他格式不受影响。",
    "en": "The PDF was not made: the typesetter broke off, and the log says why. The other formats "
    "are not affected.",
}


def _failure(code: int) -> Refused:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return Refused("pdf_slow", SLOW)
    if code in {OUT_OF_MEMORY, -signal.SIGABRT}:
        return Refused("pdf_memory", LARGE)
    return Refused("pdf_broken", BROKEN)
