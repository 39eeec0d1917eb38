"""Addresses that try to lead somewhere else than they say, or nowhere."""

import ipaddress
from collections.abc import Iterator, Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

INNER = (
    "127.0.0.1",
    "127.0.0.2",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.0.1",
    "0.0.0.0",  # noqa: S104 - an address to be refused
    "100.64.0.1",
)
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
    "http",
    "https",
    "HTTP",
    "hTTps",
    "ftp",
    "file",
    "gopher",
    "javascript",
    "data",
    "vbscript",
    "blob",
    "about",
    "ws",
    "view-source:http",
    "jar:http",
    "dict",
    "ldap",
    "http ",
    "\thttp",
    "http\n",
    "ｈttp",
    "",
)
JUNK = (
    "\x00",
    "\t",
    "\r\n",
    " ",
    "\\",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\u2024",
    "\u3002",
    "\uff0e",
    "\uff61",
    "\uff0f",
    "\u2044",
    "\u2100",
    "\u202e",
    "%",
    "%00",
    "%2f",
    "%40",
    "%3a",
    "@",
    "#",
    "?",
    ":",
    ";",
    ",",
    "'",
    '"',
    "<",
    ">",
    "{",
    "|",
    "^",
    "`",
    "[",
    "]",
    "\ufeff",
    "ß",
    "ς",
    "İ",
    "K",
    "ſ",
    "…",
    "..",
    "xn--",
)
PATHS = (
    "",
    "/",
    "/a",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/",
    "/%252e%252e/",
    "//127.0.0.1/",
    "/@127.0.0.1/",
    "/\\127.0.0.1/",
    "/%00",
    "/%",
    "/%zz",
    "/新闻?q=降雨",
    "/;a=b",
    "/?utm_source=a&%ff=%fe",
    "/#x@127.0.0.1",
    "/a?b=http://127.0.0.1/",
    "/" + "a" * 1990,
    "/" + "新" * 700,
    "/?" + "a=1&" * 480,
)
OTHER_PORTS = (
    "",
    "",
    ":",
    ":80",
    ":443",
    ":0",
    ":22",
    ":25",
    ":6379",
    ":65535",
    ":65536",
    ":99999",
    ":-1",
    ":+80",
    ":0x50",
    ":8_0",
    ":８０",
    ": 80",
    ":80:80",
    ":80@",
    ":008080",
)
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


def spellings(inner: str) -> Sequence[str]:
    """All the ways we know to write an IPv4 address."""
    return (*alone(inner), *inside_another(inner), *behind_a_name(inner))


def alone(inner: str) -> Iterator[str]:
    """An address as number and in parts, to each base, and in letters that look like digits."""
    number, parts = int(ipaddress.IPv4Address(inner)), inner.split(".")
    yield from (inner, f"{inner}.", f"{inner}..", f"00000{inner}")
    yield from (str(number), f"0x{number:x}", f"0{number:o}", str(number + 2**32))
    yield ".".join(f"0{int(part):o}" for part in parts)
    yield ".".join(hex(int(part)) for part in parts)
    yield f"{parts[0]}.{number & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    yield f"0x{int(parts[0]):x}.{'.'.join(parts[1:])}"
    yield from (inner.translate(FULL_WIDTH), inner.translate(CIRCLED), quote_all(inner))
    yield from (inner.replace(".", "%2e"), inner.replace(".", "。"))


def inside_another(inner: str) -> Iterator[str]:
    """An address inside of an IPv6 address."""
    number = int(ipaddress.IPv4Address(inner))
    low = f"{number >> 16:x}:{number & 0xFFFF:x}"
    yield from (f"[::ffff:{inner}]", f"[::ffff:{low}]", f"[0:0:0:0:0:ffff:{inner}]")
    yield from (f"[::{inner}]", f"[::ffff:{inner}%25lo]", f"[::ffff:0:{inner}]")
    yield from (f"[64:ff9b::{low}]", f"[64:ff9b:1::{low}]", f"[2002:{low}::]", f"[2001:0:{low}::]")
    yield from (f"[2606:4700::5efe:{low}]", f"[2606:4700::200:5efe:{inner}]")
    yield from (f"[v1.{inner}]", f"[{inner}]")


def behind_a_name(inner: str) -> Iterator[str]:
    """An address where a reader sees another one."""
    yield from (f"{inner}.nip.example", f"{inner}:80@good.example")
    yield from (f"good{mark}{inner}" for mark in ("@", ":b@", "%40", "\\@", "#@", "?@"))


def quote_all(text: str) -> str:
    """Percent-encode every character, as nobody has to."""
    return "".join(f"%{ord(char):02x}" for char in text)


def hosts() -> SearchStrategy[str]:
    """A host, mostly one that nobody may visit."""
    literal = st.sampled_from(INNER).flatmap(lambda one: st.sampled_from(spellings(one)))
    names = st.sampled_from(
        [
            *INNER_NAMES,
            REBINDING,
            SITE,
            "unknown.example",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "a.local",
            "metadata.google.internal",
            "ip6-localhost",
            "[::1]",
            "[::]",
            "[fd00:ec2::254]",
            "[fe80::1%25lo]",
            "[ff02::1]",
            "a" * 64 + ".example",
            "a." * 130 + "example",
            "-a.example",
            "a_b.example",
            "",
            ".",
            "..",
            "a..example",
        ]
    )
    spoilt = st.builds(
        lambda host, junk, place: (
            host[: place % (len(host) + 1)] + junk + host[place % (len(host) + 1) :]
        ),
        names | literal,
        st.sampled_from(JUNK),
        st.integers(0, 40),
    )
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
