"""Tests: whatever a person does is undone to the last row, on either engine (U16)."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.ledger.verify import verify
from app.models import Base
from app.once.asked import new_key
from app.selection import short
from claims.material import assessment_in_force, material_sha256
from claims.models import Article, Claim, Evidence
from claims.rules.engine import refresh
from sources.base import now
from tests.app.browser import Person, Reader
from tests.app.claim_desk import NEW_SOURCE, Desk
from tests.claims.newsroom import a_claim

Rows = dict[tuple[str, Any], dict[str, Any]]
WITHDRAWN = {
    "evidence": "withdrawn_by",
    "formula_check": "withdrawn_by",
    "contest": "outcome",
    "comment": "resolved_by",
}
STAYING = {
    "assessment",
    "claim_author",
    "contest_evidence",
    "source",
    "snapshot",
    "capture_attempt",
    "awaited_copy",
    "evidence_target",
    "figure",
}
"""What an undone act may leave: the record of who concluded, and parts of withdrawn items."""


def rows_of(desk: Desk) -> Rows:
    """Every audited row of the database but for its version."""
    found: Rows = {}
    with desk.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.info.get("ledger") == "unaudited" or "id" not in table.columns:
                continue
            for row in session.execute(select(table)).mappings():
                values = dict(row)
                values.pop("version", None)
                found[table.name, values["id"]] = values
    return found


def content_of(desk: Desk) -> list[Any]:
    """What is concluded and signed about each claim."""
    with desk.database.reading() as session:
        found = []
        for claim in session.scalars(select(Claim).order_by(Claim.id)):
            known = assessment_in_force(claim)
            found.append((material_sha256(claim), known and (known.reasoning, known.created_by)))
        return found


def left_over(before: Rows, after: Rows) -> Rows:
    """The rows there are more than before; all others must be what they were."""
    assert {key: after.get(key) for key in before} == before
    return {key: row for key, row in after.items() if key not in before}


COUNT = itertools.count(1)


def word() -> str:
    return f"第 {next(COUNT)} 句"


class Doer:
    """The acts of one person at one claim."""

    def __init__(self, desk: Desk, name: str = "li.wei") -> None:
        self.desk, self.me = desk, desk.person(name)
        self.claim = f"/claims/{desk.claim_id}"

    def first(self, model: Any, *where: Any) -> Any:
        with self.desk.database.reading() as session:
            return session.scalars(select(model.id).where(*where).order_by(model.id)).first()

    def item(self) -> Any:
        return self.first(Evidence, Evidence.withdrawn_by.is_(None), Evidence.formula.is_(None))

    def attach(self) -> TestResponse:
        data = {"source": self.desk.source_key, "stance": "supports", "figure": "5.0%"}
        return self.me.fill(f"{self.claim}/evidence/new", "quote", quote=word(), **data)

    def attach_new(self) -> TestResponse:
        number = next(COUNT)
        told = {"url": f"https://example.org/{number}", "title": f"Report {number}"}
        return self.me.fill(f"{self.claim}/evidence/new", "quote", **NEW_SOURCE | told)

    def aim(self) -> TestResponse:
        data = {"quote": word(), "figure": "4.6%", "addresses": [str(self.desk.figure_id)]}
        return self.me.fill(f"/evidence/{self.item()}/edit", "quote", **data)

    def edit_item(self) -> TestResponse:
        return self.me.fill(f"/evidence/{self.item()}/edit", "quote", quote=word(), figure="")

    def withdraw(self) -> TestResponse:
        return self.me.fill(f"/evidence/{self.item()}/withdraw", "reason", reason=word())

    def assess(self, status: str = "refuted") -> TestResponse:
        data = {f"figure_{self.desk.figure_id.hex}": status, "reasoning": word()}
        return self.me.fill(f"{self.claim}/assessment", "reasoning", disposition="cut", **data)

    def contest(self) -> TestResponse:
        data = {"reason": "party_denies", "side": "subject", "statement": word()}
        data["evidence_for"] = str(self.item())
        return self.me.fill(f"{self.claim}/contests/new", "statement", **data)

    def comment(self) -> TestResponse:
        return self.me.fill(self.claim, "body", body=word())

    def state_otherwise(self) -> TestResponse:
        return self.me.fill(f"{self.claim}/edit", "kind", statement_zh=word(), kind="rank")

    def edit_figure(self) -> TestResponse:
        path = f"/figures/{self.desk.figure_id}/edit"
        return self.me.fill(path, "stated_text", stated_text="6%", period="2023", basis=word())

    def add_figure(self) -> TestResponse:
        return self.me.fill(f"{self.claim}/figures/new", "stated_text", stated_text="7%")

    def remove_figure(self) -> TestResponse:
        return self.me.fill(f"/figures/{self.desk.figure_id}/remove", "reason", reason=word())

    def check(self) -> TestResponse:
        return self.me.fill(f"{self.claim}/formulas/new", "formula", formula="F1 = F1")

    def calculate(self) -> TestResponse:
        data = {"formula": "F1 * 2", "stance": "supports"}
        return self.me.fill(f"{self.claim}/calculations/new", "formula", **data)

    def snooze(self) -> TestResponse:
        return self.me.fill(f"{self.claim}/snooze", "how_long", how_long="3")

    def take(self) -> TestResponse:
        form = self.me.open("/queue?view=unassigned", "claims")
        return self.me.send(form, claims=[short(self.desk.claim_id, 1)], act="take")

    def drop(self) -> TestResponse:
        return self.me.fill(f"{self.claim}/drop", "reason", reason=word())

    def set_deadline(self) -> TestResponse:
        with self.desk.database.reading() as session:
            key = session.scalars(select(Article.key).order_by(Article.id)).first()
        day = f"2031-05-{next(COUNT) % 28 + 1:02d}"
        return self.me.fill(f"/articles/{key}/deadline", "deadline", deadline=day)

    def many(self, act: str, **told: Any) -> TestResponse:
        """Do one act to every claim of the desk, whichever article it is in."""
        with self.desk.database.reading() as session:
            rows = session.execute(select(Claim.id, Claim.version).order_by(Claim.id))
            claims = [short(key, version) for key, version in rows]
        form = self.me.open("/queue?view=all", "claims")
        return self.me.send(form, claims=claims, act=act, partly="1", **told)

    def take_many(self) -> TestResponse:
        return self.many("take")

    def hand_over_many(self) -> TestResponse:
        return self.many("assign", to="editor:wang.fang")

    def release_many(self) -> TestResponse:
        return self.many("release")

    def snooze_many(self) -> TestResponse:
        return self.many("snooze", aside="3")

    def due_many(self) -> TestResponse:
        return self.many("due", due=f"2031-06-{next(COUNT) % 28 + 1:02d} 18:00")

    def drop_many(self) -> TestResponse:
        return self.many("drop", reason=word())

    def contest_many(self) -> TestResponse:
        return self.many("contest", why="other", side="reader", statement=word())


ACTS: list[Callable[[Doer], TestResponse]] = [
    Doer.attach,
    Doer.attach_new,
    Doer.aim,
    Doer.edit_item,
    Doer.withdraw,
    Doer.assess,
    Doer.contest,
    Doer.comment,
    Doer.state_otherwise,
    Doer.edit_figure,
    Doer.add_figure,
    Doer.remove_figure,
    Doer.check,
    Doer.calculate,
    Doer.snooze,
    Doer.take,
    Doer.drop,
    Doer.set_deadline,
    Doer.take_many,
]
AT_ONCE: list[Callable[[Doer], TestResponse]] = [
    Doer.snooze_many,
    Doer.due_many,
    Doer.contest_many,
    Doer.drop_many,
    Doer.release_many,
    Doer.hand_over_many,
]
"""Acts on many claims of several articles."""


def undo(person: Person, done: TestResponse) -> TestResponse:
    token = person.open("/help", "csrf_token").fields["csrf_token"]
    address = f"/undo/{done.headers['X-Request-ID']}"
    return person.client.post(
        address, data={"csrf_token": token, "receipt": new_key(), "next": "/queue"}
    )


def is_given_back(desk: Desk, before: Rows, content: list[Any], what: str) -> None:
    for (table, _key), row in left_over(before, rows_of(desk)).items():
        assert table in STAYING or row[WITHDRAWN[table]], (what, table, row)
    assert content_of(desk) == content, what


@pytest.fixture
def doer(any_desk: Desk) -> Doer:
    found = Doer(any_desk)
    assert found.attach().status_code == 303
    assert found.assess("supported").status_code == 303
    with any_desk.database.writing("system:test") as session:
        a_claim(session)
    # The rules have looked at every claim, as at a desk where claims come in by its own ways.
    with any_desk.database.writing("system:test") as session:
        for claim in session.scalars(select(Claim)):
            refresh(session, claim, now())
    return found


def each_is_given_back(doer: Doer, acts: list[Callable[[Doer], TestResponse]]) -> None:
    for act in acts:
        before, content = rows_of(doer.desk), content_of(doer.desk)
        done = act(doer)
        assert done.status_code == 303, (act.__name__, Reader(done.text).text)
        assert rows_of(doer.desk) != before, act.__name__

        undone = undo(doer.me, done)

        assert undone.status_code == 303, (act.__name__, Reader(undone.text).text)
        is_given_back(doer.desk, before, content, act.__name__)


def test_each_act_is_undone_to_the_last_row_and_the_ledger_holds_both(doer: Doer) -> None:
    each_is_given_back(doer, ACTS)
    # What is released or put aside anew must have been taken and put aside before.
    for act in (Doer.take_many, Doer.snooze_many, Doer.due_many, Doer.set_deadline):
        assert act(doer).status_code == 303
    each_is_given_back(doer, [*AT_ONCE, Doer.set_deadline])
    assert verify(doer.desk.database).findings == []


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.sampled_from(ACTS + AT_ONCE), min_size=2, max_size=4))
@example(acts=[Doer.assess, Doer.assess])
@example(acts=[Doer.take_many, Doer.take_many])
def test_acts_are_undone_one_after_the_other_from_the_last(
    doer: Doer, acts: list[Callable[[Doer], TestResponse]]
) -> None:
    steps = []
    for act in acts:
        before, content = rows_of(doer.desk), content_of(doer.desk)
        try:
            done = act(doer)
        except (StopIteration, AssertionError):
            continue
        # Who takes what they have taken already changes nothing, and has nothing to undo.
        if done.status_code == 303 and rows_of(doer.desk) != before:
            steps.append((act.__name__, done, before, content))
    for name, done, before, content in reversed(steps):
        undone = undo(doer.me, done)
        assert undone.status_code == 303, (name, Reader(undone.text).text)
        is_given_back(doer.desk, before, content, name)
    assert verify(doer.desk.database).findings == []
