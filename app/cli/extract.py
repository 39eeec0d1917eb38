"""The `extract` command: the quantities of texts, as JSON lines or as a table for people."""

import io
import json
import sys
from decimal import Decimal
from typing import Any, TextIO

import click

from claims import quantities
from claims.quantities import Quantity, narrow
from claims.text import ENCODINGS

_CJK_START = "\u2e80"
_KANA = ("\u3040", "\u30ff")
_HANGUL = ("\uac00", "\ud7a3")
_PERIODS = frozenset({"date", "date_relative", "time"})


def _number(value: Decimal | str | None) -> str | None:
    """A decimal as text, plain and exact: 20000000000000, never 2E+13."""
    if value is None or isinstance(value, str):
        return value
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _answer(quantity: Quantity) -> dict[str, Any]:
    """One quantity as JSON: `start` and `end` hold number and unit, `full_*` the comparator too."""
    value = _number(quantity.value)
    if value is None and quantity.kind in _PERIODS:
        value = quantity.period
    row = {
        "start": quantity.core_start,
        "end": quantity.core_end,
        "value": value,
        "value_high": _number(quantity.value_high),
        "unit": _unit(quantity),
        "kind": quantity.kind,
        "num_start": quantity.num_start,
        "num_end": quantity.num_end,
        "comparator": quantity.comparator or quantity.qualifier,
        "change": quantity.change,
        "period": quantity.period,
        "multiplier": quantity.multiplier,
        "stated_decimals": quantity.stated_decimals,
        "full_start": quantity.start,
        "full_end": quantity.end,
        "rule": quantity.rule,
        "reason": quantity.reason,
    }
    return {name: item for name, item in row.items() if item is not None or name == "value"}


def _unit(quantity: Quantity) -> str | None:
    """Percentages, currencies and counts by symbol, measures by their full name."""
    unit = quantity.unit
    if unit is None or unit == "%" or quantity.kind in ("currency", "count", "number"):
        return unit
    if quantity.kind == "range" and len(unit) > len("MW") and unit.isalpha() and unit.isupper():
        return unit
    return quantity.unit_name or unit


def _respond(line: str) -> tuple[str, bool]:
    """The answer to one line, and whether it could be read; who asks on is not left waiting."""
    request = _asked(line)
    if request is None:
        problem = "not a JSON object with a text"
        return json.dumps({"id": None, "quantities": [], "error": problem}), False
    text, hint = str(request.get("text") or ""), request.get("hint") or "all"
    lang = str(request.get("lang") or _language(text))
    if hint == "all":
        rows = [_answer(found) for found in quantities.read(text, lang)]
        for row in rows:
            row["text"] = text[row["start"] : row["end"]]
    else:
        rows = narrow.read(text, lang, hint)
    # Escaped, because a text may hold half a surrogate pair, which UTF-8 cannot carry.
    return json.dumps({"id": request.get("id"), "quantities": rows}), True


def _asked(line: str) -> dict[str, Any] | None:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return request if isinstance(request, dict) else None


def _language(text: str) -> str:
    """The language of a text by its script; Chinese when it holds Han characters only."""
    if any(_HANGUL[0] <= letter <= _HANGUL[1] for letter in text):
        return "ko"
    if any(_KANA[0] <= letter <= _KANA[1] for letter in text):
        return "ja"
    return "zh" if any(letter >= _CJK_START for letter in text) else "en"


def _serve(source: TextIO) -> bool:
    """One answer per line, in order, flushed, until the input ends; tell whether all were read."""
    good = True
    for line in source:
        if line.strip():
            answer, understood = _respond(line)
            good = good and understood
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()
    return good


def _show(text: str, lang: str) -> None:
    width = 20
    for found in quantities.read(text, lang):
        line = text.count("\n", 0, found.start) + 1
        parts = (
            found.comparator or found.qualifier,
            _number(found.value),
            found.unit,
            found.period,
        )
        meaning = " ".join(part for part in parts if part)
        if found.value_high is not None:
            meaning += f" .. {_number(found.value_high)}"
        click.echo(f"{line:>4}  {found.text:<{width}}  {found.kind:<14}  {meaning}")


def _known(_context: click.Context, _option: click.Parameter, lang: str | None) -> str | None:
    """Refuse a language without a table: it would be read as English, and silently."""
    if lang is not None and lang.partition("-")[0].lower() not in quantities.LANGUAGES:
        raise click.BadParameter(f"{lang}: there are {', '.join(quantities.LANGUAGES)}.")
    return lang


@click.command("extract")
@click.argument("source", metavar="[FILE|-]", required=False)
@click.option("--jsonl", is_flag=True, help="Read requests from standard input, one JSON a line.")
@click.option("--json", "as_json", is_flag=True, help="Print the quantities of FILE as JSON.")
@click.option(
    "--lang", callback=_known, help="The language: zh, en, ja or ko. By its script when missing."
)
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Only where it is not UTF-8.")
def extract(
    source: str | None, lang: str | None, encoding: str | None, *, jsonl: bool, as_json: bool
) -> None:
    """List the quantities of a file, or serve requests as JSON lines.

    Word (.docx), PDF, web pages (.html), .txt and .md are read, as `article add` reads them;
    nothing is stored. With --jsonl each line gets one answer; exit code 1 says that a line was no
    request, and its answer has an "error".
    """
    if jsonl:
        if not _serve(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")):
            sys.exit(1)
        return
    if source is None:
        raise click.UsageError("Name a file, - for standard input, or give --jsonl.")
    # Files want the document readers, whose start a stream of requests should not wait for.
    from app.cli.handing_over import handed_over  # noqa: PLC0415

    text = handed_over(source, encoding).text.content
    language = lang or _language(text)
    if not as_json:
        _show(text, language)
        return
    rows = [
        _answer(found) | {"text": text[found.core_start : found.core_end]}
        for found in quantities.read(text, language)
    ]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
