"""Long lists of keys cut into lists that every engine takes in one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

SIZE = 500
Key = TypeVar("Key")


def batched(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Yield the keys in their order, at most ``SIZE`` at a time."""
    left = iter(keys)
    while some := list(islice(left, SIZE)):
        yield some
