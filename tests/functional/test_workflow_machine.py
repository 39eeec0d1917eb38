"""Whatever people send in whatever order, no claim or article is signed off against the rules."""

from __future__ import annotations

import uuid
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

from app.db_problems import DatabaseProblem
from app.ledger.verify import verify
from claims.article_gate import article_state
from claims.article_sign_offs import article_signing
from claims.material import material_sha256
from claims.models import Article, Claim, Contest
from claims.policy import LEVELS
from claims.signatures import is_complete
from claims.status import VerificationStatus
from claims.vocabulary import ArticleDecision, Stage
from sources.base import now
from tests.functional.newsroom import FIGURE, PERSONAL, STAFF, STATEMENTS, VOIDING, Newsroom
from tests.functional.sabotage import SABOTAGE
from tests.functional.signing import (
    TEXTS,
    a_placed_claim,
    enough_people,
    involved,
    reachable,
    unfinished,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from app.db import Database
    from tests.engines import Maker

PEOPLE = st.sampled_from(sorted(STAFF))
DONE = 303
MOMENTS = ("never", "attached", "judged", "signed")
"""When somebody corrects the figure while the ordinary thing is done."""


class Checking(RuleBasedStateMachine):
    """The work on one claim, by anybody, in any order, also past the application."""

    desk: Newsroom
    aim: tuple[str, bool] | None = None
    """What the ordinary thing is at first, where it is aimed: when somebody corrects the figure,
    and whether somebody disputes the claim."""

    @initialize(
        levels=st.sampled_from(LEVELS),
        author=st.sampled_from(["zhang.min", "li.wei"]),
        staff=st.permutations(sorted(STAFF)),
        helper=PEOPLE,
        ordinary=st.integers(0, 3),
        corrected=st.sampled_from(MOMENTS),
    )
    def begin(
        self,
        levels: int,
        author: str,
        staff: list[str],
        helper: str,
        ordinary: int,
        corrected: str,
    ) -> None:
        """Write a claim down; three times in four the ordinary thing is tried first."""
        self.desk.ask_for(levels)
        with self.desk.database.writing("system:test") as session:
            claim = a_placed_claim(session, f"editor:{author}")
            self.claim_id, self.article = claim.id, f"/articles/{claim.article.key}"
            self.article_id, self.number = claim.article_id, claim.number
        self.before, self.blocked, self.tampered = Stage.OPEN, False, False
        self.judged: dict[uuid.UUID, Decimal | None] = {}
        self.signed: set[uuid.UUID] = set()
        self.writers: set[str] = set()
        self.path = f"/claims/{self.claim_id}"
        self.old_hash = "0" * 64
        # What the form of evidence sends untouched, but for what belongs to one person's page.
        opened = self.desk.people["li.wei"].open(f"{self.path}/evidence/new", "quote").fields
        self.blank = {name: typed for name, typed in opened.items() if name not in PERSONAL}
        if self.aim is not None:
            self.hand_over(staff, helper, self.aim[0], disputed=self.aim[1])
        elif ordinary:
            self.hand_over(staff, helper, corrected, disputed=ordinary == 1)

    @rule(
        who=st.permutations(sorted(STAFF)),
        helper=PEOPLE,
        disputed=st.booleans(),
        corrected=st.sampled_from(MOMENTS),
    )
    def do_the_ordinary_thing(
        self, who: list[str], helper: str, corrected: str, *, disputed: bool
    ) -> None:
        self.hand_over(who, helper, corrected, disputed=disputed)

    def look(self, session: Session) -> Claim:
        return session.get_one(Claim, self.claim_id)

    def send(self, who: str, what: str, **typed: Any) -> int:
        return self.desk.post(who, f"{self.path}/{what}", **typed)

    @rule(who=PEOPLE, status=st.sampled_from(["supported", "refuted"]))
    def assess(self, who: str, status: str) -> None:
        with self.desk.database.reading() as session:
            stated = {row.id: row.low for row in self.look(session).figures}
        typed = {f"figure_{key.hex}": status for key in stated}
        typed |= {"disposition": "stet"} if stated else {"disposition": "stet", "whole": status}
        if self.send(who, "assessment", reasoning="As it says.", **typed) == DONE:
            self.judged |= stated

    @rule(who=PEOPLE, stance=st.sampled_from(["supports", "refutes"]))
    def attach(self, who: str, stance: str) -> None:
        typed = {"source": self.desk.source, "stance": stance, "quote": "5 %"}
        self.send(who, "evidence/new", **{**self.blank, **typed})

    @rule(who=PEOPLE, what=st.sampled_from(["edit", "withdraw"]), quote=st.sampled_from("56"))
    def change_evidence(self, who: str, what: str, quote: str) -> None:
        with self.desk.database.reading() as session:
            found = [row.id for row in self.look(session).evidence if row.withdrawn_by is None]
        if found and what == "edit":
            typed = {"source": self.desk.source, "stance": "supports", "quote": f"{quote} %"}
            self.desk.post(who, f"/evidence/{found[-1]}/edit", **{**self.blank, **typed})
        elif found:
            self.desk.post(who, f"/evidence/{found[-1]}/withdraw", reason="No.")

    @rule(
        who=PEOPLE, what=st.sampled_from(["new", "edit", "edit", "remove"]), low=st.integers(5, 7)
    )
    def change_a_figure(self, who: str, what: str, low: int) -> None:
        with self.desk.database.reading() as session:
            found = list(self.look(session).figures)
        typed = {**FIGURE, "stated_text": f"{low}%"}
        done = None
        if what == "new":
            done = self.send(who, "figures/new", **typed)
        elif found and what == "edit":
            done = self.desk.post(who, f"/figures/{found[0].id}/edit", **typed)
        elif found:
            done = self.desk.post(who, f"/figures/{found[-1].id}/remove", reason="No.")
        if done == DONE and (what != "edit" or found[0].low != low):
            self.writers.add(f"editor:{who}")

    @rule(who=PEOPLE, said=st.sampled_from(["5 %", "6 %"]))
    def change_the_statement(self, who: str, said: str) -> None:
        with self.desk.database.reading() as session:
            before = self.look(session).statement
        statement = {"en": f"The share was {said}."}
        done = self.send(who, "edit", statement_en=statement["en"], kind="share")
        if done == DONE and before != statement:
            self.writers.add(f"editor:{who}")

    @rule(who=PEOPLE, text=st.sampled_from(TEXTS), how=st.sampled_from(["confirm", "adopt", ""]))
    def write_a_new_version(self, who: str, text: str, how: str) -> None:
        """Hand the next version in, and perhaps say what became of the claim."""
        self.desk.post(who, f"{self.article}/versions/new", way="paste", text=text)
        with self.desk.database.reading() as session:
            newest = max(self.look(session).article.versions, key=lambda row: row.number)
            number = newest.number
        if how and number > 1:
            typed = {"claim": str(self.claim_id)}
            self.desk.post(who, f"{self.article}/v/{number}/{how}", **typed)

    @rule(who=PEOPLE, emergency=st.booleans())
    def answer_for_the_article(self, who: str, *, emergency: bool) -> None:
        with self.desk.database.reading() as session:
            state = article_state(session, session.get_one(Article, self.article_id))
            typed = {"state_sha256": state.sha256}
        if emergency:
            typed |= {"reason": "It burns.", "known": "y"}
        self.desk.post(who, f"{self.article}/{'emergency' if emergency else 'sign-off'}", **typed)

    @rule(levels=st.sampled_from(LEVELS))
    def change_the_policy(self, levels: int) -> None:
        self.desk.ask_for(levels)

    @rule(who=PEOPLE)
    def submit(self, who: str) -> None:
        self.send(who, "submit")

    def hand_over(self, who: list[str], helper: str, corrected: str, *, disputed: bool) -> None:
        """Do the ordinary thing: attach, assess, submit, sign, sign; any of it may be refused.

        At one moment of it somebody may correct the figure.
        """
        steps: dict[str, Callable[[], object]] = {
            "attached": lambda: self.attach(helper, "supports"),
            "judged": lambda: self.assess(helper, "supported"),
            "submitted": lambda: self.submit(who[0]),
            "contested": lambda: self.contest(helper, blocking=True) if disputed else None,
            "signed": lambda: [self.sign(signer) for signer in (*who[1:], who[0])],
            "published": lambda: [
                self.answer_for_the_article(signer, emergency=False) for signer in who
            ],
        }
        for moment, act in steps.items():
            act()
            if moment == corrected:
                self.change_a_figure(who[1], "edit", 6)

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
            stands = enough_people(claim, self.writers)
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

    @precondition(lambda self: hasattr(self, "claim_id"))
    @invariant()
    def what_is_signed_off_was_judged_as_it_stands(self) -> None:
        with self.desk.database.reading() as session:
            claim = self.look(session)
            if claim.stage is not Stage.SIGNED_OFF or self.tampered:
                return
            assert claim.disposition is not None, "signed off without a disposition"
            for row in claim.figures:
                known = self.judged.get(row.id, "nothing")
                judged = row.verification_status is not VerificationStatus.UNCHECKED
                assert judged, "signed off with a figure nobody judged"
                assert known == row.low, "signed off with another number than was judged"

    @precondition(lambda self: hasattr(self, "claim_id"))
    @invariant()
    def no_article_is_signed_off_unfinished(self) -> None:
        with self.desk.database.reading() as session:
            article = session.get_one(Article, self.article_id)
            signing = article_signing(session, article)
            rows = [one.row for one in signing.standings]
            signed = {row.id for row in rows if row.decision is ArticleDecision.SIGNED}
            if signed - self.signed:
                assert unfinished(session, article, self.writers) == [], "signed off unfinished"
            if signing.signed is not None:
                assert signing.signed.decision is ArticleDecision.SIGNED
                assert unfinished(session, article, self.writers) == [], (
                    "stands signed off unfinished"
                )
                people = involved(self.look(session)) | self.writers | {article.created_by}
                assert signing.signed.created_by not in people, "signed off by its own checker"
            self.signed = signed


def play(
    database: Database, examples: int, steps: int = 14, aim: tuple[str, bool] | None = None
) -> None:
    """Let the machine loose on a desk."""
    desk = Newsroom(database)
    try:
        run(desk, examples, steps, aim)
    finally:
        desk.close()


def run(desk: Newsroom, examples: int, steps: int, aim: tuple[str, bool] | None) -> None:
    known = {"desk": desk, "aim": aim}
    machine: type[RuleBasedStateMachine] = type("Here", (Checking,), known)
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
    """T-2P: nobody signs what they wrote or assessed."""
    play(sqlite_database, 10)
    assert verify(sqlite_database).findings == []


def test_nor_does_one_on_postgresql(postgresql_database: Database) -> None:
    play(postgresql_database, 3)
    postgresql_database.seal()
    assert verify(postgresql_database).findings == []


@pytest.mark.parametrize("name", sorted(SABOTAGE))
def test_the_machine_finds_a_guard_that_is_gone(
    make_database: Maker, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    database = make_database("sqlite")
    patches, triggers, aim = SABOTAGE[name]
    for module, function, instead in patches:
        monkeypatch.setattr(module, function, instead)
    with database.writing("system:test") as session:
        for trigger in triggers:
            session.execute(text(f"DROP TRIGGER {trigger}"))
    with pytest.raises(AssertionError, match=r"signed off|is_complete"):
        play(database, 24, 1, aim)
