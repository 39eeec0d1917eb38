"""What stands for the place somebody comes from, when they could choose among many addresses."""

import hashlib
import ipaddress

OF_ONE_PLACE = 64
"""Bits of an IPv6 address that a line is given; the rest it chooses as it likes."""


def place_of(address: str) -> str:
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


def place_sha256(address: str) -> str:
    """Return what is kept of a place; the address itself is not."""
    return hashlib.sha256(place_of(address).encode()).hexdigest()
