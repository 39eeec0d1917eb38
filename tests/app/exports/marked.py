"""A view in which each string has an ending of its own, so that it can be looked for in a file."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.exports.view import Badge, Hidden, Said, View

LAYOUT = frozenset({"tongues", "tag", "anchor", "document", "kind", "code"})
"""Fields that steer how something is laid out, and are no words."""
LEADING = frozenset(
    {"EvidenceRow.speaks_to", "ContestView.for_it", "ContestView.against_it"}
    | {"SourceView.used_by", "SourceView.runs", "SourceView.citation", "Changes.claims"}
)
"""Fields that name a claim, a figure, evidence or an address, and have to go on naming it."""


class Marked:
    """A view with its words marked; ``said`` has the field of each string that must be found."""

    def __init__(self, view: View) -> None:
        """Mark every sentence; ``filled`` are the fields in which there was something."""
        self.said: dict[str, str] = {}
        self.filled: set[str] = set()
        self.view: View = self._fields(view)

    def _fields(self, owner: Any) -> Any:
        found = {one.name: getattr(owner, one.name) for one in fields(owner)}
        self.filled |= {f"{type(owner).__name__}.{name}" for name, one in found.items() if one}
        return replace(
            owner,
            **{
                name: self._part(value, f"{type(owner).__name__}.{name}")
                for name, value in found.items()
                if name not in LAYOUT
            },
        )

    def _part(self, value: Any, name: str) -> Any:
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, str) or (name in LEADING and not isinstance(value, Hidden)):
            self.said.update((one, name) for one in _plain(value))
            return value
        if isinstance(value, (Said, Hidden, Badge)):
            inside = "words" if not isinstance(value, Hidden) else "mark"
            return replace(value, **{inside: self._words(getattr(value, inside), name)})
        return self._fields(value) if is_dataclass(value) else self._words(value, name)

    def _words(self, value: Any, name: str) -> Any:
        if isinstance(value, str):
            marked = f"{value} q{len(self.said)}z"
            self.said[marked] = name
            return marked if value else value
        if isinstance(value, (Said, Hidden)):
            return self._part(value, name)
        return tuple(
            self._words(one, name) if isinstance(one, str) else self._part(one, name)
            for one in value
        )


def _plain(value: Any) -> list[str]:
    """The strings of a field that stays as it is: of a pair the first, which is what is shown."""
    if isinstance(value, Said):
        return []
    if isinstance(value, str):
        return value.splitlines()
    return [one if isinstance(one, str) else one[0] for one in value]
