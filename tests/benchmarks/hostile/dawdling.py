"""Clients that hold a connection and hardly use it, each in a way of its own."""

import asyncio
import itertools
import multiprocessing
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

SMALL = 4096
"""Bytes of a receive buffer: as little as the system lets somebody have who reads slowly."""
ABOVE = 1200
"""Bytes a second that no server may take for too slow."""
AFTER = 1.0
"""Seconds until a connection that was closed is opened again."""
OPENING = 50
"""Clients that begin in a second."""
WITHIN = 8.0
"""Seconds that a connection may be silent at least."""
HELLO = bytes.fromhex("16030100f8010000f40303") + bytes(range(240))
"""How a client begins that takes the desk for one that speaks TLS."""
LONG = 15 * 1024 * 1024
PIPELINED = 40


@dataclass(frozen=True)
class Aim:
    """What is dawdled at: a port, from where, how often a byte, and whose session it is."""

    port: int
    places: tuple[str, ...]
    pause: float
    cookie: str
    page: str


class Line:
    """One connection of a client that takes its time."""

    def __init__(self, aim: Aim, place: str) -> None:
        """Open nothing yet; the buffer must be small before the connection is."""
        self.aim = aim
        self.loop = asyncio.get_running_loop()
        self.socket = socket.socket()
        self.socket.setblocking(False)  # noqa: FBT003 - the socket's own way of saying it
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        self.socket.bind((place, 0))

    async def open(self) -> None:
        """Connect."""
        await self.loop.sock_connect(self.socket, ("127.0.0.1", self.aim.port))

    async def say(self, sent: bytes) -> None:
        """Send all of it."""
        await self.loop.sock_sendall(self.socket, sent)

    async def drip(self, sent: Iterator[bytes], pause: float | None = None) -> None:
        """Send one piece after the other."""
        for piece in sent:
            await self.say(piece)
            await asyncio.sleep(pause or self.aim.pause)

    async def sip(self) -> None:
        """Read a byte now and then, to the end."""
        while await self.loop.sock_recv(self.socket, 1):  # noqa: ASYNC110 - slowness is the point
            await asyncio.sleep(self.aim.pause)

    async def hold(self) -> None:
        """Wait for the server to close the connection."""
        while await self.loop.sock_recv(self.socket, SMALL):
            pass

    async def unless_ended(self, doing: Awaitable[None]) -> None:
        """Do something for as long as the server keeps the connection."""
        both = [asyncio.ensure_future(doing), asyncio.ensure_future(self.hold())]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    def request(self, what: str, *lines: str) -> bytes:
        """The first lines of a request."""
        return "\r\n".join([f"{what} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode()


async def lines(line: Line) -> None:
    """Send the lines of a request a byte at a time, and never the last."""
    begun = line.request("GET /sign-in")[:-2] + b"X-Slow: "
    await line.unless_ended(
        line.drip(bytes([one]) for one in itertools.chain(begun, itertools.cycle(b"a")))
    )


async def form(line: Line) -> None:
    """Send a form a byte at a time."""
    kind = "Content-Type: application/x-www-form-urlencoded"
    await line.say(line.request("POST /sign-in", kind, "Content-Length: 4000"))
    await line.unless_ended(line.drip(bytes([one]) for one in b"name=" + b"a" * 3990))


async def upload(line: Line) -> None:
    """Send a large file just fast enough that it may not be taken for too slow."""
    kind = "Content-Type: multipart/form-data; boundary=x"
    head = line.request(
        "POST /sources/new", kind, f"Content-Length: {LONG}", f"Cookie: {line.aim.cookie}"
    )
    await line.say(head)
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    parts = itertools.chain([part], itertools.repeat(bytes(ABOVE)))
    await line.unless_ended(line.drip(parts, 1.0))


async def chunks(line: Line) -> None:
    """Send a body in chunks of one byte."""
    await line.say(line.request("POST /sign-in", "Transfer-Encoding: chunked"))
    await line.unless_ended(line.drip(itertools.repeat(b"1\r\na\r\n")))


async def reader(line: Line) -> None:
    """Ask for a long page, and read it a byte at a time."""
    await line.say(line.request(f"GET {line.aim.page}", f"Cookie: {line.aim.cookie}"))
    await line.sip()


async def idle(line: Line) -> None:
    """Ask for next to nothing, just often enough to be kept."""

    async def asking() -> None:
        while True:
            await line.say(line.request("GET /healthz"))
            await asyncio.sleep(WITHIN)

    await line.unless_ended(asking())


async def silent(line: Line) -> None:
    """Say nothing at all."""
    await line.hold()


async def half(line: Line) -> None:
    """Say half a request, and that there will be no more."""
    await line.say(line.request("GET /sign-in")[:-2])
    line.socket.shutdown(socket.SHUT_WR)
    await line.hold()


async def hello(line: Line) -> None:
    """Speak TLS with somebody who does not."""
    await line.say(HELLO)
    await line.hold()


async def noise(line: Line) -> None:
    """Say what nobody understands, for ever."""
    await line.unless_ended(line.drip(iter(lambda: os.urandom(20), b"")))


async def pipelined(line: Line) -> None:
    """Send many requests at once, and read the answers a byte at a time."""
    await line.say(line.request("GET /sign-in") * PIPELINED)
    await line.sip()


KINDS: tuple[Callable[[Line], Awaitable[None]], ...] = (
    lines,
    form,
    upload,
    chunks,
    reader,
    idle,
    silent,
    half,
    hello,
    noise,
    pipelined,
)


@dataclass
class Siege:
    """Clients at work in a process of their own, and how often each kind connected."""

    opened: Any

    def renewed(self) -> dict[str, int]:
        """How often each kind connected."""
        return {kind.__name__: self.opened[at] for at, kind in enumerate(KINDS)}


async def _dawdle(siege: Siege, aim: Aim, number: int) -> None:
    at = number % len(KINDS)
    await asyncio.sleep(number / OPENING)
    while True:
        line = Line(aim, aim.places[number % len(aim.places)])
        with line.socket, suppress(OSError):
            await line.open()
            siege.opened[at] += 1
            await KINDS[at](line)
        await asyncio.sleep(AFTER)


async def _all(siege: Siege, aim: Aim, number: int) -> None:
    await asyncio.gather(*(_dawdle(siege, aim, at) for at in range(number)))


def _work(siege: Siege, aim: Aim, number: int) -> None:
    asyncio.run(_all(siege, aim, number))


@contextmanager
def besieged(aim: Aim, number: int) -> Iterator[Siege]:
    """Let so many clients dawdle until the block ends."""
    here = multiprocessing.get_context("spawn")
    siege = Siege(here.Array("i", len(KINDS)))
    clients = here.Process(target=_work, args=(siege, aim, number), daemon=True)
    clients.start()
    try:
        yield siege
    finally:
        clients.kill()
        clients.join()
