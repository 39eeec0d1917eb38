"""How far a tool's requests came: a scanner that is sent away at the door has looked at nothing."""

import threading
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, got_request_exception, request

from app.config import ROOT

RULE, SEEN, RAISED = "desk.rule", "desk.seen", "desk.raised"
"""Where a request carries its address, whether its view was asked, and what nobody expected."""
AWAY = frozenset({401, 403, 429})
FIRST_ERROR = 400
NOWHERE = "no such address"
DOOR = "/sign-in"


@dataclass
class Tally:
    """Requests for one address: how many came, reached the view, and were taken by it."""

    asked: int = 0
    reached: int = 0
    taken: int = 0


@dataclass
class Reach:
    """What became of the requests of one tool, by address; files that never change count not."""

    by_rule: dict[str, Tally] = field(default_factory=dict)
    away: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By why and where: a status, or the address that stands before."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, environ: dict[str, Any], code: int, leads: str) -> None:
        """Count a request that is being answered."""
        rule = environ.get(RULE, NOWHERE)
        if rule.startswith("/static"):
            return
        sent_away = code in AWAY or (leads.partition("?")[0] == DOOR and rule != DOOR)
        reached = SEEN in environ and not sent_away
        with self.lock:
            named = f"{environ['REQUEST_METHOD']} {rule}"
            tally = self.by_rule.setdefault(named, Tally())
            tally.asked += 1
            tally.reached += reached
            tally.taken += reached and code < FIRST_ERROR
            if not reached:
                self.away[DOOR if leads else str(code), named] += 1

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return sum(one.asked for one in self.by_rule.values())

    @property
    def share(self) -> int:
        """How many of a hundred requests reached a view."""
        return 100 * sum(one.reached for one in self.by_rule.values()) // max(self.asked, 1)

    def forms(self) -> dict[str, Tally]:
        """What became of forms."""
        return {rule: one for rule, one in self.by_rule.items() if rule.startswith("POST /")}

    def refused(self) -> set[str]:
        """The addresses of which not one request was taken: none of their words came far."""
        return {
            rule
            for rule, one in self.by_rule.items()
            if not one.taken and not rule.endswith(NOWHERE)
        }

    def sent_away(self) -> str:
        """Where most were sent away, for people."""
        return ", ".join(
            f"{count} x {why} {where}" for (why, where), count in self.away.most_common(6)
        )

    def told(self) -> str:
        """How far they came, for people."""
        forms = self.forms()
        met = sum(bool(one.taken) for one in forms.values())
        sent, taken = (sum(getattr(f, n) for f in forms.values()) for n in ("asked", "taken"))
        whys = Counter[str]()
        for (why, _where), count in self.away.items():
            whys[why] += count
        away = ", ".join(f"{count} {why}" for why, count in whys.most_common(4))
        return (
            f"{self.asked} requests, {self.share} % reached a view"
            f"{f' (sent away: {away})' if away else ''}; {sent} of them forms,"
            f" {100 * taken // max(sent, 1)} % taken, {met}"
            f" of {len(forms)} forms at least once"
        )


def measure(app: Flask) -> None:
    """Let requests carry which address they belong to, and whether a view was asked for them."""

    def name() -> None:
        request.environ[RULE] = request.url_rule.rule if request.url_rule else NOWHERE

    def raised(_app: Flask, exception: BaseException) -> None:
        request.environ[RAISED] = where(exception)

    app.before_request_funcs[None].insert(0, name)
    got_request_exception.connect(raised, app, weak=False)
    for view, act in app.view_functions.items():
        app.view_functions[view] = _noting(act)


def where(exception: BaseException) -> str:
    """What was raised, and where of ours."""
    steps = [step for step in traceback.extract_tb(exception.__traceback__) if ours(step.filename)]
    last = "".join(f" in {Path(step.filename).name}:{step.lineno}" for step in steps[-1:])
    return f"{type(exception).__name__}{last}: {str(exception).partition(chr(10))[0]}"[:300]


def ours(file: str) -> bool:
    """Whether a file is the project's own, not a package's."""
    return Path(file).is_relative_to(ROOT) and "site-packages" not in file


def _noting(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def noting(**arguments: Any) -> Any:
        request.environ[SEEN] = True
        return view(**arguments)

    return noting
