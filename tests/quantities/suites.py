"""How many of the shipped cases the reader answers wholly right: nothing missing, nothing more."""

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from claims.quantities import Quantity, narrow, read

_DATA = Path(__file__).with_name("data")
_HINTS = {
    "NumberModel": "number",
    "PercentModel": "percentage",
    "OrdinalModel": "ordinal",
    "NumberRangeModel": "numberrange",
    "CurrencyModel": "currency",
    "DimensionModel": "dimension",
    "AgeModel": "age",
    "TemperatureModel": "temperature",
}


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The cases of one file."""
    with (_DATA / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def recognizers(lang: str) -> dict[str, int]:
    """The number of inputs wholly right for each model."""
    right = dict.fromkeys(_HINTS, 0)
    for case in rows(f"recognizers.{lang}.jsonl"):
        model = case["model"]
        answers = narrow.read(case["text"], lang, _HINTS[model])
        right[model] += _agrees(case["answers"], answers)
    return {model: count for model, count in right.items() if count}


def _agrees(expected: list[list[Any]], answers: list[dict[str, Any]]) -> bool:
    given = {(row["start"], row["end"]): row for row in answers}
    wanted = {(start, end): (value, unit) for start, end, value, unit in expected}
    return given.keys() == wanted.keys() and all(
        _same(value, given[span]["value"])
        and (unit is None or _unit(unit) == _unit(given[span]["unit"]))
        for span, (value, unit) in wanted.items()
    )


def _number(value: object) -> float | str | None:
    if value is None:
        return None
    plain = unicodedata.normalize("NFKC", str(value)).replace(" ", "").replace(",", "")
    try:
        return float(plain.rstrip("%"))
    except ValueError:
        return str(value).lower()


def _same(wanted: object, given: object) -> bool:
    first, second = _number(wanted), _number(given)
    if isinstance(first, float) and isinstance(second, float):
        return math.isclose(first, second, rel_tol=1e-6, abs_tol=1e-9)
    return first == second


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = json.loads((_DATA / "unit_names.json").read_text(encoding="utf-8"))
    return names


def _unit(name: object) -> str:
    plain = re.sub(r"[\s_.\-]+", " ", str(name or "").strip().lower()).strip()
    singular = plain.removesuffix("s") if len(plain) > 3 else plain
    return _names().get(plain) or _names().get(singular) or singular


def hard_sentences(lang: str) -> int:
    """The number of hard sentences with every quantity at a right place with the right value."""
    return sum(_whole(case) for case in rows("hard_sentences.jsonl") if case["lang"] == lang)


def _whole(case: dict[str, Any]) -> bool:
    found = read(case["text"], case["lang"])
    used: set[int] = set()
    for wanted in case["gold"]:
        spans = wanted["accept"]
        touching = [
            index
            for index, item in enumerate(found)
            if any(item.core_start < end and start < item.core_end for start, end in spans)
        ]
        used.update(touching)
        if not any(_fits(found[index], wanted) for index in touching):
            return False
    return len(used) == len(found)


def _fits(item: Quantity, wanted: dict[str, Any]) -> bool:
    if [item.core_start, item.core_end] not in wanted["accept"]:
        return False
    if wanted["kind"] == "date":
        return wanted["value"] is None or str(wanted["value"]) in str(item.period)
    values = (item.value, item.value_high)
    if wanted["value"] is not None and not any(_same(wanted["value"], value) for value in values):
        hundred = item.kind == "fraction" and wanted["unit"] == "%"
        return hundred and item.value is not None and _same(wanted["value"], item.value * 100)
    return wanted["value_high"] is None or _same(wanted["value_high"], item.value_high)
