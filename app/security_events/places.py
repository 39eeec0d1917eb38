"""Where a request came from, as the ledger may know it: the same place is known again, not read.

The ledger forgets nothing, and an address is a person's. It gets sixteen digits made with the key
that lies outside the database: who holds a copy of the ledger can neither read an address out of
them nor try all addresses through, and whoever runs the desk can ask for the digits of an address
they know from elsewhere. The address itself stands in the access log and beside the open session,
both of which forget.
"""

import hmac
import ipaddress

OF_ONE_PLACE = 64
"""Bits of an IPv6 address that a line is given; the rest it chooses as it likes."""
PURPOSE = b"desk-place\0"
DIGITS = 16


def pseudonym(key: bytes, address: str | None) -> str:
    """Return the digits of the place an address belongs to; ``-`` where there is none."""
    if not address:
        return "-"
    return hmac.digest(key, PURPOSE + network(address).encode(), "sha256").hex()[:DIGITS]


def network(address: str) -> str:
    """Return what one person can hardly change about an address: of IPv6 the first 64 bits."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(known), OF_ONE_PLACE), strict=False))
