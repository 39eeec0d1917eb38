"""The page digest: what an HTML file shows, hashed so that a browser's own tree gives the same.

The reader takes only what the house writes: matched tags of known names, quoted attributes, few
entities, no comment but the marker of the seal. What it normalizes (the case of names, white space
between words, the order of attributes) no reader of the page can see; all else is in the digest.
"""

import re
from hashlib import sha256
from typing import Any

NAMES = frozenset(
    b"a abbr address article aside b bdi bdo blockquote body br button caption cite code col"
    b" colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head"
    b" header hr html i img input ins kbd label li link main mark meta meter nav ol output p pre"
    b" progress q rp rt ruby s samp script section small span strong style sub summary sup svg"
    b" table tbody td tfoot th thead time title tr u ul var wbr g path rect line circle ellipse"
    b" polyline polygon text tspan defs desc use".split()
)
VOID = frozenset(b"br col hr img input link meta wbr".split())
SHAPES = frozenset(b"path rect line circle ellipse polyline polygon use".split())
"""Inside a drawing: closed by their own stroke, or by the end of what they stand in."""
BARE = (b"", b"html", b"head", b"body")
"""Where a browser moves or drops white space, and where nobody writes words."""

TOKEN = re.compile(
    rb"([^<]*)<(?:((?P<name>[a-zA-Z][a-zA-Z0-9]*)"
    rb"(?P<rest>(?:[\s/]+[a-zA-Z][a-zA-Z0-9:_-]*(?:=\"[^\"<>]*\")?)*)\s*(?P<stroke>/?))"
    rb"|/(?P<end>[a-zA-Z][a-zA-Z0-9]*)\s*|(?P<seal>!-- seal --))>"
)
DOCTYPE = re.compile(rb"\s*<!doctype\s+html\s*>", re.IGNORECASE)
ATTRIBUTE = re.compile(rb"([a-zA-Z][a-zA-Z0-9:_-]*)(?:=\"([^\"]*)\")?")
CLOSING = re.compile(rb"</(script|style)\s*>", re.IGNORECASE)
ENTITY = re.compile(rb"&(?:(amp|lt|gt|quot)|#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
ENTITIES = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"'}
SPACES, CONTROL = re.compile(rb"[ \t\n\f\r]+"), re.compile(rb"[\0-\x08\x0b\x0e-\x1f\x7f]")
CHARSET, FIRST = b'<meta charset="utf-8">', 1024
SEAL = (b"script", b"\x02id\x03seal\x02type\x03application/json")


class PageFault(ValueError):
    """The page is not one the house writes; ``line`` says where."""

    def __init__(self, data: Any, at: int, why: str) -> None:
        super().__init__(why)
        self.line = bytes(data[:at]).count(b"\n") + 1
        self.near = bytes(data[at : at + 60]).decode("utf-8", "replace")


def of_reference(found: "re.Match[bytes]") -> bytes:
    """The character that one of the few known entities stands for."""
    name, decimal, hexadecimal = found.groups()
    if name:
        return ENTITIES[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if not (code in (9, 10) or 32 <= code < 127 or 160 <= code < 0x110000) or code >> 11 == 27:
        raise ValueError("a character that the house does not write")
    return chr(code).encode()


def unescaped(text: bytes) -> bytes:
    """Text with its entities replaced, checked to be UTF-8."""
    if b"&" in text:
        if text.count(b"&") != sum(1 for _ in ENTITY.finditer(text)):
            raise ValueError("an entity that the house does not write")
        text = ENTITY.sub(of_reference, text)
    if not text.isascii():
        text.decode()
    return text


def lines_of(text: bytes) -> bytes:
    """Text with line ends as a browser reads them."""
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


class Page:
    """One reading of a page: its parts, each with a digest, and its seal.

    A part begins at every element with an ``id`` and bears that name; the first has none.
    """

    def __init__(self, data: Any) -> None:
        self.data, self.at = data, 0
        self.open: list[bytes] = []
        self.parts: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.name, self.hash = "", sha256(b"\x07html")
        self.marked = -1
        self.fresh = self.sealing = False
        self.seal: bytes | None = None
        self.tags: dict[bytes, tuple[bytes, bytes, str]] = {}

    def refuse(self, why: str) -> PageFault:
        """The fault at the place where the reading stands."""
        return PageFault(self.data, self.at, why)

    def read(self) -> "Page":
        """Read the whole page; raise PageFault at the first that the house does not write."""
        start = DOCTYPE.match(self.data)
        if start is None or CHARSET not in bytes(self.data[:FIRST]).lower():
            raise self.refuse("the page does not begin as the house begins one")
        control = CONTROL.search(self.data)
        if control is not None:
            self.at = control.start()
            raise self.refuse("a control character")
        self.at = start.end()
        try:
            while self.step():
                pass
        except ValueError as problem:
            if isinstance(problem, PageFault):
                raise
            raise self.refuse(str(problem)) from problem
        if self.open or self.marked < 0:
            raise self.refuse("the page ends too early")
        self.parts.append((self.name, self.hash.hexdigest()))
        return self

    def step(self) -> bool:
        """Read the words before a tag and the tag; False at the end."""
        found = TOKEN.match(self.data, self.at)
        if found is None:
            if bytes(self.data[self.at :]).strip(b" \t\n\f\r") or self.open:
                raise self.refuse("markup that the house does not write")
            return False
        self.words(found[1])
        if found["name"]:
            self.starts(found)
        elif found["end"]:
            self.ends(found["end"].lower())
        else:
            if self.marked >= 0:
                raise self.refuse("a second place for the seal")
            self.hash.update(b"\x06seal")
            self.marked = found.end()
        self.at = found.end()
        if found["name"] and self.open and self.open[-1] in (b"script", b"style"):
            self.raw()
        return True

    def words(self, text: bytes) -> None:
        """Take text between tags."""
        if not text:
            return
        inside = self.open[-1] if self.open else b""
        if b"pre" in self.open:
            text = lines_of(text)
            # A browser drops a line end right after the tag.
            text = unescaped(text[1:] if self.fresh and text[:1] == b"\n" else text)
        else:
            text = SPACES.sub(b" ", unescaped(text))
            if inside in BARE:
                if text != b" ":
                    raise self.refuse("words where none belong")
                return
        if text:
            self.hash.update(b"\x05" + text)

    def starts(self, found: "re.Match[bytes]") -> None:
        """Take the beginning of an element."""
        tag = found[2]
        name, token, own = self.tags.get(tag) or self.tag(tag, found)
        if own:
            if own in self.ids:
                raise self.refuse("two elements of one name")
            self.ids.add(own)
            if (name, token) == SEAL and self.marked == found.start("name") - 1:
                self.open.append(name)
                self.sealing = True
                return
            self.parts.append((self.name, self.hash.hexdigest()))
            self.name, self.hash = own, sha256()
        self.fresh = name == b"pre"
        self.hash.update(b"\x01" + name + token)
        if name in VOID or (found["stroke"] and b"svg" in self.open):
            self.hash.update(b"\x04" + name)
        else:
            self.open.append(name)

    def tag(self, tag: bytes, found: "re.Match[bytes]") -> "tuple[bytes, bytes, str]":
        """The name of an element, its attributes in order, and its id."""
        name = found["name"].lower()
        if name not in NAMES:
            raise ValueError(f"an element the house does not write: {name.decode()}")
        known: dict[bytes, bytes] = {}
        for one in ATTRIBUTE.finditer(found["rest"]):
            key = one[1].lower()
            if key in known:
                raise ValueError("an attribute given twice")
            known[key] = unescaped(lines_of(one[2] or b""))
        if name == b"details":
            # Whoever reads opens and closes it.
            known.pop(b"open", None)
        token = b"".join(b"\x02" + key + b"\x03" + known[key] for key in sorted(known))
        answer = (name, token, known.get(b"id", b"").decode())
        if not answer[2]:
            self.tags[tag] = answer
        return answer

    def ends(self, name: bytes) -> None:
        """Take the end of an element."""
        self.fresh = False
        while self.open and self.open[-1] != name and self.open[-1] in SHAPES:
            self.hash.update(b"\x04" + self.open.pop())
        if not self.open or self.open.pop() != name:
            raise self.refuse("an end without its beginning")
        self.hash.update(b"\x04" + name)

    def raw(self) -> None:
        """Take a script or a style whole; the seal's is kept apart, and not hashed."""
        name = self.open.pop()
        end = CLOSING.search(self.data, self.at)
        if end is None or end[1].lower() != name:
            raise self.refuse("a script or a style without its end")
        text = lines_of(bytes(self.data[self.at : end.start()]))
        if b"<!--" in text or b"<script" in text.lower():
            raise self.refuse("markup inside a script or a style")
        text.decode()
        if self.sealing:
            self.seal, self.sealing = text, False
        else:
            self.hash.update(b"\x05" + text + b"\x04" + name if text else b"\x04" + name)
        self.at = end.end()


def over(parts: "list[tuple[str, str]]") -> str:
    """The digest of a body of parts: SHA-256 over a line ``name NUL sha256`` of each."""
    whole = sha256()
    for name, digest in parts:
        whole.update(f"{name}\0{digest}\n".encode())
    return whole.hexdigest()
