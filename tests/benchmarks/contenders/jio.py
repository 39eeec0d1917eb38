"""JioNLP as a contender: its extractors of money and of times, for it has none of other figures."""

import importlib
from typing import Any

from tests.benchmarks.contenders.protocol import Found, Reader, serve


def reader_of(lang: str) -> Reader:
    """Chinese only."""
    extractors = importlib.import_module("jionlp").ner
    if lang != "zh":
        message = f"JioNLP does not read {lang}"
        raise ValueError(message)

    def read(text: str) -> list[Found]:
        money = extractors.extract_money(text, with_parsing=True)
        times = extractors.extract_time(text, with_parsing=True)
        return [*_sums(money), *_spans_of_time(times)]

    return read


def _sums(money: list[dict[str, Any]]) -> list[Found]:
    found = []
    for item in money:
        number = item["detail"]["num"]
        low, high = (number, None) if isinstance(number, str) else number
        start, end = item["offset"]
        found.append(Found(start, end, low, high))
    return found


def _spans_of_time(times: list[dict[str, Any]]) -> list[Found]:
    """Durations of one unit; a point in time has no value that could be compared."""
    found = []
    for item in times:
        span = item["detail"]["time"]
        if item["type"] == "time_delta" and isinstance(span, dict) and len(span) == 1:
            start, end = item["offset"]
            found.append(Found(start, end, str(*span.values())))
    return found


if __name__ == "__main__":
    serve(reader_of)
