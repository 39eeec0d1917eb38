"""The web as it is for the desk under attack: one hostile site, and traps where nobody may go."""

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress

from sources.fetching import Fetcher, public_web
from tests.benchmarks.hostile.addresses import INNER_NAMES, REBINDING, SITE
from tests.sources.servers import PORTS, Server

WHERE = "127.0.0.1"


class Site(Server):
    """Answers each path with what was laid out for it, bytes as they are."""

    def __init__(self) -> None:
        self.offers: dict[str, bytes] = {}
        super().__init__(self._offer)

    def _offer(self, connection: socket.socket, head: bytes) -> None:
        path = head.split(b" ")[1].decode("latin-1") if b" " in head else ""
        connection.sendall(self.offers.get(path, b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))

    def offer(self, content: bytes, host: str = SITE) -> str:
        """Lay out an answer and return its address."""
        path = f"/{len(self.offers)}"
        self.offers[path] = content
        return f"http://{host}:{self.port}{path}"


class Traps:
    """Listeners at addresses inside the network; each connection to one is a failure."""

    def __init__(self, site: int) -> None:
        self.listeners: list[socket.socket] = []
        self.caught: list[str] = []
        self.port = next(port for port in reversed(PORTS) if self._listen(WHERE, port))
        for place in ("127.0.0.2", "::1"):
            for port in (site, self.port, 80, 443):
                self._listen(place, port)
        for port in (80, 443):
            self._listen(WHERE, port)

    def _listen(self, place: str, port: int) -> bool:
        listener = socket.socket(socket.AF_INET6 if ":" in place else socket.AF_INET)
        try:
            listener.bind((place, port))
        except OSError:
            listener.close()
            return False
        listener.listen(50)
        self.listeners.append(listener)
        threading.Thread(target=self._wait, args=[listener, f"{place} {port}"], daemon=True).start()
        return True

    def _wait(self, listener: socket.socket, name: str) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self.caught.append(name)
                connection.close()

    def close(self) -> None:
        """Stop listening."""
        for listener in self.listeners:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind((WHERE, 0))
        found: int = probe.getsockname()[1]
        return found


class Names:
    """A name server that answers with addresses nobody may visit, and never the same way twice."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, host: str) -> Sequence[str]:
        """The addresses of a host."""
        if host == SITE:
            return [WHERE]
        if host == REBINDING:
            self.asked += 1
            return [WHERE] if self.asked % 2 else ["127.0.0.2"]
        if host in INNER_NAMES:
            return INNER_NAMES[host]
        raise socket.gaierror(host)


def fetcher(site: int, seconds: float = 5.0) -> Fetcher:
    """A fetcher for which one port of this machine is the web; all else is judged as ever."""

    def judge(address: str, port: int) -> str | None:
        return None if (address, port) == (WHERE, site) else public_web(address, port)

    return Fetcher(agent="ClaimDesk/hostile", resolver=Names(), judge=judge, seconds=seconds)
