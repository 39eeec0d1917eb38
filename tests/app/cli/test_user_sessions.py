"""`manage.py user sign-out` ends the sessions of accounts, or of everybody."""

import pytest
from click.testing import CliRunner

from app.cli.user import user
from app.ledger import history
from tests.app.claim_desk import Desk


def test_sessions_of_one_or_of_all_end_at_once_and_on_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {name: desk.person(name) for name in ("li.wei", "zhang.min", "wang.fang")}
    monkeypatch.setattr("app.cli.user.opened", lambda: desk.database)
    run = CliRunner()
    assert run.invoke(user, ["sign-out"]).exit_code == 2
    assert run.invoke(user, ["sign-out", "li.wei"]).output == "li.wei: 1\n"
    assert {name: one.get("/queue").status_code for name, one in people.items()} == {
        "li.wei": 303,
        "zhang.min": 200,
        "wang.fang": 200,
    }
    assert "zhang.min: 1" in run.invoke(user, ["sign-out", "--everybody"]).output
    assert {one.get("/queue").status_code for one in people.values()} == {303}
    with desk.database.reading() as session:
        newest = history.entries(session, kind="act", limit=4)
    assert [entry.op for entry in newest] == ["signed_out_by_desk"] * 4
