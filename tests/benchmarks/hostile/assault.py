"""Carrying out attempts upon a desk, following what is let in, and counting the answers."""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.app.canaries import hits
from tests.benchmarks.hostile.browsers import Browser, by_password
from tests.benchmarks.hostile.forms import Pairs, Sent, on_page, posted
from tests.benchmarks.hostile.kinds import FURTHER, KINDS, Made, Scene
from tests.benchmarks.hostile.lines import Answer, Line

FIRST_ERROR, FIRST_FAULT, TOO_MANY = 400, 500, 429
DOCUMENTED = frozenset({503, 507})
"""Faults that are no fault of the desk: the database or the disk has no room or time."""
SHOWN = 3
"""Every third thing that was let in is looked at as well."""
Told = Callable[[str, Sent, Answer], None]


def _silent(_what: str, _sent: Sent, _answer: Answer) -> None:
    pass


@dataclass
class Tally:
    """What came of the attempts."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    requests: dict[str, Sent] = field(default_factory=dict)
    """What was sent, by the name the desk gave it."""
    refused: set[str] = field(default_factory=set)
    faults: list[tuple[Sent, Answer]] = field(default_factory=list)
    lost: int = 0
    canaries: Mapping[str, str] = field(default_factory=dict)
    """Secrets that are in no answer to anybody who may not know them, by what they are."""
    leaks: list[tuple[Sent, str]] = field(default_factory=list)
    tell: Told = _silent
    """What is said of a fault or a leak at once."""

    def note(self, kind: str, sent: Sent, answer: Answer) -> None:
        """Count an answer."""
        self.answers[kind, answer.status] += 1
        self.slowest[kind] = max(self.slowest.get(kind, 0.0), answer.seconds)
        self.requests[answer.request] = sent
        if answer.status >= FIRST_ERROR:
            self.refused.add(answer.request)
        if answer.status >= FIRST_FAULT and answer.status not in DOCUMENTED:
            self.faults.append((sent, answer))
            self.tell("fault", sent, answer)
        told = {**answer.headers, "set-cookie": ""}
        places = {"body": answer.body, "headers": str(told).encode()}
        for name, place in sorted(hits(self.canaries, places)):
            self.leaks.append((sent, name))
            self.tell(f"leak of {name} in the {place}", sent, answer)

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
    """Attempts upon one desk: by somebody who is signed in, and in further browsers."""

    def __init__(self, line: Line, name: str, password: str) -> None:
        self.name, self.password = name, password
        self.tally = Tally()
        self.findings: list[str] = []
        self.browsers = {"": Browser(line, by_password(name, password))}
        self.browsers[""].renew()
        self.waited: Callable[[], None] = lambda: None
        """Lets the time pass after which a limit counts anew."""

    @property
    def line(self) -> Line:
        """The browser that sends what names no other."""
        return self.browsers[""].line

    @property
    def token(self) -> Pairs:
        """What its forms have to send."""
        return self.browsers[""].token

    def renew(self) -> None:
        """Let everybody prove anew who they are: what is asked for again would be all they see."""
        for browser in self.browsers.values():
            browser.renew()

    def shown(self, page: str, action: str) -> Pairs:
        """What the form of a page that goes to an address would send untouched; empty for none."""
        return on_page(self.line.send(Sent("form", "GET", page)).text, page, action)

    def carry_out(self, scene: Scene, count: int, chance: int) -> None:
        """Make so many attempts, of all kinds in their shares."""
        kinds = {**KINDS, **(FURTHER if scene.doors else {})}
        shares = sum(share for share, _made in kinds.values())
        for kind, (share, made) in kinds.items():
            self.of_a_kind(scene, (kind, made), max(count * share // shares, 1), chance)

    def of_a_kind(self, scene: Scene, of: tuple[str, Made], count: int, chance: int) -> None:
        """Make so many attempts of one kind."""
        kind, make = of

        def attempt(sent: Sent) -> None:
            if self.tally.of(kind) < count:
                self.once(sent)

        for turn in range(20):
            left = count - self.tally.of(kind)
            if left <= 0:
                return
            made = given(make(scene))(attempt)
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
        browser = self.browsers[sent.who]
        if sent.anew:
            browser.renew()
        answer = browser.line.send(sent)
        self.tally.note(sent.kind, sent, answer)
        if answer.status == TOO_MANY:
            self.waited()
        if browser.is_out(answer):
            self.tally.lost += 1
            browser.renew()
        elif sent.then is not None:
            further = sent.then(answer)
            if further is not None:
                self.once(further)
        elif answer.status // 100 == 3 and sent.method == "POST" and not sent.who:
            self._follow(sent, urlsplit(answer.location).path)
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
