"""The demo is a demo in every setting: it accepts a weak secret, and fetches nothing unasked."""

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from app.cli import commands, demo
from tests.engines import Maker

if TYPE_CHECKING:
    from app.config import Settings


def test_the_demo_looks_at_nobodys_site_by_itself(
    make_database: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_database("sqlite", holding="sample").settings.home
    monkeypatch.setenv("DESK_HOME", str(home))
    monkeypatch.setenv("DESK_SECRET_KEY", "weak")
    served: list[Settings] = []
    monkeypatch.setattr(demo, "run", lambda chosen, _host, _port: served.append(chosen))
    told = CliRunner().invoke(commands, ["demo"])
    assert told.exit_code == 0, told.output
    assert [(one.demo, one.watch, one.secret_key) for one in served] == [(True, False, "weak")]
