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

PATIENCE = 10
RECEIPT = re.compile(rb'(\breceipt=|name="receipt"\r\n\r\n)[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])')
FIRST_FAULT = 500
DOCUMENTED = frozenset({503, 507})
Start = Callable[..., Any]


@dataclass
class Watched:
    """An application that notes which of its addresses answered with a fault of its own.

    A tool sends one form many times over; with the receipt of the first it would be answered what
    the first was answered, and nothing else of it would be looked at. Each gets one of its own.
    """

    application: Callable[..., Iterable[bytes]]
    faults: set[str] = field(default_factory=set)
    asked: int = 0

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer a request."""
        self.asked += 1
        self._renew(environ)
        place = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            code = int(status[:3])
            if code >= FIRST_FAULT and code not in DOCUMENTED:
                self.faults.add(place)
            return start(status, headers, *rest)

        return self.application(environ, note)

    @staticmethod
    def _renew(environ: dict[str, Any]) -> None:
        if environ["REQUEST_METHOD"] != "POST":
            return
        content = environ["wsgi.input"].read()
        fresh = secrets.token_urlsafe(16).encode()
        environ["wsgi.input"] = BytesIO(RECEIPT.sub(lambda found: found[1] + fresh, content))


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
