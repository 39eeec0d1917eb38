"""An application on this machine for as long as it is attacked, and what it answered amiss."""

import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from waitress.server import create_server

from tests.nightly.reach import RAISED, Reach

PATIENCE = 10
RECEIPT = re.compile(rb'(\breceipt=|name="receipt"\r\n\r\n)[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])')
VERSION = re.compile(rb'((?:^|&)version=|name="version"\r\n\r\n)\d{1,6}(?=&|\r\n|$)')
FIRST_FAULT = 500
DOCUMENTED = frozenset({503, 507})
Start = Callable[..., Any]


@dataclass
class Watched:
    """An application that notes which of its addresses answered with a fault of its own.

    A tool sends one form many times over; with the receipt of the first it would be answered what
    the first was answered, and nothing else of it would be looked at. Each gets one of its own,
    and the version that the row has at that moment, where somebody tells which (``present``).
    """

    application: Callable[..., Iterable[bytes]]
    faults: dict[str, str] = field(default_factory=dict)
    """By address, what was raised last."""
    reach: Reach = field(default_factory=Reach)
    present: Callable[[dict[str, Any]], str | None] | None = None
    cookie: str = ""
    """What every request carries, whatever cookies it came with; empty for its own."""

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer a request."""
        if self.cookie:
            environ["HTTP_COOKIE"] = self.cookie
        self._renew(environ)
        place = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            code = int(status[:3])
            if code >= FIRST_FAULT and code not in DOCUMENTED:
                self.faults[place] = environ.get(RAISED, "")
            self.reach.note(environ, code, dict(headers).get("Location", ""))
            return start(status, headers, *rest)

        return self.application(environ, note)

    def _renew(self, environ: dict[str, Any]) -> None:
        if environ["REQUEST_METHOD"] != "POST":
            return
        content = environ["wsgi.input"].read()
        fresh = secrets.token_urlsafe(16).encode()
        content = RECEIPT.sub(lambda found: found[1] + fresh, content)
        if self.present is not None and VERSION.search(content):
            version = (self.present(environ) or "").encode()
            content = VERSION.sub(
                lambda found: found[1] + version if version else found[0], content
            )
        environ["wsgi.input"] = BytesIO(content)
        environ["CONTENT_LENGTH"] = str(len(content))


@contextmanager
def served(application: Callable[..., Iterable[bytes]]) -> Iterator[tuple[str, Watched]]:
    """Serve an application at an address of this machine."""
    watched = Watched(application)
    server = create_server(watched, host="127.0.0.1", port=0, threads=8)
    closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:
            # The loop may be looking at a socket at the moment in which it is closed.
            if not closing.is_set():
                raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{vars(server)['effective_port']}", watched
    finally:
        closing.set()
        server.close()
        thread.join(timeout=PATIENCE)
