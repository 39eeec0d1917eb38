"""The names of a work's authors, editors and translators in one line a person can type.

``Smith, John; World Bank; 张三`` is read as a person, an institution and a Chinese name. Names
stand apart by semicolons; a comma parts the family name from the given names, and those from a
suffix. A name of Chinese characters, kana or Hangul is written as it is spoken and needs no
semicolon: ``张三、李四``. Braces keep together what holds such a sign, as in
``{Procter, Gamble; Sons}``; in front of a brace or a backslash stands a backslash.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

Name = dict[str, str]
"""A name as CSL-JSON has it: ``literal``, or ``family``, ``given`` and perhaps ``suffix``."""

BETWEEN = frozenset(";；、\n")
COMMAS = frozenset(",，")
SPECIAL = re.compile(r"[;；、\n,，{}\\]")
PARTS = ("family", "given", "suffix")
SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
UNSPACED = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af·・\s]+")
"""Scripts in which a name is written family name first and without a comma."""

Piece = tuple[str, bool]
"""A text between two signs, and whether braces kept it together."""


def read(line: str | None) -> list[Name]:
    """Return the names of a line; any text is some line of names."""
    return [name for pieces in _groups(line or "") for name in _names(pieces)]


def written(names: Sequence[Mapping[str, str]]) -> str | None:
    """Return names as a line that :func:`read` gives back as :func:`plain` names."""
    return "; ".join(_name_written(name) for name in plain(names)) or None


def plain(names: Sequence[Mapping[str, str]]) -> list[Name]:
    """Return names as a line can hold them: particles joined to the names they belong to."""
    return [name for name in map(_plain, names) if name]


def shown(line: str | None) -> str:
    """Return a line for a page: names without the braces that keep them together."""
    return "; ".join(map(listed, read(line)))


def listed(name: Name) -> str:
    """Return one name as a list has it: family, given, suffix."""
    return name.get("literal") or ", ".join(name[part] for part in PARTS if part in name)


def spoken(text: str) -> Name:
    """Read one person's name as it is spoken or listed: ``Ludwig van Beethoven``, ``Li, Wei``.

    The family name is the last word with the small words before it. What is no such name stays
    together as it is.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == len(PARTS) - 1 and all(parts) and len(parts[0].split()) == 1:
        return _plain({"family": parts[0], "given": parts[1]})
    words = text.split()
    suffix = words.pop().rstrip(".,") if len(words) > len(PARTS) - 1 and _is_suffix(words) else ""
    if len(words) < 2 or len(parts) > 1 or is_unspaced("".join(words)):  # noqa: PLR2004 - one word is no given name
        return {"literal": " ".join(text.split())}
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    family, given = " ".join(words[start:]), " ".join(words[:start])
    return _plain({"family": family, "given": given, **({"suffix": suffix} if suffix else {})})


def _is_suffix(words: Sequence[str]) -> bool:
    return words[-1].rstrip(".") in SUFFIXES


def is_unspaced(text: str) -> bool:
    """Whether a text is in a script whose names have no comma."""
    return bool(text.strip()) and UNSPACED.fullmatch(text) is not None


def _groups(line: str) -> Iterator[list[Piece]]:
    pieces: list[Piece] = []
    for text, kept, sign in _pieces(line):
        pieces.append((text, kept))
        if sign not in COMMAS:
            yield pieces
            pieces = []


def _pieces(line: str) -> Iterator[tuple[str, bool, str]]:
    """Each text with the sign after it; the last with an empty one."""
    text, depth, kept, place = "", 0, False, 0
    while place < len(line):
        sign = line[place]
        place += 1
        if sign == "\\" and place < len(line):
            text += line[place]
            place += 1
        elif sign == "{" and (depth or not text.strip()):
            text, depth, kept = text if depth else "", depth + 1, True
        elif sign == "}" and depth:
            depth -= 1
        elif not depth and sign in BETWEEN | COMMAS:
            yield text if kept else text.strip(), kept, sign
            text, kept = "", False
        else:
            text += "" if kept and not depth and sign.isspace() else sign
    yield text if kept else text.strip(), kept, ""


def _names(pieces: Sequence[Piece]) -> list[Name]:
    texts = [text for text, kept in pieces if text or kept]
    if not any(text.strip() for text in texts):
        return []
    if all(is_unspaced(text) and not kept for text, kept in pieces if text):
        return [{"literal": text} for text in texts if text]
    if len(texts) == 1 or len(texts) > len(PARTS) or not pieces[0][0]:
        return [{"literal": ", ".join(text for text in texts if text)}]
    return [dict(zip(PARTS, texts, strict=False))]


def _plain(name: Mapping[str, str]) -> Name:
    kept = {key: " ".join(str(value).split()) for key, value in name.items()}
    family = f"{kept.get('non-dropping-particle', '')} {kept.get('family', '')}".strip()
    given = f"{kept.get('given', '')} {kept.get('dropping-particle', '')}".strip()
    literal = kept.get("literal") or (family and not given and family) or (not family and given)
    if not literal and is_unspaced(family) and is_unspaced(given):
        literal = family + given
    if literal or not family:
        return {"literal": literal} if literal else {}
    suffix = kept.get("suffix")
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def _name_written(name: Name) -> str:
    if "literal" in name:
        return _kept(name["literal"])
    # Two names of one unspaced script would be read as two people: braces say that it is one.
    return ", ".join(_kept(name[part]) for part in PARTS if part in name)


def _kept(text: str) -> str:
    """A text as it is, or in braces where it holds a sign of the notation."""
    if SPECIAL.search(text) is None:
        return text
    return "{" + re.sub(r"([{}\\])", r"\\\1", text) + "}"
