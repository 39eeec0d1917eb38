"""Names as BibTeX has them: ``Family, Given and {An Institution} and Given von Family``."""

import re
from collections.abc import Iterator, Sequence

from sources.exchange import latex
from sources.names import Name, plain, spoken

AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def write(names: Sequence[Name]) -> str | None:
    """Return names as a field's value."""
    return " and ".join(map(_written, plain(names))) or None


def read(value: str) -> list[Name]:
    """Return the names of a field's value; ``and others`` says nothing that could be kept."""
    return [name for part in _split(value, " and ") if (name := _name(part)) is not None]


def _written(name: Name) -> str:
    if "literal" in name:
        return "{" + latex.escaped(name["literal"]) + "}"
    order = [name["family"], *([name["suffix"]] if "suffix" in name else []), name["given"]]
    return ", ".join(_kept(part) for part in order)


def _kept(part: str) -> str:
    text = latex.escaped(part)
    return f"{{{text}}}" if "," in part or AND.search(f" {part} ") else text


def _split(value: str, between: str) -> Iterator[str]:
    """The parts of a value between a word or comma outside braces."""
    depth, start, place = 0, 0, 0
    value = re.sub(r"\s+", " ", value).strip()
    while place < len(value):
        sign = value[place]
        if sign == "\\":
            place += 2
            continue
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and value[place : place + len(between)].lower() == between:
            yield value[start:place]
            place += len(between)
            start = place
            continue
        place += 1
    yield value[start:]


def _name(text: str) -> Name | None:
    text = text.strip()
    if not text or text.lower() == "others":
        return None
    if _is_whole(text):
        return {"literal": latex.decoded(text[1:-1])}
    parts = [latex.decoded(part).strip() for part in _split(text, ",")]
    if len(parts) == 1:
        return _spoken(text)
    if len(parts) == 2:  # noqa: PLR2004 - family and given
        return {"family": parts[0], "given": parts[1]}
    return {"family": parts[0], "suffix": parts[1], "given": " ".join(parts[2:])}


def _is_whole(text: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for place, sign in enumerate(text):
        escaped = place > 0 and text[place - 1] == "\\"
        depth += (sign == "{" and not escaped) - (sign == "}" and not escaped)
        if depth == 0 and place < len(text) - 1:
            return False
    return text[1:2] != "\\" or " " in text


def _spoken(text: str) -> Name:
    """A name without a comma: the family name is the last word and the small words before it."""
    words = [latex.decoded(word) for word in _split(text, " ")]
    return spoken(" ".join(word for word in words if word))
