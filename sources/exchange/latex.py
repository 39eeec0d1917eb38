"""LaTeX in the fields of BibTeX: accents and signs to Unicode, and Unicode escaped for it."""

import re
import unicodedata

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "r": "\u030a",
    "c": "\u0327",
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
}
SIGNS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textquotesingle": "'",
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "ldots": "…",
    "dots": "…",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textdollar": "$",
    "textunderscore": "_",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "copyright": "©",
    "textdegree": "°",
    "texteuro": "€",
    "pounds": "£",
    "textsterling": "£",
    "textyen": "¥",
    "S": "§",
    "P": "¶",
    "dag": "†",
    "textperiodcentered": "·",
    "slash": "/",
    "textmu": "µ",
    "times": "×",
    "textbullet": "•",
    "guillemotleft": "«",
    "guillemotright": "»",
}
SILENT = frozenset(
    (  # noqa: SIM905 - a list of forty words would fill the page
        "emph textit textbf textsc textrm textup texttt textsf textnormal textsubscript mkbibquote "
        "textsuperscript enquote mkbibemph url mbox protect relax nocite rm it bf em sc tt "
        "noopsort ensuremath uppercase lowercase text"
    ).split()
)
"""Commands that change how words look: the words stay, the command goes."""
LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
LONGEST_ARGUMENT = 24
"""Signs in which the letter of an accent is looked for; more is no accent."""
COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?[ \t]*|(.)|$)", re.DOTALL)
PLAIN = re.compile(r"[^\\{}~$`'\-]+")
LETTER = re.compile(
    r"\s*(?:\{\s*(?:\\([ij])|([^\\{}\s]?))\s*(?:\{\})?\s*\}|\\([ij])(?![A-Za-z])|([^\\{}\s]))"
)
SCRIPTS = re.compile(r"\$[_^](?:\{([^{}$]*)\}|(\w))\$")
"""A figure set high or low, as in ``CO$_2$``."""
ESCAPED = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "`": "\\textasciigrave{}",
    "%": "\\%", "&": "\\&", "#": "\\#", "$": "\\$", "_": "\\_",
}  # fmt: skip
RAW = {sign: ESCAPED[sign] for sign in "\\{}"}


def escaped(text: str) -> str:
    """Return a text that BibTeX and LaTeX read back as it is."""
    found = "".join(ESCAPED.get(sign, sign) for sign in text)
    found = re.sub(r"-(?=-)", "-{}", found)
    return re.sub(r"'(?=')", "'{}", found)


def raw(text: str) -> str:
    """Return an address or a DOI as BibLaTeX keeps it: as it is, but for braces and backslashes."""
    return "".join(RAW.get(sign, sign) for sign in text)


def from_raw(text: str) -> str:
    """Return what a verbatim field says; plain BibTeX escapes some of its signs."""
    for sign, code in RAW.items():
        text = text.replace(code, sign) if sign != "\\" else text
    text = re.sub(r"\\([%&#$_~{}])(?:\{\})?", r"\1", text)
    return text.replace(RAW["\\"], "\\").strip()


def decoded(text: str) -> str:
    """Return a field's text without LaTeX; a command that is not known stays as it stands."""
    text = SCRIPTS.sub(lambda match: match[1] or match[2], text)
    found, place, dollars = [], 0, len(re.findall(r"(?<!\\)\$", text)) % 2 == 0
    while place < len(text):
        if match := PLAIN.match(text, place):
            found.append(match[0])
            place = match.end()
        elif text[place] == "\\":
            piece, place = _command(text, place)
            found.append(piece)
        else:
            piece, place = _sign(text, place, math=dollars)
            found.append(piece)
    return "".join(found)


def _sign(text: str, place: int, *, math: bool) -> tuple[str, int]:
    for code, sign in LIGATURES:
        if text.startswith(code, place):
            return sign, place + len(code)
    sign = text[place]
    if sign in "{}" or (sign == "$" and math):
        return "", place + 1
    return (" " if sign == "~" else sign), place + 1


def _command(text: str, place: int) -> tuple[str, int]:
    match = COMMAND.match(text, place)
    if match is None:
        return "\\", place + 1
    name, end = match[1] or match[2] or "", match.end()
    if name in ACCENTS:
        letter = LETTER.match(text, end, end + LONGEST_ARGUMENT)
        if letter is not None:
            base = "ı" if "i" in (letter[1], letter[3]) else letter[1] or letter[3]
            base = base or letter[2] or letter[4] or ""
            return _accented(base, name), letter.end()
    if name in SIGNS:
        return SIGNS[name], end + 2 if text.startswith("{}", end) else end
    if name in SILENT:
        return "", end
    if match[1]:
        return match[0], end
    return {"-": "", "/": "", "\\": " ", ",": " ", ";": " ", ":": " ", "!": ""}.get(name, name), end


def _accented(base: str, accent: str) -> str:
    if not base:
        return {"~": "~", "^": "^"}.get(accent, "")
    base = {"ı": "i", "ȷ": "j"}.get(base, base)
    return unicodedata.normalize("NFC", base + ACCENTS[accent])
