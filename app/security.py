"""Headers that keep a page from doing anything the product does not do."""

import hashlib
import uuid

from flask import Flask, current_app, g, request
from flask import Response as FlaskResponse
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import Signer
from werkzeug.exceptions import BadRequest, NotFound, RequestURITooLarge
from werkzeug.wrappers import Response

from app import patience
from app.address_parts import NOWHERE, address_parts
from app.once.answer import FLASHES
from app.origins import refuse_foreign_hosts, refuse_foreign_reads, refuse_foreign_writes
from app.security_events.entering import init_security_events

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types desk"
)
"""Reports go nowhere: they would tell another server which pages people read."""
UNUSED = (
    "accelerometer autoplay browsing-topics camera compute-pressure display-capture encrypted-media"
    " fullscreen gamepad geolocation gyroscope hid idle-detection interest-cohort keyboard-map"
    " local-fonts magnetometer microphone midi otp-credentials payment picture-in-picture"
    " private-state-token-issuance private-state-token-redemption screen-wake-lock serial"
    " storage-access sync-xhr unload usb window-management xr-spatial-tracking"
)
"""What browsers offer pages and no page of ours asks for; passkeys and the clipboard stay.

A name that a browser does not know is a warning in the console of every page, in which a real one
would go under: a test reads the console.
"""
YEAR = 365 * 24 * 60 * 60
LONGEST_ADDRESS = 4096
"""Bytes of path and query; the desk's own longest filter takes a quarter of it."""
HOST_ONLY = "__Host-"
MOST_SAID = 5
"""Messages that wait in the cookie for the next page."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED.split()),
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
OVER_HTTPS = {"Strict-Transport-Security": f"max-age={YEAR}; includeSubDomains"}
"""Only there: over http a browser must not heed it, and a demo must not promise it."""


def name_request() -> None:
    """Give the request an id that stands in the log, the ledger and the error page."""
    g.request_id = str(uuid.uuid4())
    g.actor = g.holder = "visitor"


def refuse_unspeakable() -> None:
    """Refuse an address with a NUL in it: PostgreSQL has no text that could be compared with it."""
    if "\0" in request.path:
        raise NotFound
    if b"%00" in request.query_string or b"\0" in request.query_string:
        raise BadRequest


def refuse_long_addresses() -> None:
    """Refuse an address that is longer than any of ours."""
    if len(request.path.encode()) + len(request.query_string) > LONGEST_ADDRESS:
        raise RequestURITooLarge


def add_headers(response: Response) -> Response:
    """Add the headers to every answer that does not bring its own."""
    for name, value in {**HEADERS, **(OVER_HTTPS if request.is_secure else {})}.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


class SessionCookie(SecureCookieSessionInterface):
    """The cookie of a session: one that was given over https never travels without it.

    There its name has a prefix by which browsers take it from no other host and no plain page.
    """

    digest_method = staticmethod(hashlib.sha256)

    def get_cookie_name(self, app: Flask) -> str:
        """Name it for this very host where it came over https."""
        return host_only(super().get_cookie_name(app))

    def get_cookie_secure(self, app: Flask) -> bool:
        """Ask for https where this very request came over it."""
        return request.is_secure or super().get_cookie_secure(app)

    def save_session(self, app: Flask, session: SessionMixin, response: FlaskResponse) -> None:
        """Keep the newest of what no page has said yet: a cookie past 4 KB is no cookie."""
        if len(session.get(FLASHES, ())) > MOST_SAID:
            session[FLASHES] = session[FLASHES][-MOST_SAID:]
        super().save_session(app, session, response)


def host_only(name: str) -> str:
    """Return the name of a cookie of ours: over https one that no other host can set."""
    return f"{HOST_ONLY}{name}" if request.is_secure else name


def recalled(name: str) -> str:
    """Return what a browser was told to remember; nothing where it was not."""
    return request.cookies.get(host_only(name), "")


def forget(response: Response, name: str) -> None:
    """Let a browser forget a preference."""
    response.delete_cookie(host_only(name), samesite="Lax", secure=request.is_secure)


def remember(response: Response, name: str, value: str, *, scripts: bool = False) -> None:
    """Let a browser remember a preference for a year; ``scripts`` lets our scripts read it."""
    response.set_cookie(
        host_only(name),
        value,
        max_age=YEAR,
        samesite="Lax",
        httponly=not scripts,
        secure=request.is_secure,
    )


def hurry() -> None:
    """Let nobody wait for a statement longer than the setting says."""
    g.patience = patience.begin(current_app.extensions["settings"].statement_seconds)


def relax(_problem: BaseException | None = None) -> None:
    """Leave the thread as it was."""
    token = g.pop("patience", None)
    if token is not None:
        patience.end(token)


def init_security(app: Flask) -> None:
    """Connect request ids, origins and headers; call before anything else reads ``g``."""
    app.session_interface = SessionCookie()
    init_security_events(app)
    # What seals forms, cursors and marks; the library's own choice is SHA-1.
    Signer.default_digest_method = staticmethod(hashlib.sha256)
    app.before_request(name_request)
    app.before_request(hurry)
    app.teardown_request(relax)
    app.before_request(refuse_foreign_hosts)
    app.before_request(refuse_long_addresses)
    app.before_request(refuse_unspeakable)
    app.before_request(refuse_foreign_writes)
    app.before_request(refuse_foreign_reads)
    app.after_request(add_headers)


def inside(target: str | None) -> str:
    """Return a target when it is a path of this desk, else the start page.

    A browser reads a backslash as a slash, so a path that begins with both leaves the site.
    """
    plain = (target or "").strip()
    parts = address_parts(plain) if plain.isprintable() else NOWHERE
    if not parts.path or parts.scheme or parts.netloc or "\\" in plain:
        return "/"
    return plain if plain.startswith("/") and not plain.startswith("//") else "/"
