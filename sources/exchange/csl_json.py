"""CSL-JSON, written and read: the form Zotero exports and every citation processor takes."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from sources.errors import Refused
from sources.exchange.entries import Entry, Item, Reading, Unread, limited, text_of

GAP = re.compile(r"[\s,]*")
NO_OBJECT = {"zh": "这里应是一个条目（{…}）。", "en": "An entry, {…}, is expected here."}


def write(items: Iterable[Item]) -> str:
    """Return items as a file."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> Reading:
    """Read a file of CSL-JSON: a list of items, or one; raise Refused for what is no JSON."""
    start = text.find("[")
    first = text.find("{")
    if first < 0 and start < 0:
        raise _no_json(1)
    place = start + 1 if start >= 0 and (first < 0 or start < first) else first
    end = len(text.rstrip())
    if place == start + 1 and text[:end].endswith("]"):
        end -= 1
    decoder = json.JSONDecoder(parse_constant=_no_number, parse_float=_number)
    reading, line, counted = Reading(), 1, 0
    while (place := GAP.match(text, place, end).end()) < end:  # type: ignore[union-attr]
        line, counted = line + text.count("\n", counted, place), place
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as problem:
            raise _no_json(getattr(problem, "lineno", line)) from problem
        limited(len(reading.entries) + len(reading.unread) + 1)
        if isinstance(value, dict):
            reading.entries.append(Entry(line, _key(value), value))
        else:
            reading.unread.append(Unread(line, NO_OBJECT))
    return reading


def _key(item: dict[str, Any]) -> str:
    return text_of(item.get("citation-key") or item.get("id"))


def _number(literal: str) -> float:
    """Read a number; one beyond all measure, such as 1e400, would be infinite."""
    found = float(literal)
    return found if math.isfinite(found) else _no_number(literal)


def _no_number(literal: str) -> float:
    """Raise ValueError: NaN and Infinity are no numbers of JSON, and none of anything cited."""
    raise ValueError(literal)


def _no_json(line: int) -> Refused:
    return Refused(
        "import_json",
        {
            "zh": f"第 {line} 行起不是有效的 JSON。请从 Zotero 以“CSL JSON”格式重新导出。",
            "en": f"From line {line} on this is no JSON. Export it from Zotero as CSL JSON again.",
        },
        "file",
    )
