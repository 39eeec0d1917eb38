"""Reading a document in a process of its own, so that a malicious file harms nothing but itself."""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from sources.documents.answers import Unfit, understood
from sources.documents.document import Document
from sources.documents.exchange import TooMuch, TooSlow, exchanged
from sources.documents.limits import AT_ONCE, MOST_ANSWER, PATIENCE, SECONDS
from sources.errors import DeskError, Passing, Refused

ROOT = Path(__file__).resolve().parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from sources.documents.child import main; main()"
)
INHERITED = ("PATH", "LD_LIBRARY_PATH")
"""What of the environment a Python may need to start; keys and passwords stand there as well."""
OUT_OF_MEMORY, TOO_DEEP = 12, 13
TURN = BoundedSemaphore(AT_ONCE)
WAIT = 60.0
log = logging.getLogger(__name__)


def read(content: bytes, kind: str) -> Document:
    """Return what a file holds; a web page or a table in a text comes in UTF-8.

    Raises Refused or TooLarge at the field ``file``: what the reader itself says, or that it had to
    be stopped, or that it fell over.
    """
    if not TURN.acquire(timeout=WAIT):
        raise _busy()
    try:
        code, answer = _run(content, kind)
    finally:
        TURN.release()
    if code != 0:
        raise _failure(code)
    try:
        return understood(answer)
    except Unfit as problem:
        log.warning("reader of %s answered nonsense: %s", kind, problem)
        raise _failure(1) from problem


def _run(content: bytes, kind: str) -> tuple[int, bytes]:
    """Return the child's exit code (negative for a signal) and its answer.

    Isolated mode: no environment, no folder of the caller and no site of the user takes part.
    """
    command = [sys.executable, "-I", "-c", START, str(ROOT), kind]
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own module, a type of our own
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        bufsize=0,
        env={name: os.environ[name] for name in INHERITED if name in os.environ},
    ) as child:
        try:
            answer, complaint = exchanged(child, content, patience=PATIENCE, most=MOST_ANSWER)
        except TooSlow:
            child.kill()
            return -signal.SIGXCPU, b""
        except TooMuch:
            child.kill()
            return OUT_OF_MEMORY, b""
    if child.returncode != 0:
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        log.warning("reader of %s ended with %s: %s", kind, child.returncode, lines[-1:])
    return child.returncode, answer


def _failure(code: int) -> DeskError:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _refused(
            "slow",
            f"文件太复杂：{SECONDS} 秒内没有读完。请另存得简单些，或粘贴正文。",
            f"The file is too complex: it was not read after {SECONDS} seconds. "
            "Save it in a simpler form, or paste its text.",
        )
    if code == OUT_OF_MEMORY:
        return _refused(
            "memory",
            "文件太复杂：读取所需的内存超过上限。请拆分，或粘贴正文。",
            "The file is too complex: reading it takes more memory than allowed. Split it, or "
            "paste its text.",
        )
    if code == TOO_DEEP:
        return _refused(
            "nested",
            "文件嵌套层数过多，没有读取。请粘贴正文。",
            "The file is nested too deeply and was not read. Paste its text.",
        )
    return _refused(
        "failed",
        "文件已损坏或内容异常，读取中断。请重新另存，或粘贴正文。",
        "The file is damaged or very unusual, and reading it broke off. Save it again, or paste "
        "its text.",
    )


def _busy() -> Passing:
    return Passing(
        "document_busy",
        {
            "zh": "正在读取的文件太多，请稍后再试。",
            "en": "Too many files are being read at this moment. Try again shortly.",
        },
        "file",
    )


def _refused(code: str, zh: str, en: str) -> Refused:
    return Refused(f"document_{code}", {"zh": zh, "en": en}, "file")
