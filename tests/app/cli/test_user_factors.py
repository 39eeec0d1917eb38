"""`manage.py user factor` lists second factors, removes lost ones, and renews the seeds' key."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from app.accounts import totp
from app.accounts.factor_keys import FactorKeys
from app.accounts.factor_models import Factor
from app.cli.user import user
from app.db import Database
from app.ledger import history
from tests.app.views.second import Telephone
from tests.app.views.visit import Visit


def run(*arguments: str) -> Any:
    return CliRunner().invoke(user, ["factor", *arguments])


def test_factors_are_listed_their_key_renewed_and_lost_ones_removed(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-SEC: after a rotation the old key is gone, every telephone works, and no seed is told."""
    monkeypatch.setattr("app.cli.user.opened", lambda: sqlite_database)
    assert "0 seeds" in run("rotate").output
    visit = Visit(sqlite_database)
    telephone, keys = Telephone(visit), FactorKeys(sqlite_database.settings.factor_key_file)
    listed = run("list", "--json").output
    (one,) = json.loads(listed)["factors"]
    assert (one["account"], one["kind"], one["name"]) == (visit.name, "totp", "my telephone")
    assert run("list", visit.name).output.startswith(f"{visit.name}\ttotp\tmy telephone\t")
    assert run("list", "nobody.here").exit_code == 1
    before = sqlite_database.settings.factor_key_file.read_bytes()
    turned = run("rotate", "--json").output
    assert json.loads(turned) == {"seeds": 1, "retired": 1}
    assert sqlite_database.settings.factor_key_file.read_bytes() != before
    with sqlite_database.reading() as session:
        row = session.query(Factor).one()
        assert totp.seed(keys, row) == telephone.seed
        assert history.entries(session, kind="act", limit=1)[0].op == "rotate"
    assert telephone.seed not in listed + turned
    assert run("reset", visit.name).output == f"{visit.name}: 1\n"
    assert visit.client.get("/queue").status_code == 303
    assert json.loads(run("list", "--json").output) == {"factors": []}
    assert run("reset", visit.name).exit_code != 0
    with sqlite_database.reading() as session:
        newest = history.entries(session, kind="act", limit=1)[0]
    assert (newest.op, str(newest.actor).partition("/")[0]) == ("factors_reset", "system:cli")
