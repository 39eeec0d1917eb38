"""A connection to exactly one checked address, cut at a deadline whatever the other side does."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread, Timer

from sources import fetch_refusals

Resolver = Callable[[str], Sequence[str]]
"""Returns the IP addresses of a host name; raises OSError where there are none."""
MOST_ADDRESSES = 4
"""How many of a host's addresses are tried one after the other; all of them are checked."""


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; raises Refused when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise fetch_refusals.slow(self.seconds)
        return left

    def has_passed(self) -> bool:
        """Tell whether the moment has come."""
        return time.monotonic() >= self.end

    @contextmanager
    def over(self, connection: socket.socket) -> Iterator[None]:
        """Cut a connection at the deadline, in the middle of whatever is being waited for.

        A socket's own timeout starts again with every byte, so a byte a second would hold a
        worker for days. The duplicate stays valid when TLS takes the socket over.
        """
        handle = connection.dup()
        timer = Timer(self.left, _cut, [handle])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            handle.close()


def _cut(handle: socket.socket) -> None:
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was quicker; the connection is gone, which is all that is wanted.
        return


def system_resolver(host: str) -> list[str]:
    """The addresses of a host, as the machine's own resolver gives them."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolved(host: str, resolver: Resolver, deadline: Deadline) -> list[str]:
    """Return a host's addresses, asked for once; a resolver has no timeout of its own."""
    answer: Future[Sequence[str]] = Future()

    def ask() -> None:
        try:
            answer.set_result(resolver(host))
        except (OSError, UnicodeError) as problem:
            answer.set_exception(problem)

    Thread(target=ask, daemon=True).start()
    try:
        found = list(answer.result(deadline.left))
    except TimeoutError as problem:
        raise fetch_refusals.slow(deadline.seconds) from problem
    except (OSError, UnicodeError) as problem:
        raise fetch_refusals.unknown_host(host) from problem
    if not found:
        raise fetch_refusals.unknown_host(host)
    return found


def connected(host: str, addresses: Sequence[str], port: int, deadline: Deadline) -> socket.socket:
    """Return a connection to the first of the checked addresses that answers; few are tried."""
    for address in addresses[:MOST_ADDRESSES]:
        try:
            return socket.create_connection((address, port), timeout=deadline.left)
        except OSError:
            continue
    if deadline.has_passed():
        raise fetch_refusals.slow(deadline.seconds)
    raise fetch_refusals.unreachable(host)


def secured(plain: socket.socket, host: str, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Start TLS under the host's own name, against which the certificate is checked."""
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except (ssl.SSLError, ValueError) as problem:
        raise fetch_refusals.certificate(host) from problem
