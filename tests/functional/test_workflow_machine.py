"""Whatever people send in whatever order, no claim is signed off without its second person."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

import claims.sign_offs
import claims.signatures
import claims.workflow
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.db import Database, DatabaseProblem
from app.factory import create_app
from app.ledger.verify import verify
from claims.guards import STEPS
from claims.material import material_sha256
from claims.models import Claim, Contest
from claims.policy import LEVELS
from claims.signatures import is_complete
from claims.vocabulary import SignOffDecision, Stage
from sources.base import now
from sources.vocabulary import Tier
from tests.app.browser import PASSWORD, Person
from tests.claims.newsroom import a_claim, a_source

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.engines import Maker

STAFF = {
    "li.wei": {Role.CHECKER},
    "zhang.min": {Role.REVIEWER},
    "wang.fang": {Role.CHECKER, Role.REVIEWER, Role.DESK_LEAD},
    "chen.jie": {Role.CHECKER, Role.APPROVER},
}
"""Two people with one role each, two who hold several."""
PEOPLE = st.sampled_from(sorted(STAFF))
STATEMENTS = {
    "stage": "UPDATE claim SET stage = :stage WHERE id = :claim",
    "submitter": "UPDATE claim SET submitted_by = :who WHERE id = :claim",
    "author": "UPDATE claim SET created_by = :who WHERE id = :claim",
    "levels": "UPDATE claim SET sign_off_levels = 1 WHERE id = :claim",
    "settled": "UPDATE contest SET settled_by = :who, settled_at = :at, outcome = 'rejected'"
    " WHERE claim_id = :claim",
    "signature": "INSERT INTO sign_off (id, claim_id, decision, level, submission, content_sha256,"
    " created_at, created_by) SELECT :id, id, 'signed', 2, submission, :sha256, :at, :who"
    " FROM claim WHERE id = :claim",
    "assessment": "INSERT INTO assessment (id, claim_id, status, created_at, created_by)"
    " VALUES (:id, :claim, 'supported', :at, :who)",
    "content": "UPDATE claim SET proposed_wording = :id WHERE id = :claim",
}
PERSONAL = frozenset({"csrf_token", "receipt", "version"})
VOIDING = frozenset({"assessment", "content"})
"""What a shell can do to a signed claim: the database takes it, and the signature is void."""


class Newsroom:
    """A running desk whose people are signed in once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app = create_app(database.settings, database)
        self.desks = {
            number: Database(replace(database.settings, sign_off_levels=number))
            for number in LEVELS
        }
        with database.writing("system:test") as session:
            for name, roles in STAFF.items():
                add_account(
                    session,
                    name=name,
                    display_name=name,
                    password=PASSWORD,
                    roles=roles,
                    by="system:test",
                )
            self.source = a_source(session, tier=Tier.PRIMARY).key
        self.people = {name: Person(self.app, name) for name in STAFF}
        self.tokens = {
            name: person.open("/articles", "csrf_token").fields["csrf_token"]
            for name, person in self.people.items()
        }

    def ask_for(self, levels: int) -> None:
        """Let the desk's setting be another from here on."""
        self.app.extensions["database"] = self.desks[levels]

    def close(self) -> None:
        for one in self.desks.values():
            one.close()

    def post(self, name: str, path: str, **typed: Any) -> int:
        data = {"csrf_token": self.tokens[name], **typed}
        status = self.people[name].client.post(path, data=data).status_code
        assert status < 500, (path, status)
        return status


class Checking(RuleBasedStateMachine):
    """The work on one claim, by anybody, in any order, also past the application."""

    desk: Newsroom

    @initialize(
        levels=st.sampled_from(LEVELS),
        author=st.sampled_from(["zhang.min", "li.wei"]),
        staff=st.permutations(sorted(STAFF)),
        ordinary=st.integers(0, 3),
    )
    def begin(self, levels: int, author: str, staff: list[str], ordinary: int) -> None:
        """Write a claim down; three times in four the ordinary thing is tried first."""
        self.desk.ask_for(levels)
        with self.desk.database.writing("system:test") as session:
            claim = a_claim(session, created_by=f"editor:{author}")
            self.claim_id, self.figure_id = claim.id, claim.figures[0].id
        self.before, self.blocked, self.tampered = Stage.OPEN, False, False
        self.path = f"/claims/{self.claim_id}"
        self.old_hash = "0" * 64
        # What the form of evidence sends untouched, but for what belongs to one person's page.
        opened = self.desk.people["li.wei"].open(f"{self.path}/evidence/new", "quote").fields
        self.blank = {name: typed for name, typed in opened.items() if name not in PERSONAL}
        if ordinary:
            self.hand_over(staff, staff[0], disputed=ordinary == 1)

    @rule(who=st.permutations(sorted(STAFF)), helper=PEOPLE, disputed=st.booleans())
    def do_the_ordinary_thing(self, who: list[str], helper: str, *, disputed: bool) -> None:
        self.hand_over(who, helper, disputed=disputed)

    def look(self, session: Session) -> Claim:
        return session.get_one(Claim, self.claim_id)

    def send(self, who: str, what: str, **typed: Any) -> None:
        self.desk.post(who, f"{self.path}/{what}", **typed)

    @rule(who=PEOPLE, status=st.sampled_from(["supported", "refuted"]))
    def assess(self, who: str, status: str) -> None:
        typed = {f"figure_{self.figure_id.hex}": status, "disposition": "stet"}
        self.send(who, "assessment", reasoning="As it says.", **typed)

    @rule(who=PEOPLE, stance=st.sampled_from(["supports", "refutes"]))
    def attach(self, who: str, stance: str) -> None:
        typed = {"source": self.desk.source, "stance": stance, "quote": "5 %"}
        self.send(who, "evidence/new", **{**self.blank, **typed})

    @rule(levels=st.sampled_from(LEVELS))
    def change_the_policy(self, levels: int) -> None:
        self.desk.ask_for(levels)

    @rule(who=PEOPLE)
    def submit(self, who: str) -> None:
        self.send(who, "submit")

    def hand_over(self, who: list[str], helper: str, *, disputed: bool) -> None:
        """Do the ordinary thing: attach, assess, submit, sign, sign; any of it may be refused."""
        self.attach(helper, "supports")
        self.assess(helper, "supported")
        self.submit(who[0])
        if disputed:
            self.contest(helper, blocking=True)
        for signer in (*who[1:], who[0]):
            self.sign(signer)

    @rule(who=PEOPLE)
    def sign(self, who: str) -> None:
        with self.desk.database.reading() as session:
            sha256 = material_sha256(self.look(session))
        self.send(who, "sign-off", answer="sign", content_sha256=sha256)
        self.old_hash = sha256

    @rule(who=PEOPLE)
    def sign_what_was_seen_before(self, who: str) -> None:
        self.send(who, "sign-off", answer="sign", content_sha256=self.old_hash)

    @rule(who=PEOPLE)
    def send_back(self, who: str) -> None:
        with self.desk.database.reading() as session:
            sha256 = material_sha256(self.look(session))
        self.send(who, "sign-off", answer="return", reason="No.", content_sha256=sha256)

    @rule(who=PEOPLE, what=st.sampled_from(["reopen", "drop"]))
    def give_a_reason(self, who: str, what: str) -> None:
        self.send(who, what, reason="Again.")

    @rule(who=PEOPLE, blocking=st.booleans())
    def contest(self, who: str, *, blocking: bool) -> None:
        typed = {"blocking": "y"} if blocking else {}
        self.send(who, "contests/new", reason="legal", side="reviewer", statement="?", **typed)

    @rule(who=PEOPLE, how=st.sampled_from(["settle", "withdraw"]))
    def end_the_contest(self, who: str, how: str) -> None:
        with self.desk.database.reading() as session:
            query = select(Contest.id).where(
                Contest.claim_id == self.claim_id, Contest.outcome.is_(None)
            )
            found = session.scalars(query).first()
        if found is not None:
            typed = {"outcome": "rejected"} if how == "settle" else {}
            self.desk.post(who, f"/contests/{found}/{how}", settlement="Solved.", **typed)

    @rule(who=PEOPLE, what=st.sampled_from(sorted(STATEMENTS)), stage=st.sampled_from(Stage))
    def go_past_the_application(self, who: str, what: str, stage: Stage) -> None:
        with self.desk.database.reading() as session:
            claim = self.look(session)
            sha256 = material_sha256(claim)
            signed = claim.stage is Stage.SIGNED_OFF
        kept = str if self.desk.database.is_sqlite else uuid.UUID
        moment = now()
        values = {
            "claim": kept(str(self.claim_id)),
            "id": str(uuid.uuid4()) if what == "content" else kept(str(uuid.uuid4())),
            "who": f"editor:{who}",
            "stage": stage.value,
            "sha256": sha256,
            "at": f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}" if self.desk.database.is_sqlite else moment,
        }
        statement = text(STATEMENTS[what])
        used = {name: values[name] for name in statement.compile().params}
        try:
            with self.desk.database.writing(f"shell:{who}") as session:
                session.execute(statement, used)
        except (DatabaseProblem, DBAPIError):
            return
        self.tampered |= signed and what in VOIDING

    @precondition(lambda self: hasattr(self, "claim_id"))
    @invariant()
    def no_claim_is_signed_off_without_its_people(self) -> None:
        with self.desk.database.reading() as session:
            claim = self.look(session)
            stands = enough_people(claim)
            blocked = any(row.blocking and row.outcome is None for row in claim.contests)
            if claim.stage is Stage.SIGNED_OFF:
                assert is_complete(claim) == stands
                assert stands or self.tampered, "signed off without the signatures it needs"
                if self.before is not Stage.SIGNED_OFF:
                    assert not blocked, "signed off while a contest blocks it"
            else:
                self.tampered = False
            moved = (self.before, claim.stage)
            assert moved[0] == moved[1] or reachable(*moved), f"no move leads {moved}"
            self.before = claim.stage


def enough_people(claim: Claim) -> bool:
    """Count anew, in plain words of the rule, who validly signed the present content."""
    levels = claim.sign_off_levels or 2
    involved = {row.created_by for row in claim.assessments} | {claim.created_by}
    involved |= {row.created_by for row in claim.later_authors}
    if levels > 1:
        involved.add(claim.submitted_by or "")
    present = material_sha256(claim)
    signers = {
        row.created_by
        for row in claim.sign_offs
        if row.decision is SignOffDecision.SIGNED
        and row.content_sha256 == present
        and row.submission == claim.submission
    }
    return len(signers - involved) >= {1: 1, 2: 1, 3: 2}[levels]


def reachable(start: Stage, end: Stage) -> bool:
    """Whether allowed moves lead from one stage to another; one rule may make several."""
    known = {start}
    while more := {to for at, to in STEPS if at in known} - known:
        known |= more
    return end in known


def play(database: Database, examples: int, steps: int = 14) -> None:
    """Let the machine loose on a desk."""
    desk = Newsroom(database)
    try:
        run(desk, examples, steps)
    finally:
        desk.close()


def run(desk: Newsroom, examples: int, steps: int) -> None:
    machine: type[RuleBasedStateMachine] = type("Here", (Checking,), {"desk": desk})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_sequence_signs_a_claim_off_without_its_people(sqlite_database: Database) -> None:
    play(sqlite_database, 16)
    assert verify(sqlite_database).findings == []


def test_nor_does_one_on_postgresql(postgresql_database: Database) -> None:
    play(postgresql_database, 5)
    postgresql_database.seal()
    assert verify(postgresql_database).findings == []


def nobody(_claim: Claim) -> set[str]:
    return set()


SABOTAGE: dict[str, tuple[list[tuple[Any, str, Any]], list[str]]] = {
    "a change reopens nothing": (
        [(claims.workflow, "touch", lambda _session, _claim: False)],
        [],
    ),
    "assessors may sign": (
        [(claims.signatures, "assessors", nobody), (claims.sign_offs, "assessors", nobody)],
        ["guard_sign_off_second_person", "guard_claim_signed_off"],
    ),
    "contests block nothing": (
        [(claims.sign_offs, "blocking_contests", lambda _claim: False)],
        ["guard_sign_off_uncontested", "guard_claim_uncontested"],
    ),
}


@pytest.mark.parametrize("name", sorted(SABOTAGE))
def test_the_machine_finds_a_guard_that_is_gone(
    make_database: Maker, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    database = make_database("sqlite")
    patches, triggers = SABOTAGE[name]
    for module, function, instead in patches:
        monkeypatch.setattr(module, function, instead)
    with database.writing("system:test") as session:
        for trigger in triggers:
            session.execute(text(f"DROP TRIGGER {trigger}"))
    with pytest.raises(AssertionError, match=r"signed off|is_complete"):
        play(database, 20)
