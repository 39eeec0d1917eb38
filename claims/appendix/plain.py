"""An appendix's content as plain JSON values: the head at hand, the claims on a shelf as bytes."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, overload

from claims.material import canonical_json


class Shelf(Sequence[dict[str, Any]]):
    """Claims kept as canonical JSON: thousands fit, and one is read when somebody asks for it."""

    def __init__(self, claims: Iterable[Mapping[str, Any]] = ()) -> None:
        """Put claims away in their order."""
        self._kept: list[bytes] = []
        for claim in claims:
            self.put(claim)

    def put(self, claim: Mapping[str, Any]) -> None:
        """Put one more claim away."""
        self.put_written(canonical_json(claim).encode("utf-8", "surrogatepass"))

    def put_written(self, claim: bytes) -> None:
        """Put one more away that is canonical JSON already."""
        self._kept.append(claim)

    def written(self) -> Iterator[bytes]:
        """The canonical JSON of each claim, as it lies there."""
        return iter(self._kept)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> "Shelf": ...

    def __getitem__(self, index: int | slice) -> "dict[str, Any] | Shelf":
        if isinstance(index, slice):
            part = Shelf()
            part._kept = self._kept[index]
            return part
        found: dict[str, Any] = _read(self._kept[index])
        return found

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(_read, self._kept)

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(frozen=True, slots=True)
class PlainContent:
    """The whole content: ``head`` has every field but ``claims``.

    ``guarded`` names the confidential sources by their number in the list; it is no part of what is
    issued. ``left_out`` is how many claims were not collected, which only a preview allows.
    """

    head: dict[str, Any]
    claims: Shelf
    guarded: Mapping[int, uuid.UUID] = field(default_factory=dict)
    left_out: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The content as one JSON value; of a large article it takes much memory."""
        return {**self.head, "claims": list(self.claims)}

    def canonical(self) -> Iterator[bytes]:
        """The canonical JSON of the content, piece by piece."""
        return canonical_pieces(self.head, self.claims)


def canonical_pieces(head: Mapping[str, Any], claims: Shelf) -> Iterator[bytes]:
    """The canonical JSON of a content, its claims taken from their shelf as they lie there."""
    separator = b"{"
    for name in sorted([*head, "claims"]):
        yield separator + canonical_json(name).encode() + b":"
        separator = b","
        if name == "claims":
            yield from _list(claims)
        else:
            yield canonical_json(head[name]).encode("utf-8", "surrogatepass")
    yield b"}"


def _list(claims: Shelf) -> Iterator[bytes]:
    separator = b"["
    for text in claims.written():
        yield separator + text
        separator = b","
    yield b"[]" if separator == b"[" else b"]"


def plain(value: Any) -> Any:
    """A dataclass of the content as plain JSON values, an enumeration's member as its word."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is list or kind is tuple:
        return [plain(part) for part in value]
    if kind is dict:
        return {key: plain(part) for key, part in value.items()}
    if is_dataclass(kind):
        return {name: plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, Enum):
        return value.value
    message = f"an appendix holds no {kind.__name__}"
    raise TypeError(message)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _read(text: bytes) -> Any:
    return json.loads(text.decode("utf-8", "surrogatepass"))
