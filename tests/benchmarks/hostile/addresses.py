"""Addresses that try to lead somewhere else than they say, or nowhere."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

INNER = (
    "127.0.0.1",
    "127.0.0.2",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.0.1",
    "0.0.0.0",
    "100.64.0.1",
)  # noqa: S104
INNER_NAMES = {
    "inside.example": ["127.0.0.1"],
    "six.example": ["::1"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "sixth.example": ["2606:4700::1", "::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "compatible.example": ["::127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::1"],
    "teredo.example": ["2001:0:7f00:1::"],
    "isatap.example": ["2606:4700::5efe:7f00:1"],
    "zone.example": ["fe80::1%lo"],
    "metadata.example": ["169.254.169.254"],
    "nowhere.example": ["0.0.0.0"],  # noqa: S104 - an address to be refused
    "five.example": ["93.184.216.34"] * 4 + ["127.0.0.1"],
}
"""Names whose addresses nobody may be made to visit."""
SITE = "site.example"
REBINDING = "rebind.example"
SCHEMES = (
    "http", "https", "HTTP", "hTTps", "ftp", "file", "gopher", "javascript", "data", "vbscript", "blob",
    "about", "ws", "view-source:http", "jar:http", "dict", "ldap", "http ", "\thttp", "http\n", "ｈttp", "",
)  # fmt: skip
JUNK = (
    "\x00", "\t", "\r\n", " ", "\\", "\u00a0", "\u00ad", "\u200b", "\u2024", "\u3002", "\uff0e", "\uff61",
    "\uff0f", "\u2044", "\u2100", "\u202e", "%", "%00", "%2f", "%40", "%3a", "@", "#", "?", ":", ";", ",", "'",
    '"', "<", ">", "{", "|", "^", "`", "[", "]", "\ufeff", "ß", "ς", "İ", "K", "ſ", "…", "..", "xn--",
)  # fmt: skip
PATHS = (
    "", "/", "/a", "/../../etc/passwd", "/%2e%2e/%2e%2e/", "/%252e%252e/", "//127.0.0.1/", "/@127.0.0.1/",
    "/\\127.0.0.1/", "/%00", "/%", "/%zz", "/新闻?q=降雨", "/;a=b", "/?utm_source=a&%ff=%fe", "/#x@127.0.0.1",
    "/a?b=http://127.0.0.1/", "/" + "a" * 1990, "/" + "新" * 700, "/?" + "a=1&" * 480,
)  # fmt: skip
OTHER_PORTS = ("", "", ":", ":80", ":443", ":0", ":22", ":25", ":6379", ":65535", ":65536", ":99999", ":-1",
               ":+80", ":0x50", ":8_0", ":８０", ": 80", ":80:80", ":80@", ":008080")  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


def spellings(inner: str) -> Sequence[str]:
    """All the ways we know to write an IPv4 address, alone and inside of an IPv6 address."""
    address = ipaddress.IPv4Address(inner)
    number, parts = int(address), inner.split(".")
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    octal = ".".join(f"0{int(part):o}" for part in parts)
    return (
        inner, f"{inner}.", f"{inner}..", str(number), f"0x{number:x}", f"0{number:o}", octal,
        f"00000{inner}", ".".join(hex(int(part)) for part in parts), f"{parts[0]}.{number & 0xFFFFFF}",
        f"{parts[0]}.{parts[1]}.{number & 0xFFFF}", f"0x{int(parts[0]):x}.{'.'.join(parts[1:])}",
        str(number + 2**32), inner.translate(FULL_WIDTH), inner.translate(CIRCLED), quote_all(inner),
        inner.replace(".", "%2e"), inner.replace(".", "。"), f"[::ffff:{inner}]", f"[::ffff:{high}:{low}]",
        f"[::{inner}]", f"[0:0:0:0:0:ffff:{inner}]", f"[64:ff9b::{high}:{low}]", f"[64:ff9b:1::{high}:{low}]",
        f"[2002:{high}:{low}::]", f"[2001:0:{high}:{low}::]", f"[2606:4700::5efe:{high}:{low}]",
        f"[2606:4700::200:5efe:{inner}]", f"[::ffff:{inner}%25lo]", f"[::ffff:0:{inner}]", f"[v1.{inner}]",
        f"[{inner}]", f"{inner}.nip.example", f"good@{inner}", f"good:b@{inner}", f"good%40{inner}",
        f"good\\@{inner}", f"good#@{inner}", f"good?@{inner}", f"{inner}:80@good.example",
    )  # fmt: skip


def quote_all(text: str) -> str:
    """Percent-encode every character, as nobody has to."""
    return "".join(f"%{ord(char):02x}" for char in text)


def hosts() -> SearchStrategy[str]:
    """A host, mostly one that nobody may visit."""
    literal = st.sampled_from(INNER).flatmap(lambda one: st.sampled_from(spellings(one)))
    names = st.sampled_from([*INNER_NAMES, REBINDING, SITE, "unknown.example", "localhost", "LOCALHOST.",
                             "a.localhost", "a.local", "metadata.google.internal", "ip6-localhost",
                             "[::1]", "[::]", "[fd00:ec2::254]", "[fe80::1%25lo]", "[ff02::1]", "a" * 64 + ".example",
                             "a." * 130 + "example", "-a.example", "a_b.example", "", ".", "..", "a..example"])  # fmt: skip
    spoilt = st.builds(
        lambda host, junk, place: host[: place % (len(host) + 1)] + junk + host[place % (len(host) + 1) :],
        names | literal,
        st.sampled_from(JUNK),
        st.integers(0, 40),
    )  # fmt: skip
    return st.one_of(literal, names, spoilt, st.text(max_size=20))


def addresses(ports: Sequence[int]) -> SearchStrategy[str]:
    """An address; ``ports`` are those at which somebody listens on this machine."""
    known = [f":{port}" for port in ports]

    def write(scheme: str, between: str, host: str, port: str, path: str, around: str) -> str:
        return around + scheme + between + host + port + path + around

    usual = st.just("http") | st.just("https")
    return st.builds(
        write,
        usual | usual | st.sampled_from(SCHEMES),
        st.sampled_from(["://"] * 12 + [":", ":/", ":///", ":\\\\", "://\\", "//", "&#58;//"]),
        hosts(),
        st.sampled_from([*OTHER_PORTS, *known * 6]),
        st.sampled_from(PATHS) | st.text(max_size=12),
        st.sampled_from(["", "", "", "", " ", "\u200b", "\n"]),
    )
