"""What the desk knows of a file that somebody brings: its number, its act, and what came since."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.appendix_issue import issues
from app.appendix_issue.recognizing import examined, recognize
from app.config import Settings
from app.db import Database
from app.exports.verifier.findings import Report
from claims.models import Claim
from claims.vocabulary import Profile
from sources.registry import add_source
from tests.app.exports.verifier.issued import BY, FORMS, Issued
from tests.claims import newsroom


@pytest.fixture
def copies(issued: Issued, tmp_path: Path) -> Iterator[Callable[[str], Issued]]:
    """The same desk once more, under a name, which a test may change."""
    opened = []

    def copied(name: str) -> Issued:
        shutil.copytree(issued.folder.parent, tmp_path / name)
        database = Database(Settings.load({"DESK_HOME": str(tmp_path / name)}))
        opened.append(database)
        return Issued(database, tmp_path / name / issued.folder.name, issued.article)

    yield copied
    for database in opened:
        database.close()


@pytest.fixture
def copied(copies: Callable[[str], Issued]) -> Issued:
    return copies("desk")


def known(desk: Issued, file: Path, by: str = BY) -> Report:
    report, checked = examined(desk.database, file)
    recognize(desk.database, desk.store, file, checked, report, by=by)
    return report


def facts(desk: Issued, file: Path, by: str = BY) -> dict[str, Any]:
    found: dict[str, Any] = known(desk, file, by).facts["desk"]
    return found


@pytest.mark.parametrize("ending", ["html", "json"])
def test_the_very_file_is_known_by_its_bytes(issued: Issued, ending: str) -> None:
    report = known(issued, issued.path("legal", ending))
    assert report.findings == []
    desk = report.facts["desk"]
    assert (desk["very_file"], desk["made_as"], desk["replaced_by"]) == (True, ending, None)
    assert not any(desk["changed_since"].values())


def test_what_changed_since_and_what_replaced_it_are_told(copied: Issued) -> None:
    file = copied.path("legal", "json")
    with copied.database.writing(BY) as session:
        claim = session.scalars(select(Claim).order_by(Claim.number)).first()
        assert claim is not None
        claim.statement = {"en": "Something else."}
        number = claim.number
    desk = facts(copied, file)
    assert desk["changed_since"]["changed"] == [number]
    assert desk["replaced_by"] is None


def test_nothing_is_told_of_another_number_that_is_written_into_a_file(
    copied: Issued, tmp_path: Path
) -> None:
    copied.make(Profile.INTERNAL, FORMS["json"])
    document = copied.document()
    document["issue"]["number"] = 3
    file = tmp_path / "a.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    report = known(copied, file)
    assert "ALTERED_TEXT" in report.names()
    assert report.facts["desk"]["replaced_by"] is None
    with copied.database.reading() as session:
        assert issues.issued(session, copied.article, 3).profile is Profile.INTERNAL
    assert not any(report.facts["desk"]["changed_since"].values())


def test_in_which_claims_a_source_was_named_is_told_to_those_alone_who_may_know_it(
    copied: Issued,
) -> None:
    with copied.database.writing(BY) as session:
        source = add_source(session, by=BY, title="Deep Throat", confidential=True)
        claim = session.scalars(select(Claim).order_by(Claim.number)).first()
        assert claim is not None
        newsroom.attached(session, claim).source_id = source.id
    copied.make(Profile.INTERNAL, FORMS["json"])
    file = copied.path("internal", "json")
    assert not any(facts(copied, file)["changed_since"].values())
    assert facts(copied, file, "editor:wu.yi")["changed_since"] is None


def test_an_issue_knows_the_newest_that_stands_in_its_place(copied: Issued) -> None:
    old = copied.path("legal", "html")
    with copied.database.writing(BY) as session:
        for claim in session.scalars(select(Claim)):
            claim.statement = {"en": "Something else."}
    copied.make(Profile.LEGAL, FORMS["json"])
    assert facts(copied, old)["replaced_by"] == 3
    assert facts(copied, copied.path("legal", "json"))["replaced_by"] is None


def test_a_number_that_is_not_in_the_register_is_unknown(issued: Issued, copied: Issued) -> None:
    copied.make(Profile.INTERNAL, FORMS["json"])
    report = known(issued, copied.path("internal", "json"))
    assert [(one.name, one.place) for one in report.findings] == [("UNKNOWN_NUMBER", "No. 3")]
    assert "No. 2" in report.findings[0].words("en")
    assert "第 2 号" in report.findings[0].words("zh")


def test_a_ledger_that_went_another_way_does_not_hold_the_act(
    copies: Callable[[str], Issued],
) -> None:
    one, two = copies("one"), copies("two")
    for desk in (one, two):
        desk.make(Profile.INTERNAL, FORMS["json"])
    report = known(two, one.path("internal", "json"))
    assert report.names() == ["NOT_IN_LEDGER"]
    assert report.facts["desk"]["very_file"] is False
