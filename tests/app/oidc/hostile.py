"""An identity provider on this machine that keeps to the protocol, or lies in one place of it."""

import base64
import hashlib
import hmac
import json
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import RSAKey

from app.oidc.proofs import LOGOUT
from tests.sources.servers import Server, answer, serving

CLIENT, SECRET = "claim desk", "se:cret %"
KEY, SECOND = (RSAKey.generate_key(2048, {"kid": name}) for name in ("first", "second"))
SUBJECT, LABEL = "248289761001", "li.wei@news.example"
Claims = dict[str, Any]


class Hostile:
    """A provider; what a test sets here is what it says wrongly.

    ``discovery`` and ``claims`` replace what would be said; a value of None leaves it out.
    ``raw`` answers a path with these very bytes, and a path of ``silent`` is never answered.
    ``token`` is handed out whatever was asked; given a nonce it makes one. ``handed`` is every
    secret that changed hands, which is the server's alone; ``posted`` the form that asked last.
    """

    def __init__(self) -> None:
        self.issuer = ""
        self.keys: list[Any] = [KEY]
        self.key: Any = KEY
        self.header: Claims = {"alg": "RS256"}
        self.claims: Claims = {}
        self.discovery: Claims = {}
        self.raw: dict[str, bytes] = {}
        self.silent: set[str] = set()
        self.asked: list[str] = []
        self.token: Callable[[str], str] | None = None
        self.codes: dict[str, dict[str, str]] = {}
        self.handed: list[str] = []
        self.posted: dict[str, str] = {}
        self.who = SUBJECT

    def handle(self, connection: socket.socket, head: bytes) -> None:
        first, _, rest = head.partition(b"\r\n\r\n")
        method, path, _ = first.split(b"\r\n")[0].decode().split(" ")
        length = _length(first)
        while len(rest) < length:
            rest += connection.recv(65536)
        self.asked.append(path)
        if path in self.silent:
            # Waits until the desk has lost its patience.
            connection.recv(1)
            return
        connection.sendall(self.raw.get(path) or self._answered(method, path, first, rest))

    def _answered(self, method: str, path: str, head: bytes, form: bytes) -> bytes:
        if path == "/.well-known/openid-configuration":
            return _json(_without_none({**self._described(), **self.discovery}))
        if path == "/keys":
            return _json({"keys": [key.as_dict(private=False) for key in self.keys]})
        if path == "/token" and method == "POST":
            return self._exchanged(head, dict(parse_qsl(form.decode())))
        return answer(b"no", status="404 Not Found")

    def _described(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/out",
            "authorization_response_iss_parameter_supported": True,
        }

    def authorize(self, address: str, **changed: str | None) -> str:
        """What the browser brings back from an address: the path and query of the desk's answer."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        said = _without_none({"code": code, "state": asked["state"], "iss": self.issuer, **changed})
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(said)}"

    def _exchanged(self, head: bytes, form: dict[str, str]) -> bytes:
        self.posted = form
        asked = self.codes.pop(form.get("code", ""), None)
        fits = (
            asked is not None
            and _challenge(form.get("code_verifier", "")) == asked["code_challenge"]
            and form.get("redirect_uri") == asked["redirect_uri"]
        )
        if not _knows(head, form):
            return _json({"error": "invalid_client"}, "401 Unauthorized")
        if asked is None or not fits:
            return _json({"error": "invalid_grant"}, "400 Bad Request")
        make = self.token or self.id_token
        token = make(asked.get("nonce", ""))
        opening = {name: secrets.token_urlsafe(24) for name in ("access_token", "refresh_token")}
        self.handed += [*opening.values(), *token.split("."), form["code_verifier"]]
        return _json({**opening, "token_type": "Bearer", "id_token": token})

    def id_token(self, nonce: str | None = None) -> str:
        return self.sign(self.about(nonce))

    def about(self, nonce: str | None = None) -> Claims:
        """What an id token says."""
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": self.who,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            "email": LABEL,
        }
        return _without_none({**said, **self.claims})

    def farewell(self, **changed: Any) -> str:
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_urlsafe(8),
            "events": {LOGOUT: {}},
            "sub": self.who,
        }
        return self.sign(_without_none({**said, **changed}), typ="logout+jwt")

    def sign(self, claims: Claims, **header: str) -> str:
        named = {**header, "kid": getattr(self.key, "kid", None), **self.header}
        kept = _without_none(named)
        # By hand, because what a liar says may be no text: half a pair of surrogates, escaped.
        said = json.dumps(claims).encode()
        return jws.serialize_compact({"typ": "JWT", **kept}, said, self.key, [kept["alg"]])


def confused(claims: Claims, key: RSAKey) -> str:
    """A token for who takes the public key for a secret: HS256 over its text."""
    parts = ({"alg": "HS256", "kid": key.kid}, claims)
    signed = ".".join(_b64(json.dumps(part).encode()) for part in parts)
    mac = hmac.digest(key.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{_b64(mac)}"


def unsigned(claims: Claims) -> str:
    """A token with the algorithm ``none``."""
    parts = ({"alg": "none", "kid": "first"}, claims)
    return ".".join([*(_b64(json.dumps(part).encode()) for part in parts), ""])


def tampered(token: str, **changed: Any) -> str:
    """The token with other claims under the signature it had."""
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return f"{head}.{_b64(json.dumps({**claims, **changed}).encode())}.{signature}"


@contextmanager
def hostile() -> Iterator[Hostile]:
    """A provider on a free port of this machine."""
    provider = Hostile()
    with serving(provider.handle) as server:
        provider.issuer = address(server)
        yield provider


def address(server: Server) -> str:
    """Where a server of this machine is."""
    return f"http://127.0.0.1:{server.port}"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _challenge(verifier: str) -> str:
    return _b64(hashlib.sha256(verifier.encode()).digest())


def _knows(head: bytes, form: dict[str, str]) -> bool:
    """Tell whether the client named itself, in a header or in the form, and not in both."""
    given = [line for line in head.decode().split("\r\n") if line.startswith("Authorization:")]
    if not given:
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
    pair = base64.b64decode(given[0].partition("Basic ")[2]).decode().split(":")
    return [unquote_plus(part) for part in pair] == [CLIENT, SECRET] and "client_secret" not in form


def _length(head: bytes) -> int:
    lines = head.decode().lower().split("\r\n")
    return next((int(line.split(":")[1]) for line in lines if line.startswith("content-l")), 0)


def _json(said: Any, status: str = "200 OK") -> bytes:
    return answer(json.dumps(said).encode(), status=status, kind="application/json")


def _without_none(said: Claims) -> Claims:
    return {name: value for name, value in said.items() if value is not None}
