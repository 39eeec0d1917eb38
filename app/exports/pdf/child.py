"""The process in which a PDF is set: it has its limits, and reads nothing but its fonts.

Run as a file, not as a module: it imports the typesetter and the standard library alone. From
standard input comes one line of JSON, then the files it names, one after the other; the PDF goes
to standard output.
"""

import json
import os
import resource
import sys
from typing import Any

import typst

OUT_OF_MEMORY, NOT_SET, NO_GLYPH = 12, 13, 14


def main() -> None:
    """Set what standard input holds."""
    answer = os.dup(1)
    # What a library prints is no part of the answer.
    os.dup2(2, 1)
    order: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    # The typesetter takes files by name as well, which its stubs do not say.
    files: Any = {name: sys.stdin.buffer.read(size) for name, size in order["files"]}
    confine(order["memory"], order["seconds"])
    try:
        pdf, warnings = typst.compile_with_warnings(
            files,
            font_paths=order["fonts"],
            ignore_system_fonts=True,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=order["timestamp"],
        )
    except typst.TypstError as problem:
        ended(NOT_SET, f"{problem.message} {problem.trace}")
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    if warnings:
        ended(NO_GLYPH, "; ".join(warning.message for warning in warnings))
    with os.fdopen(answer, "wb") as stream:
        stream.write(pdf)
    os._exit(0)


def ended(code: int, complaint: str) -> None:
    """End at once, without what an interpreter does last."""
    sys.stderr.write(complaint)
    sys.stderr.flush()
    os._exit(code)


def confine(memory: int, seconds: int) -> None:
    """Let the kernel end this process past its memory, its time, or the first file it writes."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        resource.setrlimit(which, (most, most))


if __name__ == "__main__":
    main()
