"""Running other people's tools so that none outlives the run, however it ends."""

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RUNNING: set[subprocess.Popen[str]] = set()
ENDING = threading.Event()


class ToolFailed(Exception):
    """A tool ended without saying what it saw."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool printed; ``whole`` is False for one whose time was over."""

    out: str
    err: str
    whole: bool = True


def run(command: Sequence[str], seconds: float, folder: Path, path: Path | None = None) -> Said:
    """Let a tool run for at most so many seconds; ``path`` is where it looks for its own parts.

    It has a group of its own: what it started ends with it, and a Ctrl-C is ours to pass on.
    """
    parts = [str(path)] if path is not None else []
    environ = {**os.environ, "PATH": os.pathsep.join([*parts, os.environ["PATH"]])}
    if ENDING.is_set():
        raise ToolFailed("the run was ended")
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as tool:
        RUNNING.add(tool)
        try:
            out, err = tool.communicate(timeout=max(seconds, 1))
        except subprocess.TimeoutExpired:
            _kill(tool)
            out, err = tool.communicate()
            return Said(out, err, whole=False)
        finally:
            _kill(tool)
            tool.wait()
            RUNNING.discard(tool)
    return Said(out, err)


def end_all() -> None:
    """End every tool that still runs, and let none begin."""
    ENDING.set()
    for tool in [*RUNNING]:
        _kill(tool)


def _kill(tool: subprocess.Popen[str]) -> None:
    """End a tool and whatever it started, which may outlive it."""
    try:
        os.killpg(tool.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
