"""Finding what a profile withholds: where its rules hold in a content, and how to say so."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims.appendix.commitments import ancestors, joined
from claims.appendix.conditions import CONDITIONS
from claims.appendix.profiles import ANY, Matter, RedactionPolicy, Rule, digests
from sources.columns import Words

CLAIM: Final = ("claims", ANY)
DIGEST: Final = "content_sha256"
QUOTE: Final = "quote"
Place = tuple[str, Mapping[str, Any]]
"""The path of a value, and the nearest member of a list around it."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a profile withholds of one matter: how many values, in which claims and sources."""

    matter: str
    words: Words
    count: int
    claims: tuple[int, ...]
    sources: tuple[int, ...]


class Hiding:
    """What one profile withholds from a content: ask for each claim first, then for the head.

    A digest in the head may be made of what is withheld in a claim.
    """

    def __init__(self, policy: RedactionPolicy, known: Collection[int]) -> None:
        """``known`` are the numbers of the confidential sources that may be shown."""
        self._known = frozenset(known)
        pairs = [(matter, False) for matter in policy.withholds]
        pairs += [(matter, True) for matter in policy.if_unknown]
        self._head = _rules(pairs, of_claims=False)
        self._claim = _rules(pairs, of_claims=True)
        self._digests = digests()
        self._found = {matter.name: _Count(matter) for matter, _ in pairs}
        self._found[self._digests.name] = _Count(self._digests)
        self._tested: set[str] = set()

    def in_claim(self, claim: Mapping[str, Any]) -> set[str]:
        """The paths within a claim that are withheld; none lies within another."""
        number = claim["number"]
        hidden, material = self._paths(self._claim, claim, number)
        hidden |= self._guessable(claim, number, {"claim"} if material else set())
        if DIGEST in hidden:
            self._tested.add("any_claim")
        if QUOTE in hidden:
            self._tested.add("any_quote")
        return _outermost(hidden)

    def in_head(self, head: Mapping[str, Any]) -> set[str]:
        """The paths within the head that are withheld; none lies within another."""
        hidden, _material = self._paths(self._head, head, None)
        return _outermost(hidden | self._guessable(head, None, self._tested))

    def told(self) -> list[Hidden]:
        """What was withheld, matter by matter; what nothing was found of is left out."""
        return [count.hidden() for count in self._found.values() if count.number]

    def _paths(
        self,
        rules: Iterable[tuple[Matter, Rule, bool]],
        value: Mapping[str, Any],
        claim: int | None,
    ) -> tuple[set[str], bool]:
        """What the profile's rules withhold, and whether a claim's hash is made of any of it."""
        found, material = set[str](), False
        for matter, rule, unless_known in rules:
            for path, owner in _places(value, rule, rule.when):
                source = _source(owner)
                if not (unless_known and source in self._known):
                    found.add(path)
                    material = material or matter.material
                    self._found[matter.name].add(claim, source)
        return found, material

    def _guessable(
        self, value: Mapping[str, Any], claim: int | None, tested: Collection[str]
    ) -> set[str]:
        """The digests that are made of what is withheld, or of a state that is not shown."""
        found = set[str]()
        for rule in self._digests.rules:
            if (rule.path[:2] == CLAIM) is (claim is not None) and (rule.of in tested or rule.when):
                when = None if rule.of in tested else rule.when
                found |= {path for path, _owner in _places(value, rule, when)}
        for _path in found:
            self._found[self._digests.name].add(claim, None)
        return found


class _Count:
    """How often a matter was found, and where."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self.number = 0
        self._claims: dict[int, None] = {}
        self._sources: set[int] = set()

    def add(self, claim: int | None, source: int | None) -> None:
        self.number += 1
        if claim is not None:
            self._claims[claim] = None
        if source is not None:
            self._sources.add(source)

    def hidden(self) -> Hidden:
        return Hidden(
            self._matter.name,
            self._matter.words,
            self.number,
            tuple(self._claims),
            tuple(sorted(self._sources)),
        )


def _outermost(paths: Collection[str]) -> set[str]:
    return {path for path in paths if not any(above in paths for above in ancestors(path))}


def _rules(
    pairs: Iterable[tuple[Matter, bool]], *, of_claims: bool
) -> list[tuple[Matter, Rule, bool]]:
    return [
        (matter, rule, unless_known)
        for matter, unless_known in pairs
        for rule in matter.rules
        if (rule.path[:2] == CLAIM) is of_claims
    ]


def _places(value: Mapping[str, Any], rule: Rule, when: str | None) -> Iterator[Place]:
    """Where a rule holds within a claim, or within the head."""
    path = rule.path[2:] if rule.path[:2] == CLAIM else rule.path
    asked = CONDITIONS[when] if when else None
    for found, owner in _matching(value, path, value, "", rule.but):
        if asked is None or asked(owner):
            yield found, owner


def _matching(
    value: Any, path: tuple[str, ...], owner: Any, here: str, but: frozenset[str]
) -> Iterator[Place]:
    """Every place a path leads to that is not empty: nothing is given away by an empty one."""
    if not path:
        if value is not None and value not in ([], {}):
            yield here, owner
        return
    name, rest = path[0], path[1:]
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _matching(part, rest, part, joined(here, str(index)), but)
    elif isinstance(value, dict):
        for key in value.keys() - but if name == ANY else value.keys() & {name}:
            yield from _matching(value[key], rest, owner, joined(here, key), but)


def _source(owner: Mapping[str, Any]) -> int | None:
    """The number of the source that a value belongs to."""
    number: int | None = owner["number"] if "identity" in owner else owner.get("source")
    return number
