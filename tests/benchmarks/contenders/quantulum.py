"""quantulum3 as a contender, with the classifier that tells its ambiguous units apart."""

import importlib
from typing import Any

from tests.benchmarks.contenders.protocol import Found, Reader, serve


def reader_of(lang: str) -> Reader:
    """Its English rules; it has none for Chinese."""
    parse = importlib.import_module("quantulum3.parser").parse
    return lambda text: [_found(item) for item in parse(text, lang=f"{lang}_US")]


def _found(item: Any) -> Found:
    """A range is a middle and half its width."""
    start, end = item.span
    width = item.uncertainty
    if width:
        return Found(start, end, repr(item.value - width), repr(item.value + width))
    return Found(start, end, repr(item.value))


if __name__ == "__main__":
    serve(reader_of)
