"""The server of an installation, with its limits."""

import resource
from typing import Any, Final

from flask import Flask
from waitress.server import MultiSocketServer, create_server

from app.bodies import BODY_LIMIT
from app.config import Settings
from app.serving.connection import Connection

THREADS: Final = 8
CONNECTIONS: Final = 2000
"""Waitress's default of 100 lets a few slow clients keep everybody else out."""
FILES: Final = 4096
"""Open files the server asks for: connections, and what is stored of long bodies and answers."""
PATIENCE: Final = 10
"""Seconds a silent connection is kept; looked at every few of them."""
LOOK: Final = 5
HEADER_LIMIT: Final = 32 * 1024
ANSWER_LIMIT: Final = 256 * 1024 * 1024
"""An answer up to this size leaves its thread at once and lies in a file while it is read; with
waitress's 16 MiB, eight people who read a large file slowly held every thread."""


class BehindProxy(Connection):
    """A connection of a reverse proxy, from whose address everybody comes."""

    most_of_a_place = None


def listening(app: Flask, settings: Settings, host: str, port: int) -> Any:
    """Return a server that listens and does not run yet; raise OSError where it cannot."""
    open_files()
    server: Any = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=PATIENCE,
        cleanup_interval=LOOK,
        max_request_header_size=HEADER_LIMIT,
        max_request_body_size=BODY_LIMIT,
        outbuf_high_watermark=ANSWER_LIMIT,
        # select() ends in an error at the 1024th file; poll() does not.
        asyncore_use_poll=True,
        ident=None,
        # Behind a proxy the application reads these headers, as far as the setting says.
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    kind = BehindProxy if settings.proxies else Connection
    several: Any = server.map if isinstance(server, MultiSocketServer) else {0: server}
    for one in several.values():
        if hasattr(one, "channel_class"):
            one.channel_class = kind
    return server


def open_files() -> None:
    """Let this process open as many files as it has connections, where the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
