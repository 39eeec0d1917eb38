"""Which IP addresses lead to the public web; all others are never connected to.

Source: the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and what updates it), the
IPv6 multicast and site-local blocks, and the forms in which an IPv6 address carries an IPv4 one.
``ipaddress.is_global`` is not enough: it holds NAT64, 6to4 and 192.0.0.8 to be public.
"""

import ipaddress
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
INNER_BLOCKS = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private use",
    "100.64.0.0/10": "shared by a carrier",
    "127.0.0.0/8": "this machine",
    "169.254.0.0/16": "link-local, where clouds keep their metadata",
    "172.16.0.0/12": "private use",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "AMT relays",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private use",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved, and broadcast",
    "::/96": "unspecified, this machine, and IPv4 in a form given up",
    "64:ff9b:1::/48": "translation inside a network",
    "100::/64": "discarded",
    "100:0:0:1::/64": "dummy",
    "2001::/23": "protocol assignments, with Teredo and benchmarks",
    "2001:db8::/32": "documentation",
    "2620:4f:8000::/48": "AS112",
    "3fff::/20": "documentation",
    "5f00::/16": "segment routing",
    "fc00::/7": "private use",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
NETWORKS = tuple((ipaddress.ip_network(block), why) for block, why in INNER_BLOCKS.items())
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
"""What IANA gives out of IPv6. The rest is nobody's, or a form of something else: in a network that
translates, ``::ffff:0:127.0.0.1`` is an IPv4 address (RFC 2765)."""
ISATAP = frozenset({0x00005EFE, 0x02005EFE})
LAST_32 = 0xFFFFFFFF


def inner(text: str) -> str | None:
    """Tell what an address is for where it is not the public web, else None.

    Every IPv4 address inside an IPv6 one is judged as well. Raises ValueError for no address.
    """
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id is not None:
        return "of one network interface"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return _block(address.ipv4_mapped)
    if _block(address) is None and not _is_given_out(address):
        return "given to nobody"
    return next((why for one in (address, *carried(address)) if (why := _block(one))), None)


def is_public(text: str) -> bool:
    """Tell whether an address leads to the public web."""
    return inner(text) is None


def carried(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses an IPv6 address brings a packet to: NAT64, 6to4, Teredo and ISATAP."""
    if not isinstance(address, ipaddress.IPv6Address):
        return
    number = int(address)
    if address in NAT64:
        yield ipaddress.IPv4Address(number & LAST_32)
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if number >> 32 & LAST_32 in ISATAP:
        yield ipaddress.IPv4Address(number & LAST_32)


def _is_given_out(address: Address) -> bool:
    return address.version == 4 or address in GIVEN_OUT or address in NAT64  # noqa: PLR2004 - IPv4.


def _block(address: Address) -> str | None:
    return next(
        (why for block, why in NETWORKS if block.version == address.version and address in block),
        None,
    )
