"""Long lists of keys cut into lists that every engine takes in one statement."""

import uuid
from collections.abc import Iterable, Iterator
from itertools import islice

SIZE = 500


def batched(keys: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    """Yield the keys in their order, at most ``SIZE`` at a time."""
    left = iter(keys)
    while some := list(islice(left, SIZE)):
        yield some
