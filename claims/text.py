"""Turning what a newsroom hands over into the one immutable text that everything counts in."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from claims.errors import Refused, TooLarge
from sources.encodings import decoded

LIMIT = 2 * 1024 * 1024
"""The largest article, in bytes of UTF-8."""
MOST_MARKS = 20
"""How many combining marks one character may carry."""
ENCODINGS = ("utf-8", "gb18030", "big5", "shift_jis", "euc-kr", "utf-16")
"""The encodings a person may name; nothing but UTF-8 and byte order marks is ever assumed."""
DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")
BLANK = frozenset("\u200b\u200c\u200d\u2060\u00ad\ufeff")
STACKED = frozenset({"Mn", "Me"})
"""Unicode categories of marks that are put upon the letter before them."""


@dataclass(frozen=True, slots=True)
class Text:
    """A readable text: Unicode NFC with line feeds, the charset it came in, and two digests.

    ``sha256`` is of the UTF-8 of ``content``; ``received_sha256`` of the bytes as handed over.
    """

    content: str
    charset: str
    sha256: str
    received_sha256: str


def digest(content: str) -> str:
    """Return the SHA-256 of a text's UTF-8 in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def too_large(size: int) -> TooLarge:
    """Return the error for a text over the limit."""
    return TooLarge(
        "text_too_large",
        {
            "zh": f"正文有 {size:,} 字节，超过上限 {LIMIT:,} 字节（2 MiB）。请分成几篇。",
            "en": f"The text has {size:,} bytes, over the limit of {LIMIT:,} (2 MiB). Split it.",
        },
        "text",
    )


def read_bytes(data: bytes, encoding: str | None = None) -> Text:
    """Decode an article's bytes; a byte order mark decides, else the named encoding, else UTF-8.

    Raises TooLarge over 2 MiB, and Refused naming the likely encoding when the bytes are not what
    they should be: an encoding is asked for, never guessed.
    """
    if len(data) > 2 * LIMIT:
        raise too_large(len(data))
    found = decoded(data, encoding)
    return read_text(found.content, charset=found.charset, received=data)


def read_text(content: str, *, charset: str = "utf-8", received: bytes | None = None) -> Text:
    """Check and normalise a text that is already Unicode.

    Raises Refused (empty, NUL and other controls, direction overrides, lone surrogates, piled-up
    marks, a byte order mark inside) or TooLarge.
    """
    _refuse_unencodable(content)
    size = len(content.encode())
    if size > LIMIT:
        raise too_large(size)
    _refuse_invisible(content)
    lines = unicodedata.normalize("NFC", content.replace("\r\n", "\n").replace("\r", "\n"))
    if not any(not char.isspace() and char not in BLANK for char in lines):
        raise Refused("empty_text", {"zh": "没有正文。", "en": "There is no text."}, "text")
    return Text(
        content=lines,
        charset=charset,
        sha256=digest(lines),
        received_sha256=hashlib.sha256(
            received if received is not None else content.encode()
        ).hexdigest(),
    )


def _refuse_unencodable(content: str) -> None:
    found = next((char for char in content if "\ud800" <= char <= "\udfff"), None)
    if found is not None:
        raise _invisible(content, found, "半个代理对", "half of a surrogate pair")


def _refuse_invisible(content: str) -> None:
    for char in sorted(set(content)):
        if char in DIRECTION:
            raise _invisible(content, char, "改变书写方向的字符", "a direction control")
        if char == "\ufeff":
            raise _invisible(content, char, "文中的字节序标记", "a byte order mark inside the text")
        if unicodedata.category(char) == "Cc" and char not in "\t\n\r":
            raise _invisible(content, char, "控制字符", "a control character")
    if _piled(unicodedata.normalize("NFD", content)):
        raise Refused(
            "piled_marks",
            {
                "zh": f"有一个字符叠加了超过 {MOST_MARKS} 个附加符号。",
                "en": f"One character carries more than {MOST_MARKS} combining marks.",
            },
            "text",
        )


def _piled(content: str) -> bool:
    """Whether a letter carries too many marks, in whatever script and with whatever in between."""
    marks = [char for char in set(content) if unicodedata.category(char) in STACKED]
    if not marks:
        return False
    mark, between = ("[" + "".join(map(re.escape, sorted(some))) + "]" for some in (marks, BLANK))
    return re.search(f"(?:{mark}{between}*){{{MOST_MARKS + 1}}}", content) is not None


def _invisible(content: str, char: str, zh: str, en: str) -> Refused:
    place = content.index(char)
    line = content.count("\n", 0, place) + 1
    name = f"U+{ord(char):04X}"
    return Refused(
        "invisible_character",
        {
            "zh": f"第 {line} 行有{zh} {name}，读者看不见它。请删去后再提交。",
            "en": f"Line {line} holds {en}, {name}, which no reader sees. Remove it.",
        },
        "text",
    )
