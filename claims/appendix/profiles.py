"""The profiles of an appendix: whom it is for, what it withholds, and where that stands."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from claims.appendix.conditions import CONDITIONS
from claims.vocabulary import Profile
from sources.columns import Words

ANY: Final = "*"
UNNAMED: Final = "system:appendix"
"""Who enters what a file shows, where the profile names nobody; the register says who it was."""
DIGESTS: Final = "digests"
"""The matter that every profile withholds where something else is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A place in the content, and when it is withheld.

    ``path`` has ``*`` for each member of a list, or for each field. ``of`` says of a digest what it
    is made of: ``claim``, ``any_claim`` or ``any_quote``.
    """

    path: tuple[str, ...]
    when: str | None
    but: frozenset[str]
    of: str | None


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may have to be withheld, in words, with its rules.

    ``material`` says whether a claim's content hash is made of it.
    """

    name: str
    words: Words
    material: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class RedactionPolicy:
    """One profile: ``withholds`` always, ``if_unknown`` where whoever issues may not know it."""

    profile: Profile
    words: Words
    version: str
    withholds: tuple[Matter, ...]
    if_unknown: tuple[Matter, ...]

    @property
    def names_people(self) -> bool:
        """Whether the newsroom's people are named."""
        return all(matter.name != "people" for matter in self.withholds)

    def hand(self, account: str) -> str:
        """Who is said to have made an entry that goes with the file: its header tells anybody."""
        return account if self.names_people else UNNAMED


def policy_of(profile: Profile) -> RedactionPolicy:
    """Return what a profile withholds."""
    return _policies()[profile]


def digests() -> Matter:
    """The digests by which what is withheld could be guessed."""
    return _matters()[DIGESTS]


@cache
def _table() -> dict[str, Any]:
    text = resources.files("claims.appendix").joinpath("profiles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _matters() -> Mapping[str, Matter]:
    return {
        name: Matter(
            name,
            {"zh": table["zh"], "en": table["en"]},
            table["material"],
            tuple(map(_rule, table["rules"])),
        )
        for name, table in _table()["matters"].items()
    }


@cache
def _policies() -> Mapping[Profile, RedactionPolicy]:
    matters = _matters()
    return {
        profile: RedactionPolicy(
            profile,
            {"zh": table["zh"], "en": table["en"]},
            _table()["version"],
            tuple(matters[name] for name in table["withholds"]),
            tuple(matters[name] for name in table.get("if_unknown", ())),
        )
        for profile in Profile
        for table in [_table()["profiles"][profile]]
    }


def _rule(table: dict[str, Any]) -> Rule:
    when = table.get("when")
    if when is not None and when not in CONDITIONS:
        message = f"profiles.toml asks for an unknown condition: {when}"
        raise ValueError(message)
    return Rule(
        tuple(table["path"].split("/")), when, frozenset(table.get("except", ())), table.get("of")
    )
