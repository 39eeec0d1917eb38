"""The people of an appendix by the name they had when it was issued, never looked up again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.exports.view.parts import PersonRow
from app.exports.view.sentences import (
    ACTS,
    ANOTHER_ACT,
    GUEST_NAMED,
    NUMBERED_GUEST,
    NUMBERED_PERSON,
)
from app.exports.view.text import Said, Text, Words
from app.exports.view.wording import Wording
from app.labels import ACTORS
from claims.vocabulary import GUEST


class People:
    """Who did what: the content names each person once, and everything else by a number."""

    def __init__(self, words: Wording, rows: Iterable[Any]) -> None:
        """Put every name into words."""
        self._words = words
        self._rows = {row["number"]: row for row in rows if "number" in row}
        self._names: dict[int, Words] = {}

    def named(self, number: Any) -> Words | None:
        """Somebody's name, else which person of the newsroom it was; None where nobody was."""
        if not isinstance(number, int):
            return self._words.hidden(number)
        if number not in self._names:
            self._names[number] = self._name(number)
        return self._names[number]

    def called(self, account: str | None) -> Words | None:
        """Somebody by the stable string of their account; None where the profile names nobody."""
        if account is None:
            return None
        for number, row in self._rows.items():
            if self._words.within(row.get("name")).get("account") == account:
                return self._name(number)
        return self._actor(account) or Said(account.removeprefix("editor:"))

    def _actor(self, account: str) -> Words | None:
        """The program itself, or somebody through a link, by what they are."""
        if account in ACTORS:
            return self._words.text(ACTORS[account])
        if account.startswith(GUEST):
            side = account.removeprefix(GUEST).partition(":")[0]
            return self._words.say(GUEST_NAMED, side=self._words.label("Side", side))
        return None

    def _name(self, number: int) -> Words:
        row = self._rows.get(number, {})
        name, outside = row.get("name"), row.get("kind") == "guest"
        numbered = NUMBERED_GUEST if outside else NUMBERED_PERSON
        if not isinstance(name, dict) or self._words.hidden(name):
            return self._words.say(numbered, number=number)
        account, display = name.get("account"), name.get("display")
        if isinstance(account, str) and (known := self._actor(account)):
            return known
        shown = self._words.words(display) or self._words.words(account)
        if isinstance(shown, Said):
            return Said(shown.words.removeprefix("editor:"))
        return shown or self._words.say(numbered, number=number)

    def rows(self) -> Sequence[PersonRow]:
        """Everybody who did something, with the marks of the names that are withheld."""
        return [PersonRow(self._marked(row), self._acts(row)) for row in self._rows.values()]

    def _marked(self, row: Mapping[str, Any]) -> Words:
        name = self._name(row["number"])
        hidden = self._words.hidden(row.get("name"))
        return self._words.joined(name, hidden, between=" ") if hidden else name

    def _acts(self, row: Mapping[str, Any]) -> Text:
        acts = row.get("acts")
        known = acts if isinstance(acts, list) else ()
        said = [self._words.text(ACTS.get(act, ANOTHER_ACT)) for act in known]
        return self._words.joined(*dict.fromkeys(said))
