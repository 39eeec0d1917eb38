"""The people an appendix tells of: a number for each, what they did, and their name once."""

from collections.abc import Mapping
from typing import Final

from claims.appendix.content import Person, PersonName
from claims.appendix.persons import PersonAct, PersonKind
from claims.vocabulary import GUEST

SYSTEM: Final = "system:"


class People:
    """Numbers people as the content comes to them, and remembers what each did."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names`` are the names of accounts by their stable strings."""
        self._names = dict(names)
        self._acts: dict[str, set[PersonAct]] = {}
        self._numbers: dict[str, int] = {}

    def did(self, account: str, act: PersonAct) -> int:
        """The number of whoever did something."""
        self._acts.setdefault(account, set()).add(act)
        return self._numbers.setdefault(account, len(self._numbers) + 1)

    def perhaps(self, account: str | None, act: PersonAct) -> int | None:
        """The number of whoever did something, None where nobody did."""
        return None if account is None else self.did(account, act)

    def called(self, account: str, name: str) -> None:
        """Learn the name under which somebody outside may be named."""
        self._names[account] = name

    def listed(self) -> list[Person]:
        """Everybody in the order of their numbers."""
        return [
            Person(
                number=number,
                kind=_kind(account),
                acts=[act for act in PersonAct if act in self._acts[account]],
                name=PersonName(account, self._names.get(account)),
            )
            for account, number in self._numbers.items()
        ]


def _kind(account: str) -> PersonKind:
    # The command line names the person of the machine behind a slash.
    if account.startswith(SYSTEM) and "/" not in account:
        return PersonKind.SYSTEM
    return PersonKind.GUEST if account.startswith(GUEST) else PersonKind.EDITOR
