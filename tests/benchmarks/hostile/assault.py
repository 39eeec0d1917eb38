"""Carrying out attempts upon a desk, following what is let in, and counting the answers."""

import secrets
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hypothesis import HealthCheck, Phase, given, seed, settings
from lxml import html

from tests.benchmarks.hostile.forms import Pairs, Sent, posted
from tests.benchmarks.hostile.kinds import KINDS, Scene
from tests.benchmarks.hostile.lines import Answer, Line

FIRST_ERROR, FIRST_FAULT = 400, 500
DOCUMENTED = frozenset({503, 507})
"""Faults that are no fault of the desk: the database or the disk has no room or time."""
SHOWN = 3
"""Every third thing that was let in is looked at as well."""


@dataclass
class Tally:
    """What came of the attempts."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    faults: list[tuple[Sent, Answer]] = field(default_factory=list)
    lost: int = 0
    canaries: tuple[str, ...] = ()
    """Secrets that are in no answer to anybody who may not know them."""
    leaks: list[tuple[Sent, str]] = field(default_factory=list)

    def note(self, kind: str, sent: Sent, answer: Answer) -> None:
        """Count an answer."""
        self.answers[kind, answer.status] += 1
        self.slowest[kind] = max(self.slowest.get(kind, 0.0), answer.seconds)
        if answer.status >= FIRST_ERROR:
            self.refused.add(answer.request)
        if answer.status >= FIRST_FAULT and answer.status not in DOCUMENTED:
            self.faults.append((sent, answer))
        self.leaks += [(sent, one) for one in self.canaries if one in answer.text]

    def of(self, kind: str) -> int:
        """How many attempts of a kind there were."""
        return sum(count for (name, _status), count in self.answers.items() if name == kind)

    def table(self) -> str:
        """The answers by kind, as a table for people."""
        statuses = sorted({status for _kind, status in self.answers})
        kinds = dict.fromkeys(kind for kind, _status in self.answers)
        head = ["kind", "tried", *(str(status or "cut") for status in statuses), "slowest"]
        rows = [
            [kind, str(self.of(kind)), *(str(self.answers[kind, one] or "") for one in statuses),
             f"{self.slowest[kind]:.2f} s"]
            for kind in kinds
        ]  # fmt: skip
        return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


class Assault:
    """Attempts upon one desk by somebody who is signed in."""

    def __init__(self, line: Line, name: str, password: str) -> None:
        self.line, self.name, self.password = line, name, password
        self.tally = Tally()
        self.findings: list[str] = []
        self.token: Pairs = []
        self.sign_in()

    def sign_in(self) -> None:
        """Sign in, and remember what forms have to send."""
        shown = self.shown("/sign-in", "/sign-in")
        typed = {**dict(shown), "name": self.name, "password": self.password}
        answer = self.line.send(posted("sign in", "/sign-in", list(typed.items())))
        assert answer.status in {302, 303}, answer.text
        self.token[:] = [
            pair for pair in self.shown("/sources/new", "/sources/new") if pair[0] == "csrf_token"
        ]
        assert self.token

    def shown(self, page: str, action: str) -> Pairs:
        """What the form of a page that goes to an address would send untouched; empty for none."""
        answer = self.line.send(Sent("form", "GET", page))
        if not answer.text.strip():
            return []
        for form in html.fromstring(answer.text).forms:
            if form.method == "POST" and urlsplit(form.get("action") or action).path == action:
                values = [(str(name), str(value)) for name, value in form.form_values()]
                known = {name for name, _value in values}
                rest = {one.get("name") for one in form.inputs if one.get("name")} - known
                return [*values, *((str(name), "") for name in sorted(rest))]
        return []

    def carry_out(self, scene: Scene, count: int, chance: int) -> None:
        """Make so many attempts, of all kinds in their shares."""
        for kind, (share, _made) in KINDS.items():
            self.of_a_kind(scene, kind, max(count * share // 100, 1), chance)

    def of_a_kind(self, scene: Scene, kind: str, count: int, chance: int) -> None:
        """Make so many attempts of one kind."""

        def attempt(sent: Sent) -> None:
            if self.tally.of(kind) < count:
                self.once(sent)

        for turn in range(20):
            left = count - self.tally.of(kind)
            if left <= 0:
                return
            made = given(KINDS[kind][1](scene))(attempt)
            seed(chance + turn)(
                settings(
                    max_examples=left,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )(made)
            )()

    def once(self, sent: Sent) -> Answer:
        """Make one attempt, and look at what it has led to."""
        answer = self.line.send(sent)
        self.tally.note(sent.kind, sent, answer)
        place = urlsplit(answer.location).path
        if place.startswith("/sign-in"):
            self.tally.lost += 1
            self.sign_in()
        elif answer.status // 100 == 3 and sent.method == "POST":
            self._follow(sent, place)
        return answer

    def _follow(self, sent: Sent, place: str) -> None:
        if sent.kind.startswith("source"):
            pairs = [*self.token, ("receipt", secrets.token_urlsafe(16))]
            again = posted("captures", f"{place}/capture", pairs)
            self.tally.note("captures", again, self.line.send(again))
        if self.tally.of(sent.kind) % SHOWN == 0:
            for page in (place, f"{place.removesuffix('/intake')}.json"):
                look = Sent("looked at", "GET", page)
                self.tally.note("looked at", look, self.line.send(look))
