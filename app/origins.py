"""Where a request comes from: a page of this desk under its own name, or somebody else's.

The token in a form proves that our page wrote it. What the browser itself says of the page that
sent it (Sec-Fetch-Site, Origin, Referer) is asked besides; a browser that says nothing is trusted
to the token alone.
"""

import re
from urllib.parse import SplitResult

from flask import current_app, request
from werkzeug.exceptions import Forbidden
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from app.address_parts import address_parts
from app.unit_of_work import SAFE_METHODS

HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
"""A name or an address, and a port; anything else between two lines of a request is a trick."""
PORT = re.compile(r":[0-9]{1,5}\Z")
OURS = frozenset({"same-origin", "none"})
"""What a browser says of a page of this very host, and of an address that a person typed."""
PLAIN_PORTS = {"http": ":80", "https": ":443"}
INSIDE_ANOTHER = frozenset({"embed", "frame", "iframe", "object"})


class Foreign(Forbidden):
    """The browser says that another site's page sent this."""


def refuse_foreign_hosts() -> Response | None:
    """Refuse a request for a host this installation does not answer to, without a page.

    A page would link to that host; so would a one-time link.
    """
    trusted = current_app.extensions["settings"].trusted_hosts
    host = request.host
    # The library compares no address of IPv6, which has colons of its own.
    named = not trusted or host_is_trusted(host, trusted) or PORT.sub("", host) in trusted
    if HOST.fullmatch(host) and named:
        return None
    return Response(
        "这个核查台不在这个地址上。\nThis desk does not answer to this address.\n",
        400,
        mimetype="text/plain",
    )


def refuse_foreign_writes() -> None:
    """Refuse a writing request that another site's page started; besides this, the token."""
    if request.method not in SAFE_METHODS and not _may_be_ours():
        raise Foreign


def refuse_foreign_reads() -> None:
    """Refuse what another site's page loads or frames; its links to our pages still work."""
    if request.method not in SAFE_METHODS or _site() in OURS:
        return
    sent = request.headers
    opened = sent.get("Sec-Fetch-Mode") == "navigate"
    if not opened or sent.get("Sec-Fetch-Dest") in INSIDE_ANOTHER:
        raise Foreign


def says_ours() -> bool:
    """Tell whether the browser itself says that a page of this desk sent the form."""
    told = {"Sec-Fetch-Site", "Origin"} & set(request.headers.keys())
    return bool(told) and _may_be_ours()


def _may_be_ours() -> bool:
    """Tell whether nothing that the browser says speaks against a page of ours."""
    if _site() not in OURS:
        return False
    origin = request.headers.get("Origin")
    if origin is not None:
        return _is_here(address_parts(origin))
    # Only an old browser says where the form stood and nothing else; people cut it short, too.
    told = "Referer" in request.headers and "Sec-Fetch-Site" not in request.headers
    return not told or _is_here(address_parts(request.referrer))


def _site() -> str:
    return request.headers.get("Sec-Fetch-Site", "same-origin")


def _is_here(parts: SplitResult) -> bool:
    """Tell whether an address is on this host; a page got over https never from one without."""
    if parts.scheme not in PLAIN_PORTS or (request.is_secure and parts.scheme != "https"):
        return False
    port = PLAIN_PORTS[parts.scheme]
    return bool(parts.netloc) and _plain(parts.netloc, port) == _plain(request.host, port)


def _plain(host: str, port: str) -> str:
    return host.lower().removesuffix(port)
