"""An address that somebody sent or set, taken apart; nobody has to send one that can be."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

NOWHERE = SplitResult("", "", "", "", "")


def address_parts(text: str | None) -> SplitResult:
    """Return the parts of an address; all empty for what is none."""
    try:
        whole = urlsplit(text or "")
        whole.port  # noqa: B018 - reading it is what tells a port that is none.
    except ValueError:
        return NOWHERE
    return whole


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its very name: nobody else can reach it there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
