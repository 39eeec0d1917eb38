"""The nightly run belongs to the tests: without them the command says what to install."""

import sys

import pytest
from click.testing import CliRunner

from app.cli.check import check
from tests.nightly import command
from tests.nightly.findings import DESK, Finding


def test_without_the_tests_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tests.nightly.command", None)
    answer = CliRunner().invoke(check, ["--nightly"])
    assert answer.exit_code == 1
    assert "manage.py test" in answer.output


@pytest.mark.parametrize(("amiss", "code"), [(False, 0), (True, 3)])
def test_it_ends_with_3_where_something_was_found(
    monkeypatch: pytest.MonkeyPatch,
    amiss: bool,  # noqa: FBT001 - a column of the table.
    code: int,
) -> None:
    """The tools themselves run at night; here stands what one of them has seen."""
    run = command.Night(["probes"], 1, "sqlite", ())
    run.found = [Finding(hole.tool, hole.where, hole.rules[0], hole.place) for hole in run.holes()]
    run.found += [Finding("probes", DESK, "open-redirect", "GET /sign-in")] * amiss
    monkeypatch.setattr(command, "night", lambda *_arguments: run)
    answer = CliRunner().invoke(check, ["--nightly", "--tool", "probes"])
    assert answer.exit_code == code
    assert ("open-redirect GET /sign-in" in answer.output) is amiss
    told = CliRunner().invoke(check, ["--nightly", "--tool", "probes", "--json"])
    assert ('"good": true' in told.output) is not amiss
    assert CliRunner().invoke(check, ["--nightly", "--tool", "nmap"]).exit_code == 2
