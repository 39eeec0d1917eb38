"""Our own reader as a contender."""

from claims.quantities import Quantity, read
from tests.benchmarks.contenders.protocol import Found, Reader, serve


def reader_of(lang: str) -> Reader:
    """Read as the product does, dates and all."""
    return lambda text: [
        _found(item)
        for item in read(text, lang)
        if item.value is not None and not item.kind.startswith("date")
    ]


def _found(item: Quantity) -> Found:
    high = None if item.value_high is None else str(item.value_high)
    return Found(item.core_start, item.core_end, str(item.value), high)


if __name__ == "__main__":
    serve(reader_of)
