"""The people an appendix tells of: a number for each, what they did, and their name once."""

from collections.abc import Mapping
from typing import Final

from claims.appendix.content import Person, PersonName
from claims.vocabulary import GUEST

ACTS: Final = (
    "entered",
    "attached",
    "withdrew",
    "assessed",
    "submitted",
    "asked",
    "contested",
    "settled",
    "waived",
    "returned",
    "signed",
    "signed_article",
    "published",
)
"""What people do, in the order in which work on a claim goes."""
SYSTEM: Final = "system:"


class People:
    """Numbers people as the content comes to them, and remembers what each did."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names`` are the names of accounts by their stable strings."""
        self._names = dict(names)
        self._acts: dict[str, set[str]] = {}
        self._numbers: dict[str, int] = {}

    def did(self, account: str, act: str) -> int:
        """The number of whoever did something."""
        self._acts.setdefault(account, set()).add(act)
        return self._numbers.setdefault(account, len(self._numbers) + 1)

    def called(self, account: str, name: str) -> None:
        """Learn the name under which somebody outside may be named."""
        self._names[account] = name

    def listed(self) -> list[Person]:
        """Everybody in the order of their numbers."""
        return [
            Person(
                number=number,
                kind=_kind(account),
                acts=[act for act in ACTS if act in self._acts[account]],
                name=PersonName(account, self._names.get(account)),
            )
            for account, number in self._numbers.items()
        ]


def _kind(account: str) -> str:
    # The command line names the person of the machine behind a slash.
    if account.startswith(SYSTEM) and "/" not in account:
        return "system"
    return "guest" if account.startswith(GUEST) else "editor"
