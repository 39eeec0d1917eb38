"""Headers that keep a page from doing anything the product does not do."""

import uuid
from urllib.parse import SplitResult, urlsplit

from flask import Flask, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import BadRequest, Forbidden, NotFound
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from app.unit_of_work import SAFE_METHODS

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOWHERE = SplitResult("", "", "", "", "")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def name_request() -> None:
    """Give the request an id that stands in the log, the ledger and the error page."""
    g.request_id = str(uuid.uuid4())
    g.actor = g.holder = "visitor"


def refuse_foreign_hosts() -> Response | None:
    """Refuse a request for a host this installation does not answer to, without a page.

    A page would link to that host; so would a one-time link.
    """
    trusted = current_app.extensions["settings"].trusted_hosts
    if not trusted or host_is_trusted(request.host, trusted):
        return None
    return Response("This desk does not answer to this address.\n", 400, mimetype="text/plain")


def refuse_unspeakable() -> None:
    """Refuse an address with a NUL in it: PostgreSQL has no text that could be compared with it."""
    if "\0" in request.path:
        raise NotFound
    if b"%00" in request.query_string or b"\0" in request.query_string:
        raise BadRequest


def refuse_foreign_writes() -> None:
    """Refuse a writing request that another site started (Fetch Metadata), besides the token."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.method not in SAFE_METHODS and site not in {"same-origin", "none"}:
        raise Forbidden(description="cross-site")


def add_headers(response: Response) -> Response:
    """Add the headers to every answer that does not bring its own."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


class SessionCookie(SecureCookieSessionInterface):
    """The cookie of a session: one that was given over https never travels without it."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Ask for https where this very request came over it."""
        return request.is_secure or super().get_cookie_secure(app)


def init_security(app: Flask) -> None:
    """Connect request ids, Fetch Metadata and headers; call before anything else reads ``g``."""
    app.session_interface = SessionCookie()
    app.before_request(name_request)
    app.before_request(refuse_foreign_hosts)
    app.before_request(refuse_unspeakable)
    app.before_request(refuse_foreign_writes)
    app.after_request(add_headers)


def address_parts(text: str | None) -> SplitResult:
    """Return the parts of an address somebody sent; all empty for what is none."""
    try:
        return urlsplit(text or "")
    except ValueError:
        return NOWHERE


def inside(target: str | None) -> str:
    """Return a target when it is a path of this desk, else the start page.

    A browser reads a backslash as a slash, so a path that begins with both leaves the site.
    """
    plain = (target or "").strip()
    parts = address_parts(plain) if plain.isprintable() else NOWHERE
    if not parts.path or parts.scheme or parts.netloc or "\\" in plain:
        return "/"
    return plain if plain.startswith("/") and not plain.startswith("//") else "/"
