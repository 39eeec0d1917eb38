"""A claim and its figures are edited on the page: every part, two people at once, and removed."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.ledger.verify import verify
from claims.figures import ChangeKind, Comparator, ObservationStatus, Role
from claims.models import Claim, Figure
from claims.status import VerificationStatus
from claims.vocabulary import Stage
from tests.app.browser import Person, Reader, the_json
from tests.app.claim_desk import Desk, submitted


def figure(desk: Desk, number: int = 1) -> Figure:
    with desk.database.reading() as session:
        query = select(Figure).where(Figure.claim_id == desk.claim_id, Figure.number == number)
        return session.scalars(query).one()


def test_every_part_of_a_figure_is_typed_and_comes_back(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    typed = {
        "stated_text": "约20万亿韩元",
        "reading": "printed",
        "role": "base",
        "period": "2024-10",
        "period_note": "counted from the article",
        "subject": "SK hynix",
        "measure": "revenue",
        "geography": "Korea",
        "basis": "consolidated",
        "observation_status": "forecast",
        "change_kind": "level",
    }
    answer = checker.fill(f"{desk.path}/figures/new", "stated_text", **typed)
    assert answer.status_code == 303, Reader(answer.text).text
    row = figure(desk, 2)
    assert (row.comparator, row.low, row.unit) == (Comparator.ABOUT, Decimal(20 * 10**12), "KRW")
    assert (row.multiplier, row.role, row.period) == (12, Role.BASE, "2024-10")
    assert (row.observation_status, row.change_kind) == (
        ObservationStatus.FORECAST,
        ChangeKind.LEVEL,
    )
    assert (row.geography, row.basis) == ({"en": "Korea"}, {"en": "consolidated"})
    form = checker.open(f"/figures/{row.id}/edit", "stated_text")
    kept = {name: form.fields[name] for name in typed}
    assert kept == {name: [value] for name, value in typed.items()}
    assert (form.fields["low"], form.fields["power"]) == (["20"], ["12"])
    assert checker.send(form).status_code == 303
    assert figure(desk, 2).low == row.low
    assert verify(desk.database).findings == []


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ({"reading": "typed", "figure": "5–10 家"}, Decimal(5), Decimal(10)),
        ({"reading": "parts", "comparator": "over", "low": "6"}, Decimal(6), None),
        ({"reading": "none"}, None, None),
        ({"stated_text": "7.5%", "reading": "printed"}, Decimal("7.5"), Decimal("7.5")),
    ],
)
def test_its_number_is_read_the_way_that_is_chosen(
    desk: Desk, checker: Person, typed: dict[str, Any], low: Decimal | None, high: Decimal | None
) -> None:
    answer = checker.fill(f"/figures/{desk.figure_id}/edit", "stated_text", **typed)
    assert answer.status_code == 303, Reader(answer.text).text
    assert (figure(desk).low, figure(desk).high) == (low, high)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"stated_text": "a lot"}, "stated_text", "cannot be read"),
        ({"reading": "printed", "low": "6"}, "reading-0", "Parts below were changed"),
        ({"reading": "parts", "stated_text": "6%"}, "reading-0", "former number"),
        ({"reading": "parts", "comparator": "range", "low": "6"}, "high", ""),
        ({"period": "soon"}, "period", "2024-10"),
        ({"role": "from"}, "partner", "come in pairs"),
        ({"stated_text": "5\u202e%"}, "stated_text", "U+202E"),
    ],
)
def test_bad_input_is_named_and_kept_and_nothing_is_stored(
    desk: Desk, checker: Person, typed: dict[str, str], field: str, said: str
) -> None:
    before = figure(desk)
    answer = checker.fill(f"/figures/{desk.figure_id}/edit", "stated_text", **typed)
    page = Reader(answer.text)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert said in page.text
    kept = page.form("stated_text").fields
    assert all(kept[name] == [value] for name, value in typed.items())
    assert (figure(desk).stated_text, figure(desk).version) == (before.stated_text, before.version)


def test_two_people_at_one_figure_see_both_texts(any_desk: Desk) -> None:
    desk = any_desk
    checker, reviewer = desk.person("li.wei"), desk.person("zhang.min")
    edit = f"/figures/{desk.figure_id}/edit"
    mine, theirs = checker.open(edit, "stated_text"), reviewer.open(edit, "stated_text")
    assert reviewer.send(theirs, stated_text="6%", reading="printed").status_code == 303
    clash = checker.send(mine, basis="by revenue")
    assert clash.status_code == 409
    assert "6%" in clash.text
    assert "by revenue" in clash.text
    page = Reader(clash.text).form("stated_text")
    page.fields["stated_text"], page.fields["low"] = ["6%"], ["6"]
    assert checker.send(page).status_code == 303
    assert (figure(desk).low, figure(desk).basis) == (Decimal(6), {"en": "by revenue"})


def test_an_edit_after_the_signature_voids_it_and_its_author_cannot_sign(any_desk: Desk) -> None:
    desk = any_desk
    checker, reviewer = desk.person("li.wei"), desk.person("zhang.min")
    submitted(desk, checker)
    assert reviewer.fill(f"{desk.path}/sign-off", "answer", answer="sign").status_code == 303
    assert desk.stage() is Stage.SIGNED_OFF
    lead = desk.person("wang.fang")
    edit = f"/figures/{desk.figure_id}/edit"
    assert lead.fill(edit, "stated_text", stated_text="6%", reading="printed").status_code == 303
    assert desk.stage() is Stage.CHECKING
    assert figure(desk).verification_status is VerificationStatus.UNCHECKED
    page = Reader(reviewer.get(desk.path).text)
    assert "Void:" in page.text
    submitted(desk, checker)
    assert lead.fill(f"{desk.path}/sign-off", "answer", answer="sign").status_code == 403


def test_a_removed_figure_is_struck_with_its_reason(desk: Desk, checker: Person) -> None:
    path = f"/figures/{desk.figure_id}/remove"
    assert checker.fill(path, "reason", reason=" ").status_code == 422
    assert checker.fill(path, "reason", reason="the text does not say so").status_code == 303
    page = checker.get(desk.path).text
    assert "the text does not say so" in page
    assert "<s " in page
    assert checker.get(f"/figures/{desk.figure_id}/edit").status_code == 404
    assert the_json(checker, desk.path + ".json")["figures"] == []


def test_a_statement_is_edited_in_both_languages(desk: Desk, checker: Person) -> None:
    edit = f"{desk.path}/edit"
    form = checker.open(edit, "statement_zh")
    assert form.fields["statement_en"] == ["The share was 5 % in 2024."]
    other = checker.open(edit, "statement_zh")
    assert checker.send(form, statement_zh="份额为 5%，按营收。").status_code == 303
    with desk.database.reading() as session:
        said = session.get_one(Claim, desk.claim_id).statement
    assert said == {"zh": "份额为 5%，按营收。", "en": "The share was 5 % in 2024."}
    clash = checker.send(other, statement_en="It was 5 %.")
    assert clash.status_code == 409
    assert "份额为 5%，按营收。" in clash.text
    assert "It was 5 %." in clash.text


def test_who_may_not_check_sees_no_way_to_edit(desk: Desk) -> None:
    approver = desk.person("zhang.min")
    assert "/edit" in approver.get(desk.path).text
    with desk.database.writing("system:test") as session:
        session.get_one(Claim, desk.claim_id).stage = Stage.DROPPED
    assert f"/figures/{desk.figure_id}/edit" not in approver.get(desk.path).text
