"""Formulas on the claim's page: tried, kept, withdrawn, and attached as evidence."""

from app.ledger.verify import verify
from claims.models import Evidence, FormulaCheck
from tests.app.browser import Person, Reader, the_json
from tests.app.claim_desk import Desk, attach


def test_a_formula_is_tried_without_being_kept(desk: Desk, checker: Person) -> None:
    new = f"{desk.path}/formulas/new"
    tried = checker.fill(new, "formula", formula="F1 * 2 = F1", act="try")
    assert tried.status_code == 200
    assert "It does not hold." in Reader(tried.text).text
    assert desk.count(FormulaCheck) == 0
    wrong = checker.fill(new, "formula", formula="F1 = F7", act="try")
    assert wrong.status_code == 422
    assert 'href="#formula"' in wrong.text
    assert "no figure F7" in wrong.text


def test_a_kept_formula_stands_on_the_page_and_is_withdrawn_with_a_reason(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    new = f"{desk.path}/formulas/new"
    answer = checker.fill(new, "formula", formula="F1 * 2 = F1", note="twice?")
    assert answer.status_code == 303
    page = checker.read(desk.path).text
    assert "It does not hold." in page
    assert "does not hold: 9 % – 11 % on the left" in page
    twin = the_json(checker, desk.path + ".json")["formulas"]
    assert [(row["formula"], row["holds"]) for row in twin] == [("F1 * 2 = F1", False)]
    path = f"/formulas/{desk.first(FormulaCheck)}/withdraw"
    assert checker.fill(path, "reason", reason=" ").status_code == 422
    assert checker.fill(path, "reason", reason="a slip").status_code == 303
    assert "a slip" in checker.get(desk.path).text
    assert verify(desk.database).findings == []


def test_a_calculation_is_attached_edited_and_names_its_formula(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    attach(desk, checker, figure="10%", period="2024")
    given = {"formula": "E1 / 2", "stance": "supports", "addresses": str(desk.figure_id)}
    new = f"{desk.path}/calculations/new"
    assert checker.fill(new, "formula", **{**given, "formula": "E9"}).status_code == 422
    assert checker.fill(new, "formula", **given).status_code == 303
    page = checker.read(desk.path).text
    assert "E1 / 2" in page
    assert "Calculation" in page
    item = the_json(checker, desk.path + ".json")["evidence"][1]
    edit = f"/evidence/{item['id']}/edit"
    assert checker.get(edit).headers["Location"].endswith("/calculation")
    mine = checker.open(f"/evidence/{item['id']}/calculation", "formula")
    assert checker.fill(f"/evidence/{item['id']}/calculation", "formula", formula="E1 / 4")
    clash = checker.send(mine, formula="E1 / 5")
    assert clash.status_code == 409
    assert "E1 / 4" in clash.text
    assert "E1 / 5" in clash.text
    assert desk.count(Evidence) == 2
    assert verify(desk.database).findings == []
