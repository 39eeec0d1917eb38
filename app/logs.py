"""The server's log: one line a request, text or JSON, with nothing in it that must not be seen."""

import datetime as dt
import logging
import re
import sys
import time
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import psycopg
import structlog
from flask import Flask, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.kept_secrets import MASK
from app.once.asked import noted_path

ACCESS = structlog.get_logger("access")
SECRET = re.compile(r"desk_[\w-]{20,}|(?<=/sign-in/link/)[\w-]{20,}|(?<=/answers/)[\w-]{20,}")
"""What opens something, wherever a library may have put it: a token, the end of a one-time link."""
NAMES = re.compile(r"(?i:password|secret|token|cookie|authorization|seed|(?:^|_)key(?:$|_)|code$)")
"""Names of values that are not for the log."""
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could end a line, begin another, or write it backwards (OWASP, log injection)."""
OURS = frozenset({"app", "claims", "sources"})
QUOTES_NOTHING = (ImportError, AttributeError, NameError, NotImplementedError, OSError)
"""Exceptions whose sentence names parts of the program, or files; others quote what they got."""
OF_THE_LIBRARY = frozenset({"_record", "_from_structlog"})
APART = re.compile(r'[\s"=]')
"""What ends a value of a line of text, or begins another."""
LONGEST = 2000
"""Characters of one value; a trace may have more."""


def visible(text: str) -> str:
    """Return a text with what cannot be seen written out, and with what opens a door masked."""
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", SECRET.sub(MASK, text))


def scrubbed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Mask what is secret by its name, and make every other value one visible line."""
    return {
        name: value if name in OF_THE_LIBRARY else _plain(name, value)
        for name, value in event.items()
    }


def _plain(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if NAMES.search(name):
        return MASK
    if name == "trace":
        return [visible(line) for line in value]
    return visible(str(value)[:LONGEST])


def told_plainly(problem: BaseException) -> str:
    """Return what an exception says; of a database's only its kind, for it quotes the rows."""
    if isinstance(problem, SQLAlchemyError | psycopg.Error) or type(problem).__module__.startswith(
        ("sqlite3", "pysqlite3")
    ):
        cause = getattr(problem, "orig", None) or problem
        state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
        return f"{type(cause).__name__} {state or ''}".strip()
    kind, home = type(problem).__name__, type(problem).__module__.partition(".")[0]
    return f"{kind}: {problem}" if home in OURS or isinstance(problem, QUOTES_NOTHING) else kind


def traced(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Write an exception as places in the program: no value of any variable stands in it."""
    problem = event.pop("exc_info", None)
    if problem is True or isinstance(problem, tuple):
        problem = sys.exc_info()[1] if problem is True else problem[1]
    if isinstance(problem, BaseException):
        event["trace"] = list(_lines(problem))
    return event


def brought(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Take over the exception of a library's own line."""
    record = event.get("_record")
    if record is not None and record.exc_info:
        event["exc_info"] = record.exc_info
    return event


def _lines(problem: BaseException) -> list[str]:
    """The chain of an exception, the first cause first."""
    before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    found = _lines(before) if before is not None else []
    for frame in traceback.extract_tb(problem.__traceback__):
        found.append(f"{frame.filename}:{frame.lineno} {frame.name}")
    return [*found, told_plainly(problem)]


def timed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Put the moment first: UTC, to the millisecond."""
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    return {"time": moment.replace("+00:00", "Z"), **event}


def identified(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Name the request that is being answered, unless the line does so itself."""
    if "request" not in event and g and "request_id" in g:
        event["request"] = g.request_id
    return event


def _held(value: Any) -> str:
    """A value as it stands; in quotes where a part of it could pass for another value's name."""
    text = str(value)
    return '"{}"'.format(text.replace('"', "\\u0022")) if APART.search(text) else text


def in_text(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """One line for a person; the places of a trace follow, indented."""
    trace = event.pop("trace", [])
    head = f"{event.pop('time')} {event.pop('level', 'info')} {event.pop('event', '')}"
    parts = [f"{name}={_held(value)}" for name, value in event.items() if value not in (None, "")]
    return "\n".join([" ".join([head, *parts]), *(f"    {line}" for line in trace)])


SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    identified,
    traced,
    scrubbed,
    timed,
]


def set_up(form: str) -> None:
    """Let everything that is logged go through the same sieve, to standard error."""
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else in_text
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[brought, *SHARED],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # What a library says at each step may quote what it works on.
    for name in ("sqlalchemy", "alembic", "urllib3", "fontTools", "PIL", "pypdf"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.raiseExceptions = False
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def begin() -> None:
    """Note when a request came."""
    g.began = time.perf_counter()


def note(response: Response) -> Response:
    """Write the line of a request: no query, no referrer, no header, no name of a browser."""
    ACCESS.info(
        "request",
        method=request.method,
        path=noted_path(),
        status=response.status_code,
        bytes=response.content_length,
        milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000),
        actor=g.get("actor", "visitor"),
        address=request.remote_addr,
    )
    return response


def init_logs(app: Flask) -> None:
    """Write one line for every answer; call first, so that it is written last."""
    app.before_request(begin)
    app.after_request(note)
