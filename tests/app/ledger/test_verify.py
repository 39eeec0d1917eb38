"""Each attack is refused by the database or revealed by verification; honest work is neither."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.db import Database
from app.ledger.report import MOST_OF_A_KIND, Report
from app.ledger.verify import verify
from tests.app.ledger.attacks import ATTACKS
from tests.app.ledger.conftest import Opener
from tests.app.ledger.outsider import Attack, Outcome, carry_out, in_passing, on_a_copy
from tests.app.ledger.small import Note, Small, check


def named(attack: Attack) -> str:
    return attack.name + (", quietly" if attack.quiet else "")


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def victim(open_desk: Opener) -> Iterator[Database]:
    """One worked desk on PostgreSQL, in which every attack is rolled back."""
    database = open_desk("postgresql", "worked")
    assert check(database).findings == []
    yield database
    assert check(database).findings == []
    database.close()


def judge(attack: Attack, outcome: Outcome) -> None:
    if attack.refused:
        assert not outcome.went_through
        assert outcome.codes == set()
    else:
        assert outcome.codes & attack.codes, outcome


@pytest.mark.parametrize("attack", ATTACKS["sqlite"], ids=named)
def test_no_attack_on_sqlite_goes_unnoticed(small_desk: Opener, attack: Attack) -> None:
    """T-LED-1: every change past the program is told."""
    judge(attack, on_a_copy(small_desk("sqlite", "worked"), attack))


@pytest.mark.parametrize("attack", ATTACKS["postgresql"], ids=named)
def test_no_attack_on_postgresql_goes_unnoticed(victim: Database, attack: Attack) -> None:
    """T-LED-2: every change past the program is told."""
    judge(attack, in_passing(victim, attack))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_there_are_enough_attacks_and_none_twice(engine: str) -> None:
    names = [named(attack) for attack in ATTACKS[engine]]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_honest_work_has_no_findings_and_is_counted(worked: Database) -> None:
    report = check(worked)
    assert report.findings == []
    assert report.events == report.leaves
    assert report.rows == 9


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_a_change_from_a_shell_is_still_told_after_the_application_wrote(worked: Database) -> None:
    carry_out(worked, next(a for a in ATTACKS["sqlite"] if a.name == "a verdict changed by hand"))
    with worked.writing("editor:ana") as session:
        session.add(Note(id="later", title="later"))
    report = check(worked)
    assert report.codes == {"FOREIGN", "UNATTRIBUTED"}
    assert report.counts["FOREIGN"] == 1


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_a_ledger_under_another_key_is_not_believed(worked: Database) -> None:
    worked.key = b"x" * 32
    report = verify(worked, Small.metadata)
    assert report.codes == {"BAD_MAC"}
    assert report.counts["BAD_MAC"] == report.leaves


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_code_that_wants_other_triggers_says_so(worked: Database) -> None:
    Small.metadata.tables["receipt"].info.clear()
    try:
        report = verify(worked, Small.metadata)
    finally:
        Small.metadata.tables["receipt"].info["ledger"] = "unaudited"
    assert "TRIGGER" in report.codes


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
def test_the_product_verifies_clean(database: Database) -> None:
    import app.models  # noqa: PLC0415, F401 - the models say what is watched.

    with database.reading() as session:
        session.execute(text("SELECT 1"))
    report = verify(database)
    assert report.findings == []
    assert report.events > 1


def test_many_findings_of_one_kind_are_counted_not_kept() -> None:
    report = Report()
    for number in range(MOST_OF_A_KIND + 5):
        report.add("BAD_MAC", str(number))
    assert len(report.findings) == MOST_OF_A_KIND
    assert report.counts["BAD_MAC"] == MOST_OF_A_KIND + 5


def test_a_code_nobody_explained_is_an_error() -> None:
    with pytest.raises(KeyError):
        Report().add("ODD", "x")
