"""The server of an installation, with its limits."""

import resource
import sys
from types import SimpleNamespace
from typing import Any, Final

from flask import Flask
from waitress.server import MultiSocketServer, create_server

from app.bodies import BODY_LIMIT
from app.config import Settings
from app.serving.connection import Connection
from app.serving.places import MOST, Places
from app.serving.watch import Watch, loop

THREADS: Final = 8
FILES: Final = 4096
"""Open files the server asks for: connections, and what is stored of long bodies and answers."""
OTHER_FILES: Final = 200
"""Open files that are none of a connection: the database's, the jobs'."""
SWITCH_SECONDS: Final = 0.0005
"""After so long a thread that calculates lets another go on, if one waits. With Python's own 5 ms
the one thread that listens to all connections waits as long after every byte it takes in."""
PATIENCE: Final = 10
"""Seconds a silent connection is kept; looked at every few of them."""
LOOK: Final = 5
HEADER_LIMIT: Final = 32 * 1024
ANSWER_LIMIT: Final = 256 * 1024 * 1024
"""An answer up to this size leaves its thread at once and lies in a file while it is read; with
waitress's 16 MiB, eight people who read a large file slowly held every thread."""


def listening(app: Flask, settings: Settings, host: str, port: int) -> Any:
    """Return a server that listens and does not run yet; raise OSError where it cannot."""
    files = open_files()
    sys.setswitchinterval(SWITCH_SECONDS)
    server: Any = create_server(
        app,
        map=Watch(),
        host=host,
        port=port,
        threads=THREADS,
        # Places make room before that.
        connection_limit=files,
        channel_timeout=PATIENCE,
        cleanup_interval=LOOK,
        max_request_header_size=HEADER_LIMIT,
        max_request_body_size=BODY_LIMIT,
        outbuf_high_watermark=ANSWER_LIMIT,
        ident=None,
        # Behind a proxy the application reads these headers, as far as the setting says.
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    server.asyncore = SimpleNamespace(loop=loop)
    # A connection may have a long body or a long answer in a file beside it.
    places = Places(min(MOST, max(MOST // 100, (files - OTHER_FILES) // 2)))
    if settings.proxies:
        # Everybody comes from the address of the proxy.
        places.of_an_address = None
    several: Any = server.map if isinstance(server, MultiSocketServer) else {0: server}
    for one in several.values():
        if hasattr(one, "channel_class"):
            one.channel_class, one.places = Connection, places
    return server


def open_files() -> int:
    """Let this process open the files it wants, where the system allows it; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return FILES if soft == resource.RLIM_INFINITY else soft
