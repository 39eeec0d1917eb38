"""T-ROLE: every address, asked in every role, answers what ``docs/access.csv`` says."""

from collections.abc import Iterator

import pytest

from app.accounts.roles import permissions
from app.permissions import permission_of
from tests.app.access.asks import Ask
from tests.app.access.desk import AccessDesk
from tests.app.access.rounds import Rounds
from tests.app.access.table import COLUMNS, ROLES, Cells, Row, is_let_in, read
from tests.engines import OPENERS

NOTHING_CHANGES = {
    "accounts.language": "a cookie, and a column of one's own account",
    "accounts.sign_out": "the session alone",
    "captures.ask": "where one is under way, it is that one",
    "looks.look": "a source that is not watched is not looked at",
    "queue.rows": "a cookie",
    "queue_bulk.choice": "leads to the list with what is ticked in its address",
    "queue_bulk.export": "leads to the file",
    "verifying.verify": "a file is checked, and not kept",
    "watching.edit": "a note of who is there, which nobody keeps",
}
"""What is let in, writes, and leaves the rows of the record as they were; with the reason."""


@pytest.fixture(scope="module")
def rounds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rounds]:
    home = tmp_path_factory.mktemp("access") / "desk"
    database = OPENERS["sqlite"](request, home, [], "schema")
    yield Rounds(AccessDesk(database))
    database.close()


@pytest.fixture(scope="module")
def table() -> dict[Row, Cells]:
    return read()


def wrong(ask: Ask, cell: str, line: Cells, column: str) -> list[str]:
    """What an answer has of another than the table says."""
    if cell == line[column]:
        return []
    about = "" if ask.about == "-" else f" ({ask.about})"
    return [f"{ask.method} {ask.rule}{about} for {column}: {cell}, not {line[column]}"]


def test_every_address_has_its_rows_and_every_row_its_address(
    rounds: Rounds, table: dict[Row, Cells]
) -> None:
    """T-ROLE: a route nobody thought about does not pass, nor does a row of one that is gone."""
    asked = {ask.row for ask in rounds.asks}
    assert asked - table.keys() == set(), "add these rows to docs/access.csv"
    assert table.keys() - asked == set(), "these rows of docs/access.csv name nothing"
    for ask in rounds.asks:
        assert table[ask.row]["needs"] == permission_of(rounds.desk.app, ask.endpoint)


def test_a_role_is_let_in_only_where_its_permissions_let_it(table: dict[Row, Cells]) -> None:
    """T-ROLE: the table itself says nothing that the roles do not."""
    for row, line in table.items():
        for column, role in ROLES.items():
            if line["needs"] not in permissions({role}) and row[0] != "/static/<path:filename>":
                assert line[column] == "403", (row, column)
    assert not [row for row, line in table.items() if any("50" in line[one] for one in COLUMNS)]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_address_answers_as_the_table_says(
    rounds: Rounds, table: dict[Row, Cells], column: str
) -> None:
    """T-ROLE: with a valid form, and what is refused leaves every row as it was."""
    rounds.begin(column)
    before, found = rounds.state(), list[str]()
    shown, done = list[Ask](), list[Ask]()
    for ask in rounds.asks:
        (done if ask.writes and is_let_in(table[ask.row][column]) else shown).append(ask)
    for ask in shown:
        found += wrong(ask, rounds.ask(ask, column), table[ask.row], column)
    after = rounds.state()
    assert [name for name in before if before[name] != after[name]] == [], "\n".join(found)
    for ask in done:
        found += wrong(ask, attempted(rounds, ask, column, table), table[ask.row], column)
    assert found == [], "\n".join(found)


def attempted(rounds: Rounds, ask: Ask, column: str, table: dict[Row, Cells]) -> str:
    """The answer to what is to be let in; once more from the beginning, where others were first."""
    cell = rounds.ask(ask, column)
    if cell == table[ask.row][column]:
        return cell
    rounds.begin(column)
    return rounds.ask(ask, column)
