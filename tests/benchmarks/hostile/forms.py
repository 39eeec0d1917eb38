"""Forms as no browser sends them: fields missing, repeated, of the wrong type, huge, cut off."""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlsplit

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import html

from tests.benchmarks.hostile.texts import pieces, texts

if TYPE_CHECKING:
    from tests.benchmarks.hostile.lines import Answer

Pairs = list[tuple[str, str]]
KEPT = frozenset({"csrf_token", "receipt"})
"""Without them nothing else would ever be looked at; what they may be is asked elsewhere."""
EXTRA = (
    "id",
    "status",
    "verification_status",
    "stage",
    "version",
    "created_by",
    "is_admin",
    "roles",
    "key",
    "receipt",
    "way",
    "a[]",
    "__proto__",
    "csrf_token",
    "next",
    "",
)
WRONG = (
    "",
    "null",
    "true",
    "[]",
    "{}",
    "-1",
    "0",
    "1" * 400,
    "NaN",
    "1e400",
    "٤١",
    "1_000",
    "undefined",
    "%00",
    "\x00",
    "00000000-0000-0000-0000-000000000000",
    "99999999999999999999",
    "2024-02-30",
    "a" * 70_000,
)
TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "",
    "\xff",
    "multipart/form-data; boundary=" + "b" * 200,
    "application/x-www-form-urlencoded; charset=nonsense",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request: what it is an instance of, and what goes over the line.

    ``who`` names the browser that sends it, empty for the usual one, and ``anew`` has it begin
    without a session; ``then`` makes of the answer what is sent next, or None.
    """

    kind: str
    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    who: str = ""
    anew: bool = False
    then: "Callable[[Answer], Sent | None] | None" = None


def either(*several: SearchStrategy[Sent]) -> SearchStrategy[Sent]:
    """One of several, each as likely as the next, whatever it is made of itself."""
    return st.integers(0, len(several) - 1).flatmap(lambda at: several[at])


def on_page(text: str, page: str, action: str) -> Pairs:
    """What the form of a page that goes to an address would send untouched; empty for none."""
    if not text.strip():
        return []
    for form in html.fromstring(text).forms:
        if form.method == "POST" and urlsplit(form.get("action") or page).path == action:
            values = [(str(name), str(value)) for name, value in form.form_values()]
            known = {name for name, _value in values}
            rest = {one.get("name") for one in form.inputs if one.get("name")} - known
            return [*values, *((str(name), "") for name in sorted(rest))]
    return []


def urlencoded(pairs: Pairs) -> bytes:
    """The pairs as a browser writes them."""
    return "&".join(
        f"{quote_plus(name, errors='replace')}={quote_plus(value, errors='replace')}"
        for name, value in pairs
    ).encode()


def multipart(pairs: Pairs, files: Sequence[tuple[str, str, bytes]] = ()) -> tuple[bytes, str]:
    """The pairs and files as a browser writes them, and the type to send them under."""
    edge = f"edge{secrets.token_hex(12)}"
    parts = [
        f'Content-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n'.encode("utf-8", "replace")
        + value.encode("utf-8", "replace")
        for name, value in pairs
    ]
    parts += [
        f'Content-Disposition: form-data; name="{name}"; filename="{_quoted(title)}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode("utf-8", "replace")
        + content
        for name, title, content in files
    ]
    body = b"".join(b"--" + edge.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def _quoted(text: str) -> str:
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def posted(
    kind: str, path: str, pairs: Pairs, files: Sequence[tuple[str, str, bytes]] = ()
) -> Sent:
    """A form in order, whatever it says."""
    if files:
        body, declared = multipart(pairs, files)
        return Sent(kind, "POST", path, body, {"Content-Type": declared})
    return Sent(kind, "POST", path, urlencoded(pairs), {"Content-Type": TYPES[0]})


def spoilt(kind: str, path: str, shown: Pairs) -> SearchStrategy[Sent]:
    """The form of a page as it must not be sent; ``shown`` is what it would send untouched."""
    strange = st.sampled_from(WRONG) | pieces() | texts()
    kept = [pair for pair in shown if pair[0] in KEPT]
    named = [pair[0] for pair in shown if pair[0] not in KEPT]

    @st.composite
    def draw(pick: st.DrawFn) -> Sent:
        pairs = list(kept)
        for name, value in shown:
            match pick(st.integers(0, 9)):
                case _ if name in KEPT:
                    continue
                case 0:
                    continue
                case 1 | 2 | 3 | 4:
                    pairs.append((name, pick(strange)))
                case 5:
                    pairs += [(name, value), (name, pick(strange))]
                case _:
                    pairs.append((name, value))
        names = st.sampled_from([*EXTRA, *named]) | pieces()
        pairs += pick(st.lists(st.tuples(names, strange), max_size=3))
        return pick(_carried(kind, path, pairs))

    return draw()


def _carried(kind: str, path: str, pairs: Pairs) -> SearchStrategy[Sent]:
    """The pairs in this wrapping or that, mostly in the right one."""
    whole = multipart(pairs)
    good = st.sampled_from(
        [posted(kind, path, pairs), Sent(kind, "POST", path, whole[0], {"Content-Type": whole[1]})]
    )
    broken = st.builds(
        lambda declared, cut, body: Sent(
            kind, "POST", path, body[:cut], {"Content-Type": declared}
        ),
        st.sampled_from([*TYPES, whole[1]]),
        st.integers(0, 3000),
        st.sampled_from(
            [
                whole[0],
                urlencoded(pairs),
                json.dumps(pairs).encode(),
                b"%" * 300,
                b"[" * 90_000,
                b"&" * 5000,
            ]
        ),
    )
    return st.one_of(*[good] * 9, broken)


def asked(path: str) -> SearchStrategy[Sent]:
    """An address of the desk with what nobody asks for behind it."""
    names = st.sampled_from(
        [
            "q",
            "page",
            "cursor",
            "after",
            "at",
            "claim",
            "kind",
            "tier",
            "language",
            "text",
            "sort",
            "view",
            "status",
            "next",
            "since",
            "from",
            "to",
            "limit",
            "stage",
            "tbl",
            "pk",
        ]
    )
    values = st.sampled_from(WRONG[:-1]) | pieces()
    query = st.lists(st.tuples(names | pieces(), values), max_size=4).map(urlencoded)
    raw = st.binary(max_size=40).map(lambda data: quote_plus(data).encode())
    plain, _mark, own = path.partition("?")
    return st.builds(
        lambda tail, extra: Sent(
            "query", "GET", f"{plain}{tail}?{own}&{extra.decode('ascii', 'replace')}"
        ),
        st.sampled_from(["", "", "", "", ".json", "/", "%00", "%ff", "/..%2f..", "%0a"]),
        query | raw,
    )
