"""A desk behind its real server, spoken to in bytes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from flask import Flask

from app.config import Settings
from app.db import Database
from app.factory import create_app
from app.serving.listening import listening

PATIENCE = 20.0
"""Seconds a test waits for an answer before it fails."""


class Served:
    """A server in a thread of this process."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.server = listening(app, settings, "127.0.0.1", 0)
        self.port = int(self.server.effective_port)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        # Closing it from another thread ends its loop by an error.
        with suppress(OSError):
            self.server.run()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE)

    def ask(self, sent: bytes) -> bytes:
        """Everything that is answered to bytes until the server closes the connection."""
        with closing(self.connect()) as opened:
            opened.sendall(sent)
            return b"".join(iter(lambda: opened.recv(65536), b""))

    def get(self, path: str = "/healthz") -> bytes:
        """The answer to a request in order."""
        return self.ask(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )

    def close(self) -> None:
        self.server.task_dispatcher.shutdown(timeout=1)
        for channel in list(self.server.active_channels.values()):
            channel.will_close = True
        self.server.close()


@contextmanager
def served(database: Database, app: Flask | None = None) -> Iterator[Served]:
    """Serve a desk until the block ends."""
    found = Served(app or create_app(database.settings, database), database.settings)
    try:
        yield found
    finally:
        found.close()
