"""The migrations' page says whether the file that ran is still on disk, and what it rewrote."""

from typing import Any

import pytest

from app.accounts.roles import Role
from app.db import Database
from app.migration_history import FileState, file_state
from tests.app.views.visit import Visit


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, FileState.SAME),
        ({"sha256": "0" * 64}, FileState.OTHER),
        ({"file": "0001_gone.py"}, FileState.GONE),
        ({"file": None}, FileState.NONE),
    ],
)
def test_the_file_on_disk_is_compared(
    sqlite_database: Database, change: dict[str, Any], state: FileState
) -> None:
    visit = Visit(sqlite_database, Role.AUDITOR)
    found = visit.get("/audit/migrations.json").json
    assert found is not None
    story = found["migrations"][-1]["story"]
    assert story["file"] == "0001_ledger.py"
    assert file_state({**story, **change}) is state


def test_every_revision_is_listed_with_its_desk_around_it(database: Database) -> None:
    visit = Visit(database, Role.AUDITOR)
    page = visit.get("/audit/migrations").text
    assert "on disk, unchanged" in page
    found = visit.get("/audit/migrations.json").json
    assert found is not None
    assert found["revision"] == found["head"]
    for step in found["migrations"]:
        assert step["file_on_disk"] == "same"
        assert f"/audit?at={step['seq']}" in page
        then = visit.get(f"/audit.json?at={step['seq'] + 1}").json
        assert then is not None
        assert then["schema"] == step["story"]["to"][0]
