"""What somebody reads who was signed in before the database died."""

from pathlib import Path

import pytest

from app.config import Settings
from app.db import Database
from tests.app.views.visit import Visit


@pytest.mark.parametrize("path", ["/queue", "/nothing-here"])
def test_a_dead_database_has_a_page_of_its_own(
    sqlite_database: Database, tmp_path: Path, path: str
) -> None:
    visit = Visit(sqlite_database)
    dead = {
        "DESK_HOME": str(tmp_path / "dead"),
        "DESK_DATABASE_URL": f"postgresql://nobody@/none?host={tmp_path}",
    }
    visit.app.extensions["database"] = Database(Settings.load(dead))
    page = visit.get(path, 503).text
    assert "系统正忙" in page
    assert "The desk is busy" in page
