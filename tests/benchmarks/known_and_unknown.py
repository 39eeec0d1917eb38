"""Whether the time of a refusal tells if a name is somebody's, or a secret nearly right.

Usage: python -m tests.benchmarks.known_and_unknown [--tries 200]

Signs in wrongly with names in every state an account can be in and with one that nobody has, opens
links and sends recovery codes that are wrong in different ways, in turns whose order is drawn anew
each time, and compares each with the first of its group: the processor time of the server and the
time on the clock, by the test of Mann and Whitney. It ends with 1 where the odds against chance are
better than a thousand to one, or better than twenty to one and medians differ by a tenth. Limits
on tries are raised for it; at the gate somebody has ten.
"""

import argparse
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import schema
from app.accounts import administration, links, recovery_codes
from app.accounts.factor_models import Factor
from app.accounts.models import NO_PASSWORD, Account
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import FactorKind, LinkPurpose
from app.config import Settings
from app.db import Database
from app.factory import create_app
from app.limits.vocabulary import GATES, Gate, Limit
from sources.base import now

BY = "system:benchmark"
PASSWORD = "kettle under the lighthouse"
CHANCE = 0.001
DOUBT, TENTH = 0.05, 0.1
WARM = 5
FORM = "application/x-www-form-urlencoded"
HEADING = """\
| group | compared | median CPU ms | ratio | p | median clock ms | ratio | p |
|---|---|---:|---:|---:|---:|---:|---:|"""
Try = Callable[[int], object]


@dataclass
class Kind:
    """A way of being wrong, and how long the refusals took."""

    name: str
    attempt: Try
    worked: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)

    def run(self, number: int, *, keep: bool) -> None:
        """Be refused once."""
        began, used = time.perf_counter(), time.process_time()
        self.attempt(number)
        worked, clock = time.process_time() - used, time.perf_counter() - began
        if keep:
            self.worked.append(worked)
            self.clock.append(clock)


def chance(ours: list[float], theirs: list[float]) -> float:
    """The two-sided p of Mann and Whitney: how often chance alone parts two heaps so far."""
    every = sorted([(one, 0) for one in ours] + [(one, 1) for one in theirs])
    ranks = sum(at for at, (_value, whose) in enumerate(every, 1) if whose == 0)
    first, second = len(ours), len(theirs)
    beats = ranks - first * (first + 1) / 2
    spread = math.sqrt(first * second * (first + second + 1) / 12)
    distance = abs(beats - first * second / 2) / spread
    return 2 * statistics.NormalDist().cdf(-distance)


def people(session: Session) -> None:
    """Accounts in every state, their names after it."""
    for name in ("known", "disabled", "passkey", "factor"):
        account = add_account(
            session,
            name=name,
            display_name=name.title(),
            password=PASSWORD,
            roles={Role.CHECKER},
            by=BY,
        )
        if name == "disabled":
            administration.disable(session, account, typed=name, by=BY)
        if name in {"passkey", "factor"}:
            session.add(a_passkey(account))
            recovery_codes.make(session, account.id, by=BY)
        if name == "passkey":
            account.password_hash = NO_PASSWORD
    administration.invite(session, name="invited", display_name="", roles={Role.CHECKER}, by=BY)


def a_passkey(account: Account) -> Factor:
    """A passkey that nobody has."""
    return Factor(
        account_id=account.id,
        kind=FactorKind.PASSKEY,
        name="key",
        credential_id=f"key of {account.name}",
        public_key="none",
        confirmed_at=now(),
        created_by=BY,
    )


def sent(client: FlaskClient, path: str, typed: dict[str, str], status: int, at: int) -> None:
    """Send a form from an address of its own and be refused."""
    place = {"REMOTE_ADDR": f"198.{18 + at // 62500 % 2}.{at // 250 % 250}.{at % 250}"}
    answer = client.post(path, data=typed, content_type=FORM, environ_base=place)
    assert answer.status_code == status, (path, answer.status_code)


def names(app: Flask) -> list[Kind]:
    """Wrong passwords for everybody and nobody."""
    client = app.test_client()

    def with_name(name: str) -> Try:
        return lambda at: sent(client, "/sign-in", {"name": name, "password": "wrong"}, 422, at)

    every = ("nobody.here", "known", "disabled", "passkey", "factor", "invited")
    return [Kind(name, with_name(name)) for name in every]


def locked(app: Flask) -> list[Kind]:
    """Names of which too many tries came from a place already."""
    client = app.test_client()

    def with_name(name: str) -> Try:
        return lambda _at: sent(client, "/sign-in", {"name": name, "password": "wrong"}, 429, 0)

    for name in ("nobody.here", "known", "disabled"):
        for _ in range(GATES[Gate.SIGN_IN].of_a_pair):
            sent(client, "/sign-in", {"name": name, "password": "wrong"}, 422, 0)
    return [Kind(name, with_name(name)) for name in ("nobody.here", "known", "disabled")]


def tokens(app: Flask, database: Database) -> list[Kind]:
    """Links that never were: one of chance, and one that is nearly somebody's."""
    client = app.test_client()
    with database.writing(BY) as session:
        account = session.query(Account).filter_by(name="known").one()
        right = links.make_link(session, account, LinkPurpose.RESET, by=BY).token

    def opening(token: Callable[[int], str]) -> Try:
        return lambda at: client.get(
            f"/sign-in/link/{token(at)}", environ_base={"REMOTE_ADDR": f"203.0.113.{at % 250}"}
        )

    near = right[:-1] + ("a" if right[-1] != "a" else "b")
    return [
        Kind("drawn by chance", opening(lambda _at: "x" * len(right))),
        Kind("all but the last letter", opening(lambda _at: near)),
    ]


def codes(app: Flask, database: Database) -> list[Kind]:
    """Recovery codes that are wrong: of chance, nearly right, and used already."""
    client = app.test_client()
    with database.writing(BY) as session:
        account = session.query(Account).filter_by(name="factor").one()
        right, used = recovery_codes.make(session, account.id, by=BY)[:2]
        assert recovery_codes.use(session, account.id, used)
    first = {"name": "factor", "password": PASSWORD}
    sent(client, "/sign-in", first, 303, 1)
    near = right[:-1] + ("3" if right[-1] != "3" else "4")
    typed = {"drawn by chance": "2345-" * 5 + "2345", "nearly right": near, "used": used}

    def with_code(code: str) -> Try:
        return lambda at: sent(client, "/sign-in/second", {"code": code}, 422, at)

    return [Kind(name, with_code(code)) for name, code in typed.items()]


def measured(kinds: list[Kind], tries: int) -> None:
    """Let everybody be refused in turns, each time in another order."""
    order = random.Random(7)  # noqa: S311 - no secret hangs on it
    for number in range(tries + WARM):
        for kind in order.sample(kinds, len(kinds)):
            kind.run(number, keep=number >= WARM)


def told(group: str, kinds: list[Kind]) -> tuple[list[str], list[str]]:
    """The rows of a group, and what could be told apart."""
    first, rows, wrong = kinds[0], list[str](), list[str]()
    for kind in kinds[1:]:
        cells = [group, f"{first.name} and {kind.name}"]
        for what, ours, theirs in (
            ("CPU", kind.worked, first.worked),
            ("clock", kind.clock, first.clock),
        ):
            middles = statistics.median(theirs) * 1000, statistics.median(ours) * 1000
            ratio, p = middles[1] / middles[0], chance(ours, theirs)
            cells += [f"{middles[0]:.2f} and {middles[1]:.2f}", f"{ratio:.3f}", f"{p:.3f}"]
            if p < CHANCE or (p < DOUBT and abs(ratio - 1) > TENTH):
                wrong.append(f"{group}: {first.name} and {kind.name} by {what}: p {p:.2g}")
        rows.append(f"| {' | '.join(cells)} |")
    return rows, wrong


def main() -> int:
    """Run by hand."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tries", type=int, default=200)
    chosen = asked.parse_args()
    rows, wrong = list[str](), list[str]()
    with tempfile.TemporaryDirectory() as home:
        database = Database(
            Settings.load({"DESK_HOME": home, "DESK_QUOTAS": "visitors=0", "DESK_WORKERS": "0"})
        )
        schema.upgrade(database, actor="system:benchmark")
        with database.writing(BY) as session:
            people(session)
        app = create_app(database.settings, database)
        app.config["WTF_CSRF_ENABLED"] = False
        shut = locked(app)
        measured(shut, chosen.tries)
        most = 100 * chosen.tries + 1000
        for gate in GATES:
            GATES[gate] = Limit(most, most)
        groups = {"sign-in": names(app), "links": tokens(app, database)}
        groups["recovery codes"] = codes(app, database)
        for kinds in groups.values():
            measured(kinds, chosen.tries)
        for group, kinds in {**groups, "sign-in, locked": shut}.items():
            more = told(group, kinds)
            rows += more[0]
            wrong += more[1]
        database.close()
    sys.stdout.write("\n".join([HEADING, *rows, *wrong, ""]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
