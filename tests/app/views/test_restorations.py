"""An earlier value is put back as a new change, under the rules of any other."""

from decimal import Decimal

import pytest

from app.ledger import history
from claims.models import Claim, Comment, Evidence, Figure
from claims.vocabulary import Stage
from tests.app.claim_desk import Desk, submitted


def last_entry(desk: Desk, table: str, field: str) -> int:
    """The newest entry that changed a field of a table."""
    desk.database.seal()
    with desk.database.reading() as session:
        entries = history.entries(session, table=table, limit=200)
        return next(
            entry.eid for entry in entries if entry.op == "U" and field in (entry.new or {})
        )


def changed_figure(desk: Desk) -> int:
    with desk.database.writing("editor:wang.fang") as session:
        figure = session.get_one(Figure, desk.figure_id)
        figure.low = figure.high = Decimal("6.10")
        figure.stated_text = "6.10%"
    return last_entry(desk, "figure", "low")


def figure(desk: Desk) -> tuple[str, str]:
    with desk.database.reading() as session:
        found = session.get_one(Figure, desk.figure_id)
        return found.stated_text, str(found.low)


def test_a_figure_gets_its_earlier_value_and_the_history_keeps_both(any_desk: Desk) -> None:
    entry = changed_figure(any_desk)
    checker = any_desk.person("li.wei")
    page = checker.read(f"/audit/{entry}/restore")
    assert "6.10%" in page.text
    assert "5%" in page.text
    answer = checker.fill(f"/audit/{entry}/restore", "reason", reason="typed by mistake")
    assert answer.status_code == 303
    assert figure(any_desk) == ("5%", "5")
    any_desk.database.seal()
    timeline = checker.get("/audit").text
    assert f"entry #{entry} taken back" in timeline
    assert "typed by mistake" in timeline
    with any_desk.database.reading() as session:
        assert "typed by mistake" in session.query(Comment).one().body
        newest = history.entries(session, kind="row", pk=str(any_desk.figure_id), limit=2)
        assert [row.actor for row in newest] == ["editor:li.wei", "editor:wang.fang"]


def test_a_signed_claim_reopens_when_its_figure_is_put_back(any_desk: Desk) -> None:
    """T-2P: what was signed is another now."""
    entry = changed_figure(any_desk)
    submitted(any_desk, any_desk.person("li.wei"))
    reviewer = any_desk.person("zhang.min")
    assert reviewer.fill(f"{any_desk.path}/sign-off", "answer", answer="sign").status_code == 303
    assert any_desk.stage() is Stage.SIGNED_OFF
    answer = reviewer.fill(f"/audit/{entry}/restore", "reason", reason="the article says 5 %")
    assert answer.status_code == 303
    assert any_desk.stage() is Stage.CHECKING
    assert "Void:" in reviewer.read(any_desk.path).text


def test_what_somebody_changed_again_since_is_refused_cleanly(any_desk: Desk) -> None:
    entry = changed_figure(any_desk)
    checker = any_desk.person("li.wei")
    form = checker.open(f"/audit/{entry}/restore", "reason")
    with any_desk.database.writing("editor:zhang.min") as session:
        session.get_one(Figure, any_desk.figure_id).stated_text = "7%"
    answer = checker.send(form, reason="late")
    assert answer.status_code == 409
    assert figure(any_desk) == ("7%", "6.10")
    page = checker.read(f"/audit/{entry}/restore")
    assert "Changed again since." in page.text
    assert not [form for form in page.forms if "reason" in form.fields]
    assert any_desk.count(Comment) == 0


def test_two_people_putting_the_same_back_do_it_once(any_desk: Desk) -> None:
    entry = changed_figure(any_desk)
    one, two = any_desk.person("li.wei"), any_desk.person("zhang.min")
    forms = [person.open(f"/audit/{entry}/restore", "reason") for person in (one, two)]
    assert one.send(forms[0], reason="mine").status_code == 303
    assert two.send(forms[1], reason="mine too").status_code == 409
    assert any_desk.count(Comment) == 1


def test_a_withdrawal_can_be_taken_back(desk: Desk) -> None:
    checker = desk.person("li.wei")
    submitted(desk, checker)
    item = desk.first(Evidence)
    answer = checker.fill(f"/evidence/{item}/withdraw", "reason", reason="wrong file")
    assert answer.status_code == 303
    entry = last_entry(desk, "evidence", "withdrawn_by")
    assert checker.fill(f"/audit/{entry}/restore", "reason", reason="right file").status_code == 303
    with desk.database.reading() as session:
        found = session.get_one(Evidence, item)
        assert (found.withdrawn_by, found.withdrawal_reason) == (None, None)


def test_a_statement_comes_back_in_both_languages(desk: Desk) -> None:
    with desk.database.writing("editor:wang.fang") as session:
        before = desk.claim(session).statement
        desk.claim(session).statement = {"en": "Another.", "zh": "另一句。"}
    entry = last_entry(desk, "claim", "statement")
    assert (
        desk.person("li.wei").fill(f"/audit/{entry}/restore", "reason", reason="r").status_code
        == 303
    )
    with desk.database.reading() as session:
        assert desk.claim(session).statement == before


def test_values_that_do_not_fit_beside_those_of_today_are_refused(any_desk: Desk) -> None:
    with any_desk.database.writing("editor:wang.fang") as session:
        session.get_one(Figure, any_desk.figure_id).high = Decimal(9)
    entry = last_entry(any_desk, "figure", "high")
    with any_desk.database.writing("editor:wang.fang") as session:
        session.get_one(Figure, any_desk.figure_id).low = Decimal(8)
    checker = any_desk.person("li.wei")
    answer = checker.fill(f"/audit/{entry}/restore", "reason", reason="r")
    assert answer.status_code == 422
    assert "cannot stand beside" in answer.text
    assert figure(any_desk)[1] == "8"


def test_a_reason_is_needed_and_a_reviewer_without_the_right_is_refused(desk: Desk) -> None:
    entry = changed_figure(desk)
    checker = desk.person("li.wei")
    assert checker.fill(f"/audit/{entry}/restore", "reason", reason=" ").status_code == 422
    assert figure(desk)[0] == "6.10%"
    assert f"/audit/{entry}/restore" in checker.get(f"/audit/{entry}").text


@pytest.mark.parametrize("field", ["stage", "verification_status"])
def test_what_the_work_decides_is_not_put_back_by_itself(desk: Desk, field: str) -> None:
    """T-2P: stage and status are put back by nobody."""
    checker = desk.person("li.wei")
    submitted(desk, checker)
    entry = last_entry(desk, "claim", field)
    answer = checker.get(f"/audit/{entry}/restore")
    assert answer.status_code == 422
    assert "follow from the steps of the work" in checker.get(f"/audit/{entry}").text


def test_additions_decisions_and_rows_that_are_gone_are_not_put_back(desk: Desk) -> None:
    """T-2P: a signature is made, never restored."""
    checker = desk.person("li.wei")
    submitted(desk, checker)
    with desk.database.writing("editor:li.wei") as session:
        extra = Figure(
            claim=session.get_one(Claim, desk.claim_id),
            number=9,
            stated_text="x",
            material=False,
            created_by="editor:li.wei",
        )
        session.add(extra)
        session.flush()
        extra.stated_text = "y"
        session.flush()
        session.delete(extra)
    with desk.database.reading() as session:
        added = history.entries(session, table="assessment", limit=1)[0].eid
        gone = next(
            entry.eid
            for entry in history.entries(session, table="figure", limit=9)
            if entry.op == "U"
        )
    for entry in (added, gone):
        assert checker.get(f"/audit/{entry}/restore").status_code == 422
    assert checker.get("/audit/999999/restore").status_code == 404
