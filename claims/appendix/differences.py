"""In which claims two appendices of an article differ, as their reader sees them.

Numbers of sources and people are numbers of one list and shift when another enters it; so they are
compared by what they stand for. What is withheld is compared by that alone: its commitment is
another in every issue.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims.appendix.commitments import is_withheld
from claims.material import canonical_json

PEOPLE: Final = frozenset(
    {"by", "raised_by", "settled_by", "waived_by", "asked_by", "entered_by", "submitted_by"}
)
"""The fields that name somebody by a number."""
OF_A_LIST: Final = frozenset({"number", "used_by", "derived_from", "acts"})
"""What is said of an entry only because of the list it stands in."""
ELSEWHERE: Final = (
    "article",
    "version",
    "sign_offs",
    "set_aside",
    "sources",
    "method",
    "policy_version",
    "schema_revision",
)
"""What of the head is compared; the rest is counted from the claims, or is who did what there."""
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Marks:
    """What two contents are compared by: a digest of each claim by its number, and of the rest."""

    claims: Mapping[int, bytes]
    elsewhere: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Differences:
    """The numbers of the claims that differ, came and went, and what else differs, by its field."""

    changed: list[int]
    added: list[int]
    removed: list[int]
    elsewhere: list[str]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.changed or self.added or self.removed or self.elsewhere)


def differences(before: Marks, after: Marks) -> Differences:
    """Compare what :func:`marks` says of two contents."""
    one, two = before.claims, after.claims
    return Differences(
        sorted(number for number in one.keys() & two.keys() if one[number] != two[number]),
        sorted(two.keys() - one.keys()),
        sorted(one.keys() - two.keys()),
        [name for name in ELSEWHERE if before.elsewhere.get(name) != after.elsewhere.get(name)],
    )


def marks(head: Content, claims: Iterable[Content]) -> Marks:
    """Digest what is shown of each claim together with what it refers to, and of the rest."""
    people = _listed(head["people"])
    sources = _listed(head["sources"])
    rest = {**head, "sources": [_digest(row).hex() for row in sources.values()]}
    rest["sources"].sort()
    return Marks(
        {claim["number"]: _digest(_compared(claim, people, sources)) for claim in claims},
        {name: _digest(_compared(rest.get(name), people, sources)) for name in ELSEWHERE},
    )


def _digest(value: Any) -> bytes:
    text = canonical_json(value).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).digest()


def _listed(rows: Any) -> dict[int, Any]:
    """The entries of a list by their number, without what only the list makes of them."""
    return {
        row["number"]: {
            name: _compared(part, {}, {}) for name, part in row.items() if name not in OF_A_LIST
        }
        for row in rows
    }


def _compared(value: Any, people: Mapping[int, Any], sources: Mapping[int, Any]) -> Any:
    if is_withheld(value):
        return {"withheld": True}
    if isinstance(value, list):
        return [_compared(part, people, sources) for part in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, part in value.items():
        if name in PEOPLE and isinstance(part, int):
            found[name] = people.get(part, part)
        elif name == "source" and isinstance(part, int):
            found[name] = sources.get(part, part)
        else:
            found[name] = _compared(part, people, sources)
    return found
