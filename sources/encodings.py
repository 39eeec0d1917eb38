"""The encoding of a text: told by its own bytes, by the page or by a person, and never guessed."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from sources.errors import Refused

SIGNATURES = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
LABELS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "ks_c_5601-1987": "cp949",
    "latin1": "cp1252",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "us-ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16be": "utf-8",
    "utf-16le": "utf-8",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
}
"""What a page means by a label (WHATWG Encoding); one that could be read is not UTF-16."""
TEXTUAL = frozenset(
    codecs.lookup(name).name
    for name in (
        "big5", "big5hkscs", "cp866", "cp874", "cp932", "cp949", "cp1250", "cp1251", "cp1252",
        "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "euc_jp", "gb18030",
        "iso2022_jp", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_5", "iso8859_6", "iso8859_7",
        "iso8859_8", "iso8859_10", "iso8859_13", "iso8859_14", "iso8859_15", "iso8859_16", "koi8_r",
        "koi8_u", "mac_roman", "utf_8", "utf_16", "utf_16_be", "utf_16_le",
    )
)  # fmt: skip
"""The encodings a page may be in; Python knows others, which hide text rather than write it."""
KOREAN = frozenset({"euc_kr", "cp949", "johab"})
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进等部度家电力里如化高自二起小现实加量都两体制机点从业本性开合因由前外天"
    "日社事全表与关重新内数月公无系最立代通并提万亿元增长比份额销售市场价格车"
)
FREQUENT_SHARE = 0.2
HEAD = 4096
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding its bytes were in."""

    content: str
    charset: str


def decoded(data: bytes, charset: str | None, field: str = "text") -> Decoded:
    """Decode bytes; a byte order mark decides, else the named encoding, else UTF-8.

    Raises Refused naming the likely encoding when the bytes are not what they should be.
    """
    for mark, signed in SIGNATURES:
        if data.startswith(mark):
            return _strictly(data, signed, len(mark) if signed == "utf-8" else 0, field)
    return _strictly(data, charset or "utf-8", 0, field)


def declared(data: bytes, header: str | None) -> str | None:
    """Return the encoding a web page states, in its HTTP header or else in itself.

    Raises Refused for a name that is no encoding of texts.
    """
    found = DECLARED.search(data[:HEAD])
    inside = (found[1] or found[2]).decode("ascii", "replace") if found else None
    label = (header or inside or "").strip().lower()
    if not label:
        return None
    # UTF-16 in a header is meant; in the page itself it cannot be, or nobody would have read it.
    name = LABELS.get(label, label) if label == (inside or "").lower() else label
    name = name if name.startswith("utf-16") else LABELS.get(name, name)
    try:
        known = codecs.lookup(name).name in TEXTUAL
    except (LookupError, ValueError):
        known = False
    if not known:
        raise Refused(
            "charset_unknown",
            {
                "zh": f"网页声明的编码 {label} 无法识别。请另存为 UTF-8 或粘贴正文。",
                "en": f"The page says it is in {label}, which is no known encoding. Save it as "
                "UTF-8, or paste its text.",
            },
            "file",
        )
    return name


def _strictly(data: bytes, charset: str, skip: int, field: str) -> Decoded:
    try:
        return Decoded(data[skip:].decode(charset), charset)
    except (UnicodeDecodeError, LookupError) as problem:
        raise undecodable(data, charset, field) from problem


def _likely(data: bytes) -> str | None:
    """The encoding that bytes look like.

    Few Chinese words in GB18030 are Hangul in EUC-KR as well; which of them are words is told by
    the characters that every Chinese text has.
    """
    best = from_bytes(data, cp_isolation=["gb18030", "big5", "shift_jis", "euc_kr"]).best()
    if best is None:
        return None
    if codecs.lookup(best.encoding).name in KOREAN:
        chinese = [one for one in data.decode("gb18030", "ignore") if "\u4e00" <= one <= "\u9fff"]
        if sum(one in FREQUENT for one in chinese) > len(chinese) * FREQUENT_SHARE:
            return "GB18030"
    return best.encoding.upper().replace("_", "-")


def undecodable(data: bytes, charset: str, field: str) -> Refused:
    """Return the refusal of bytes that are not in an encoding, with the one they look like."""
    likely = _likely(data[:65536])
    hint_zh = f"看起来像 {likely}。" if likely else ""
    hint_en = f" It looks like {likely}." if likely else ""
    return Refused(
        "not_decodable",
        {
            "zh": f"正文不是 {charset.upper()} 编码。{hint_zh}请选定编码，或另存为 UTF-8。",
            "en": f"The text is not {charset.upper()}.{hint_en} Name the encoding, or save it as "
            "UTF-8.",
        },
        field,
    )
