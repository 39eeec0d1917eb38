"""Web servers on this machine for the tests of fetching, and fetchers that may reach only them."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sources.fetching import Fetcher, public_web

PORTS = range(8000, 9000)
"""Ports an address may have; the fetcher itself refuses all but 80 and 443."""
Handler = Callable[[socket.socket, bytes], None]
"""Answers one connection; given the connection and the head of the request."""


def answer(
    content: bytes = b"", *, status: str = "200 OK", kind: str = "text/html", **headers: str
) -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


class Server:
    """A listener that counts its connections, and answers each from a thread of its own."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        self.handler, self.context = handler, context
        self.heads: list[bytes] = []
        self.connections = 0
        self.listener = _listening()
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head and (part := connection.recv(65536)):
                head += part
            self.heads.append(head)
            self.handler(connection, head)
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)
            connection.close()

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def _listening() -> socket.socket:
    for port in PORTS:
        listener = socket.socket()
        with suppress(OSError):
            listener.bind(("127.0.0.1", port))
            listener.listen(50)
            return listener
        listener.close()
    message = "no free port"
    raise OSError(message)


@contextmanager
def serving(handler: Handler | bytes, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that gives one answer to everybody, or calls a handler."""
    given = handler

    def fixed(connection: socket.socket, _head: bytes) -> None:
        assert isinstance(given, bytes)
        connection.sendall(given)

    server = Server(fixed if isinstance(handler, bytes) else handler, context)
    try:
        yield server
    finally:
        server.close()


def pages(known: dict[str, bytes]) -> Handler:
    """A site of these paths; all others are not found."""

    def handle(connection: socket.socket, head: bytes) -> None:
        path = head.split(b" ")[1].decode()
        connection.sendall(known.get(path) or answer(b"no", status="404 Not Found"))

    return handle


def fetcher(
    *servers: Server,
    names: Mapping[str, Sequence[str]] | None = None,
    context: ssl.SSLContext | None = None,
    seconds: float = 10.0,
    limit: int = 200_000,
) -> Fetcher:
    """A fetcher for which these servers are on the web; other addresses are judged as ever.

    Every host name it does not know leads to this machine.
    """
    ports = {server.port for server in servers}

    def judge(address: str, port: int) -> str | None:
        reached = address == "127.0.0.1" and port in ports
        return None if reached else public_web(address, port)

    def resolve(host: str) -> Sequence[str]:
        return (names or {}).get(host, ["127.0.0.1"])

    return Fetcher(
        agent="ClaimDesk/test",
        resolver=resolve,
        judge=judge,
        context=context,
        seconds=seconds,
        limit=limit,
    )


def certificates(
    folder: Path, name: str, *, days: int = 30
) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The contexts of a server called so, and of a client that trusts its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = dt.datetime.now(dt.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start, stop = sorted((now - dt.timedelta(days=60 if days < 0 else 1),
                          now + dt.timedelta(days=days)))  # fmt: skip
    names: list[x509.GeneralName] = [x509.DNSName(name)]
    with suppress(ValueError):
        names = [x509.IPAddress(ipaddress.ip_address(name))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(stop)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(file)
    return served, ssl.create_default_context(cafile=str(file))
