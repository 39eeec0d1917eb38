"""Web addresses a source may have: checked for what they are, and spelled one way."""

import ipaddress
import re
from encodings.idna import nameprep
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    unquote_plus,
    urlencode,
    urlsplit,
    urlunsplit,
)

from sources.addresses import is_public
from sources.errors import Refused

LONGEST = 2000
SCHEMES = {"http": 80, "https": 443}
OTHER_PORTS = range(8000, 9000)
"""Besides 80 and 443, where web servers are found; elsewhere other services answer."""
INNER = (".localhost", ".local", ".internal", ".home.arpa", ".lan")
"""Endings of names that lead to another machine for each reader (RFC 6761, RFC 6762, RFC 8375)."""
UNFIT = re.compile(
    "[\\x00-\\x20\\x7f-\\xa0\\\\\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b-\u200f\ud800-\udfff]"
)
FOREIGN = "%\u3002\uff0e\uff61"
"""A percent sign hides a name; full stops of other scripts are read as dots by some browsers."""
LATER = re.compile("([\u00df\u03c2])")
"""Letters that IDNA wrote as others until 2008: that name is another site's (RFC 5894, 7.2)."""
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
TRACKING = re.compile(r"(?:utm_[a-z_]+|fbclid|gclid|yclid|msclkid|mc_[ce]id|spm|share_token)")
LONGEST_HOST = 253
FRONT = re.compile(r"(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)")
AMP_PATH = re.compile(r"^/amp(?=/)|(?:/amp/?|\.amp)$")
AMP_QUERY = [("amp", "1"), ("amp", ""), ("output", "amp"), ("outputType", "amp")]
DOI = re.compile(r"/(10\.[0-9]{4,9}/[^?#]+)")
PATH_SAFE = "/%:@!$&'()*+,;=~-._"


def refused(code: str, zh: str, en: str) -> Refused:
    """The refusal of an address, at the field ``url``."""
    return Refused(f"url_{code}", {"zh": zh, "en": en}, "url")


def canonical(text: str) -> str:
    """Return an address in its one spelling; raise Refused (field ``url``) for an unfit one.

    Scheme and host in lower case, IDNA names in ASCII (RFC 5891), no default port, no fragment, no
    tracking parameters, characters outside ASCII percent-encoded as UTF-8 (RFC 3986, section 6).
    Names are never resolved: nothing leaves the machine.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise refused(
            "long",
            f"网址有 {len(text):,} 个字符，超过上限 {LONGEST:,}。",
            f"The address has {len(text):,} characters, over the limit of {LONGEST:,}.",
        )
    if UNFIT.search(text):
        raise refused(
            "characters",
            "网址里有空格、反斜杠、控制字符或看不见的字符。",
            "The address contains a space, a backslash, a control or an invisible character.",
        )
    scheme, separator, _rest = text.partition("://")
    if not separator or scheme.lower() not in SCHEMES:
        raise refused(
            "scheme",
            "网址须以 http:// 或 https:// 开头，其他形式（如 javascript:、data:、file:）不予接受。",
            "An address begins with http:// or https://; others, such as javascript:, data: or "
            "file:, are refused.",
        )
    return _rebuilt(text)


def _rebuilt(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as problem:
        raise refused("form", "无法读懂这个网址。", "The address cannot be read.") from problem
    if "@" in parts.netloc:
        raise refused(
            "userinfo",
            "网址里不能带用户名或密码（“@”之前的部分）。",
            "The address must not carry a user name or password (what stands before “@”).",
        )
    host = _host(parts)
    default = SCHEMES[parts.scheme]
    if parts.netloc.endswith(":"):
        port = default
    if port not in (None, 80, 443) and port not in OTHER_PORTS:
        raise refused(
            "port",
            f"端口 {port} 不是网页服务的端口（80、443 或 8000–8999）。",
            f"Port {port} is not one web pages are served from (80, 443 or 8000–8999).",
        )
    netloc = host if port in (None, default) else f"{host}:{port}"
    return urlunsplit((parts.scheme, netloc, _path(parts.path), _query(parts.query), ""))


def _host(parts: SplitResult) -> str:
    if parts.netloc.startswith("["):
        return f"[{_bracketed(parts.netloc)}]"
    host = parts.netloc.partition(":")[0]
    if any(char in host for char in FOREIGN):
        raise _bad_host()
    try:
        ascii_host = _ascii(host.rstrip("."))
    except UnicodeError as problem:
        raise _bad_host() from problem
    labels = ascii_host.split(".")
    if NUMERIC.fullmatch(labels[-1]):
        return _public(ascii_host)
    if len(ascii_host) > LONGEST_HOST or not all(LABEL.fullmatch(label) for label in labels):
        raise _bad_host()
    if len(labels) == 1 or f".{ascii_host}".endswith(INNER):
        raise _inner()
    return ascii_host


def _bracketed(netloc: str) -> str:
    """Return the IPv6 address between brackets, which nothing else may stand in or behind."""
    host, _bracket, rest = netloc[1:].partition("]")
    if ":" not in host or rest.partition(":")[0]:
        raise _bad_host()
    return _public(host)


def _ascii(host: str) -> str:
    """Return a name as the name servers know it; raise UnicodeError for one that cannot be.

    Letters are lowered one by one, because a sigma at the end of a word would become another one.
    """
    lower = "".join(char.lower() for char in host)
    labels = (_as_written(one) if LATER.search(one) else one for one in lower.split("."))
    return ".".join(labels).encode("idna").decode("ascii").lower()


def _as_written(label: str) -> str:
    """Encode a label with letters that Python's IDNA of 2003 would replace."""
    parts = (part if LATER.match(part) else nameprep(part) for part in LATER.split(label))
    return "xn--" + "".join(parts).replace(".", "\u2024").encode("punycode").decode("ascii")


def _public(host: str) -> str:
    """Return an IP address anybody can reach, in its usual spelling (127.1 and 0x7f… have none)."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError as problem:
        raise _bad_host() from problem
    if not is_public(str(address)):
        raise _inner()
    return str(address)


def _bad_host() -> Refused:
    return refused("host", "网址里的主机名无效。", "The address has no valid host name.")


def _inner() -> Refused:
    return refused(
        "inner",
        "这个网址指向本机或内部网络，别人无法查看；请改为上传文件。",
        "The address leads to this machine or an internal network, where nobody else can look; "
        "upload the document as a file instead.",
    )


def _path(path: str) -> str:
    return quote(path, safe=PATH_SAFE) or "/"


def _query(query: str) -> str:
    """Drop tracking parameters; the others stay as the site spelled them.

    Many a Chinese site writes in GBK what stands behind its percent signs: read as UTF-8 and
    written anew, it would be another address.
    """
    left = (part for part in query.split("&") if not _tracks(part))
    return quote("&".join(left), safe=PATH_SAFE + "?[]")


def _tracks(parameter: str) -> bool:
    name = unquote_plus(parameter.partition("=")[0])
    return TRACKING.fullmatch(name.lower()) is not None


def spellings(address: str) -> set[str]:
    """The other spellings under which the same page is likely to be on record already.

    Sources brought in from files keep the address as it was written there.
    """
    parts = urlsplit(address)
    bare = parts.netloc.removeprefix("www.")
    paths = {parts.path, parts.path.rstrip("/"), parts.path.rstrip("/") + "/"}
    return {
        urlunsplit((scheme, host, path, parts.query, ""))
        for scheme in SCHEMES
        for host in (bare, f"www.{bare}")
        for path in paths
    }


def host_of(address: str | None) -> str | None:
    """The host a reader recognises, without ``www.``; None for no address."""
    if not address:
        return None
    return (urlsplit(address).hostname or "").removeprefix("www.") or None


def variants(address: str) -> set[str]:
    """The addresses at which the same page is probably found: mobile, AMP, with and without www.

    Two addresses that lead to one page need not be variants of each other; a person decides.
    """
    parts = urlsplit(address)
    bare = FRONT.sub("", parts.netloc)
    path = AMP_PATH.sub("", parts.path).rstrip("/")
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair not in AMP_QUERY]
    )
    paths = {path, f"{path}/", f"{path}/amp", f"{path}/amp/", f"/amp{path}", f"{path}.amp"}
    return {
        urlunsplit((scheme, f"{front}{bare}", one, asked, ""))
        for scheme in SCHEMES
        for front in ("", "www.", "m.", "mobile.", "amp.")
        for one in paths
        for asked in {query, parts.query}
    }


def doi_of(address: str | None) -> str | None:
    """The DOI an address names (ISO 26324: ``10.``, a registrant, a slash, a suffix), or None."""
    found = DOI.search(urlsplit(address).path) if address else None
    return found[1].rstrip("/.").lower() if found else None


def doi_addresses(doi: str) -> set[str]:
    """The addresses under which a DOI is resolved."""
    hosts = ("doi.org", "dx.doi.org", "www.doi.org")
    spelled = {doi, doi.upper(), quote(doi, safe=PATH_SAFE)}
    return {f"{scheme}://{host}/{one}" for scheme in SCHEMES for host in hosts for one in spelled}
