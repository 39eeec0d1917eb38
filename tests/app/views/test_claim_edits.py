"""People who save the same claims at the same moment: nobody's save is lost."""

import random
import threading
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.db import Database
from claims.models import Claim
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.app.histories import Ack, findings
from tests.claims.newsroom import a_claim

CLAIMS, WRITERS, SAVES = 3, 3, 5
FIELD = "statement_zh"


def writing(
    desk: Desk, person: Person, claims: list[str], *, blind: bool
) -> Iterator[tuple[str, Ack]]:
    """Save now this claim, now that one; give what was acknowledged.

    Whoever is blind sends whatever version is the present one, and not the one they saw.
    """
    chance = random.Random(person.name)  # noqa: S311 - no secret hangs on it
    for number in range(SAVES):
        claim = chance.choice(claims)
        form = person.open(f"/claims/{claim}/edit", FIELD)
        said = f"{person.name} 第 {number} 次"
        version = {"version": present(desk, claim)} if blind else {}
        if person.send(form, **{FIELD: said}, **version).status_code == 303:
            yield claim, Ack(form.fields[FIELD][0], said)


def told(desk: Desk, *, blind: bool = False) -> list[str]:
    """What is wrong with what was acknowledged, of all claims."""
    with desk.database.writing("system:test") as session:
        article = session.get_one(Claim, desk.claim_id).article
        claims = [str(desk.claim_id)]
        claims += [str(a_claim(session, article=article).id) for _ in range(CLAIMS - 1)]
    people = [desk.person(("li.wei", "zhang.min")[at % 2]) for at in range(WRITERS)]
    for at, person in enumerate(people):
        person.name = f"writer {at}"
    first, acks = stated(desk), dict[str, list[Ack]]()
    gate = threading.Barrier(WRITERS)

    def go(person: Person) -> None:
        gate.wait()
        for claim, ack in writing(desk, person, claims, blind=blind):
            acks.setdefault(claim, []).append(ack)

    threads = [threading.Thread(target=go, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = stated(desk)
    assert acks
    return [
        one for claim, found in acks.items() for one in findings(first[claim], found, last[claim])
    ]


def present(desk: Desk, claim: str) -> str:
    with desk.database.reading() as session:
        return str(session.get_one(Claim, uuid.UUID(claim)).version)


def stated(desk: Desk) -> dict[str, str]:
    with desk.database.reading() as session:
        return {str(row.id): row.statement.get("zh", "") for row in session.scalars(select(Claim))}


def test_every_acknowledged_save_builds_upon_the_one_before_it(database: Database) -> None:
    assert told(Desk(database)) == []


def test_the_check_cries_when_nobody_looks_at_versions(sqlite_database: Database) -> None:
    assert told(Desk(sqlite_database), blind=True)


@pytest.mark.parametrize(
    ("acks", "last"),
    [
        ([Ack("a", "b"), Ack("a", "c")], "c"),
        ([Ack("a", "b"), Ack("x", "c")], "c"),
        ([Ack("a", "b")], "a"),
    ],
)
def test_a_fork_a_gap_and_a_lost_save_are_told(acks: list[Ack], last: str) -> None:
    assert findings("a", acks, last)
    assert findings("a", [Ack("a", "b"), Ack("b", "c")], "c") == []
