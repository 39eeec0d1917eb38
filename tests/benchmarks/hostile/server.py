"""The desk's own server with a hostile web around it, watched from inside its own process.

``python -m tests.benchmarks.hostile.server PORT SITE PROVIDER LOG``: everything the process opens
for writing, runs or connects to is written down, unless it is where it may; beside LOG stands a
file of what each request cost and how far it came.
"""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from app.cli import serve
from app.config import Settings
from app.factory import create_app
from tests.benchmarks.hostile import meter
from tests.benchmarks.hostile.site import WHERE, fetcher

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
FINE = ("/dev/null",)


class Watch:
    """Notes what a process does that it must not."""

    def __init__(self, log: Path, places: list[Path], ports: set[int | None]) -> None:
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.places = places
        self.known = {(WHERE, port) for port in ports}

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note one event of the interpreter."""
        odd: object = None
        if event == "open":
            odd = self._opened(*arguments)
        elif event in {"os.rename", "os.mkdir", "os.link", "os.symlink"}:
            odd = next((one for one in arguments[:2] if self._elsewhere(one)), None)
        elif event == "socket.connect":
            odd = self._connected(arguments[1])
        elif event == "subprocess.Popen":
            odd = arguments[0] if arguments[0] != sys.executable else None
        elif event == "os.system":
            odd = arguments[0]
        if odd is not None:
            os.write(self.log, f"{event} {odd!r}\n".encode("utf-8", "replace"))

    def _opened(self, path: Any, mode: Any, flags: Any) -> object:
        writes = bool(set(str(mode or "")) & set("wax+")) or bool((flags or 0) & WRITING)
        return path if writes and self._elsewhere(path) else None

    def _elsewhere(self, path: Any) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        place = Path(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - nothing may be looked up here
        if str(place) in FINE or "__pycache__" in place.parts:
            return False
        return not any(place.is_relative_to(one) for one in self.places)

    def _connected(self, address: Any) -> object:
        if not isinstance(address, tuple):
            return None
        return None if address[:2] in self.known else address


def main(port: int, site: int, provider: int, log: Path) -> None:
    """Serve as the command does."""
    settings = Settings.load()
    write = meter.into(metered(log))
    places = [settings.home, Path(os.environ["TMPDIR"])]
    databases = urlsplit(settings.database_url).port
    sys.addaudithook(Watch(log, places, {site, provider, databases}))
    web = fetcher(site)

    def created(chosen: Settings) -> Flask:
        app = create_app(chosen, fetcher=web)
        meter.Meter(app, write)
        return app

    vars(serve)["create_app"] = created
    serve.run(settings, WHERE, port)


def metered(log: Path) -> Path:
    """Where it is written down what requests cost."""
    return log.with_name("passages")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
