"""How far each request came and what it cost, as the server itself knows it."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.wsgi import ClosingIterator

PLACE = "desk.passage"
STATUS = Path("/proc/self/status")
Start = Callable[..., Any]


@dataclass
class Passage:
    """One request: its route, whether its view was reached, what was answered, and the cost.

    ``worked`` are the seconds of processor time of the thread that answered; children of the
    process, which read strangers' files, are not in it and have limits of their own. ``before``
    and ``peak`` are the most megabytes the process had ever held when the request came and when
    its answer was sent.
    """

    method: str
    rule: str = ""
    request: str = ""
    entered: bool = False
    status: int = 0
    worked: float = 0.0
    seconds: float = 0.0
    before: int = 0
    peak: int = 0


class Meter:
    """An application that writes down each request, once its answer is sent."""

    def __init__(self, app: Flask, write: Callable[[Passage], None]) -> None:
        self.inner, self.write = app.wsgi_app, write
        app.before_request_funcs.setdefault(None, []).insert(0, _found)
        for name, view in app.view_functions.items():
            app.view_functions[name] = _noting(view)
        app.wsgi_app = self  # type: ignore[assignment,method-assign]

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer a request."""
        passage = environ[PLACE] = Passage(environ["REQUEST_METHOD"], before=most_held())
        began, worked = time.monotonic(), time.thread_time()

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            passage.status = int(status[:3])
            passage.request = dict(headers).get("X-Request-ID", "")
            return start(status, headers, *rest)

        def done() -> None:
            passage.worked = time.thread_time() - worked
            passage.seconds = time.monotonic() - began
            passage.peak = most_held()
            self.write(passage)

        return ClosingIterator(self.inner(environ, note), done)


def most_held() -> int:
    """The most megabytes this process ever held; not what its parent held, as of getrusage(2)."""
    lines = STATUS.read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def _found() -> None:
    if request.url_rule is not None:
        request.environ[PLACE].rule = request.url_rule.rule


def _noting(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def entered(**arguments: Any) -> Any:
        request.environ[PLACE].entered = True
        return view(**arguments)

    return entered


def into(file: Path) -> Callable[[Passage], None]:
    """Return what writes passages into a file, a line each."""
    stream = file.open("a", encoding="utf-8", buffering=1)
    return lambda passage: print(json.dumps(asdict(passage)), file=stream)


def read(file: Path) -> Iterator[Passage]:
    """The passages of a file."""
    with file.open(encoding="utf-8") as lines:
        yield from (Passage(**json.loads(line)) for line in lines)
