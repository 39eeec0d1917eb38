"""quantulum3 as a contender without its classifier: faster, and less sure of ambiguous units."""

import importlib
from typing import Any

from tests.benchmarks.contenders import quantulum
from tests.benchmarks.contenders.protocol import Reader, serve


def reader_of(lang: str) -> Reader:
    """As quantulum3 runs where scikit-learn is not installed."""
    classifier: Any = importlib.import_module("quantulum3.classifier")
    classifier.USE_CLF = False
    return quantulum.reader_of(lang)


if __name__ == "__main__":
    serve(reader_of)
