"""Contents of appendices that nobody wrote: every text in them occurs once and can be sought."""

import re
import types
import typing
from dataclasses import fields, is_dataclass
from enum import StrEnum
from hashlib import sha256
from random import Random
from typing import Any

from claims.appendix.content import ClaimPart, Head
from claims.appendix.plain import PlainContent, Shelf

DIGEST = re.compile("[0-9a-f]{64}")


class Invention:
    """Values for the fields of dataclasses, drawn from one seed."""

    def __init__(self, seed: int, longest: int = 130) -> None:
        """``longest`` is how many words the longest text has."""
        self._random = Random(seed)  # noqa: S311 - no secret is drawn
        self._words, self._longest = 0, longest

    def content(self, claims: int = 3) -> PlainContent:
        """A whole content; claims and sources have their numbers."""
        head = self._made(Head)
        for number, source in enumerate(head["sources"], start=1):
            source["number"] = number
        found = [{**self._made(ClaimPart), "number": number} for number in range(1, claims + 1)]
        return PlainContent(head, Shelf(found))

    def word(self) -> str:
        """A text that stands nowhere else, of a length that may be unfair to quote."""
        self._words += 1
        length = self._random.choice((1, 1, 1, self._longest))
        return " ".join(f"§{self._words}.{place}§" for place in range(length))

    def _made(self, kind: Any) -> Any:
        if is_dataclass(kind):
            hints = typing.get_type_hints(kind)
            return {
                one.name: self._digest()
                if one.name.endswith("sha256")
                else self._made(hints[one.name])
                for one in fields(kind)
            }
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self._random.choice(list(kind)).value
        arguments = typing.get_args(kind)
        origin = typing.get_origin(kind)
        if origin is types.UnionType or type(None) in arguments:
            left = next(one for one in arguments if one is not type(None))
            return self._made(left) if self._random.random() < 0.8 else None
        if origin is list:
            return [self._made(arguments[0]) for _ in range(self._random.choice((0, 1, 2)))]
        if origin is dict:
            keys = ("zh", "en") if arguments[1] is str else ("supported", "refuted")
            return {key: self._made(arguments[1]) for key in keys}
        return self._scalar(kind)

    def _digest(self) -> str:
        """A digest of nothing that stands anywhere."""
        return sha256(self.word().encode()).hexdigest()

    def _scalar(self, kind: Any) -> Any:
        if kind is bool:
            return self._random.random() < 0.5
        if kind is int:
            return self._random.choice((1, 2, 3))
        return self.word()


def words_of(value: Any) -> set[str]:
    """The first part of every text within a value, and every digest: each occurs once."""
    if isinstance(value, str):
        known = value.startswith("§") or DIGEST.fullmatch(value)
        return {value.split(" ")[0]} if known else set()
    inner = value.values() if isinstance(value, dict) else value
    return set().union(*map(words_of, inner)) if isinstance(value, dict | list) else set()
