"""One act on many claims of the queue: one transaction, all or none, and the choice survives."""

import uuid

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from app.ledger.tables import EVENT, options
from app.selection import short, written
from claims.models import Claim, Contest
from claims.vocabulary import Stage
from tests.app.views.test_queue import claims
from tests.app.views.visit import Visit


def chosen(keys: list[uuid.UUID], version: int = 1) -> list[str]:
    return [short(key, version) for key in keys]


def holders(database: Database) -> list[str | None]:
    with database.reading() as session:
        return list(session.scalars(select(Claim.assignee).order_by(Claim.id)))


def test_fifty_rows_are_one_transaction_and_fifty_events_under_it_u28(database: Database) -> None:
    """U28: 50 rows = one transaction, 50 row events under one txn; one name to undo it by."""
    made = claims(database, 50)
    visit = Visit(database)
    answer = visit.post("/queue/bulk?stage=open", act="take", claims=chosen(made))
    assert answer.headers["Location"] == "/queue?stage=open"
    with visit.client.session_transaction() as kept:
        ((category, text),) = kept["_flashes"]
    assert text == "50 claims are yours now."
    with database.reading() as session:
        events = session.execute(
            select(EVENT.c.req, EVENT.c.xid, EVENT.c.op, EVENT.c.actor).where(
                EVENT.c.tbl == "claim", EVENT.c.op != "I"
            ),
            execution_options=options(session),
        ).all()
    assert len(events) == 50
    assert {(event.op, event.actor) for event in events} == {("U", visit.actor)}
    assert {event.req for event in events} == {category.removeprefix("undo:")}
    assert len({event.xid for event in events}) == 1


def test_one_that_cannot_stops_all_until_the_person_decides(database: Database) -> None:
    """api-15: one that cannot stops all."""
    made = claims(database, 3)
    other = Visit(database, Role.REVIEWER)
    other.post("/queue/bulk", act="take", claims=chosen(made[:1]))
    visit = Visit(database)
    page = visit.post("/queue/bulk?sort=risk", 409, act="take", claims=chosen(made)).text
    assert holders(database) == [other.actor, None, None]
    assert "1 of the 3 cannot have it; nothing was changed." in page
    assert "It is in the hands of The reviewer." in page
    assert "Do it for the 2 that can" in page
    assert f"chosen={written(dict.fromkeys(made, 1))}".replace("~", "%7E") in page.replace(
        "~", "%7E"
    )
    visit.post("/queue/bulk", act="take", claims=chosen(made[1:]), partly="1")
    assert holders(database) == [other.actor, visit.actor, visit.actor]


def test_what_is_missing_is_asked_for_and_the_choice_stays(sqlite_database: Database) -> None:
    made = claims(sqlite_database, 2)
    visit = Visit(sqlite_database)
    page = visit.post("/queue/bulk", 422, act="drop", claims=chosen(made)).text
    assert "Give a reason." in page
    assert all(f'name="claims" value="{one}"' in page for one in chosen(made))
    visit.post("/queue/bulk", act="drop", claims=chosen(made), reason="Cut by the author.")
    with sqlite_database.reading() as session:
        assert set(session.scalars(select(Claim.stage))) == {Stage.DROPPED}


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "take", "claims": ""},
        {"act": "take", "claims": "no-claim"},
        {"act": "take", "claims": "AAAA.1"},
        {"act": "steal"},
        {"act": "assign", "to": "editor:nobody"},
        {"act": "snooze", "aside": "99"},
        {"act": "due", "due": "tomorrow"},
        {"act": "contest", "why": "other", "side": "reader"},
    ],
)
def test_a_wrong_form_changes_nothing(sqlite_database: Database, fields: dict[str, str]) -> None:
    made = claims(sqlite_database)
    answer = Visit(sqlite_database).post("/queue/bulk", 422, **{"claims": chosen(made), **fields})
    assert "Nothing was changed" in answer.text
    assert holders(sqlite_database) == [None]


def test_more_than_one_act_takes_is_refused(sqlite_database: Database) -> None:
    """api-15: too many at once is refused whole."""
    many = [short(uuid.uuid4(), 1) for _ in range(151)]
    page = Visit(sqlite_database).post("/queue/bulk", 422, act="take", claims=many).text
    assert "At most 150 claims" in page


def test_claims_are_handed_over_put_aside_given_a_deadline_and_contested(
    database: Database,
) -> None:
    made = claims(database, 2)
    other, visit = Visit(database, Role.REVIEWER), Visit(database)
    picked = chosen(made)
    visit.post("/queue/bulk", act="assign", claims=picked, to=other.actor)
    assert holders(database) == [other.actor] * 2
    visit.post("/queue/bulk", act="snooze", claims=picked, aside="3")
    visit.post("/queue/bulk", act="due", claims=picked, due="2031-05-06 18:00")
    fields = {"why": "other", "side": "reader", "statement": "Not so."}
    visit.post("/queue/bulk", 303, act="contest", claims=picked, **fields)
    with database.reading() as session:
        assert len(session.scalars(select(Contest)).all()) == 2
    assert "2031-05-06" in visit.get("/queue?due=later").text


def test_a_lead_hands_over_what_another_took_and_a_checker_does_not(
    sqlite_database: Database,
) -> None:
    made = claims(sqlite_database)
    holder = Visit(sqlite_database, Role.REVIEWER)
    holder.post("/queue/bulk", act="take", claims=chosen(made))
    Visit(sqlite_database).post("/queue/bulk", 409, act="release", claims=chosen(made))
    lead = Visit(sqlite_database, Role.DESK_LEAD)
    lead.post("/queue/bulk", act="assign", claims=chosen(made), to=lead.actor)
    assert holders(sqlite_database) == [lead.actor]


def test_each_act_wants_its_own_permission(sqlite_database: Database) -> None:
    """T-2P: an act on many is no way around, and none of them signs."""
    made = chosen(claims(sqlite_database))
    reporter = Visit(sqlite_database, Role.REPORTER)
    reporter.post("/queue/bulk", 403, act="take", claims=made)
    reporter.post("/queue/bulk", act="snooze", claims=made, aside="1")
    Visit(sqlite_database, Role.REVIEWER).post("/queue/bulk", 422, act="sign", claims=made)
    auditor = Visit(sqlite_database, Role.AUDITOR)
    assert "Take them" not in auditor.get("/queue").text
    auditor.post("/queue/bulk", 403, act="snooze", claims=made, aside="1")


def said(visit: Visit) -> list[tuple[str, str]]:
    """What the next page would say, taken away."""
    with visit.client.session_transaction() as kept:
        return list(kept.pop("_flashes"))


def test_the_same_form_sent_twice_acts_once(sqlite_database: Database) -> None:
    made = chosen(claims(sqlite_database))
    visit = Visit(sqlite_database)
    visit.post("/queue/bulk", act="take", claims=made, receipt="once")
    first = said(visit)
    visit.post("/queue/bulk", act="take", claims=made, receipt="once")
    assert said(visit) == first


def test_the_choice_survives_turning_the_page_without_a_script(sqlite_database: Database) -> None:
    made = claims(sqlite_database, 53)
    visit = Visit(sqlite_database)
    first = visit.get("/queue.json").json
    assert first is not None
    following = first["next"].replace(".json", "")
    picked = chosen(made[:2])
    turned = visit.post("/queue/choice", claims=picked, to=following).headers["Location"]
    second = visit.get(turned).text
    assert "2 chosen" in second
    assert all(f'value="{one}" data-elsewhere' in second for one in picked)
    back = visit.get("/queue", query_string={"chosen": "~".join(picked)}).text
    assert back.count("checked data-key") == 2
    table = visit.post("/queue/export", claims=picked).headers["Location"]
    assert len(visit.get(table).text.strip().splitlines()) == 3
