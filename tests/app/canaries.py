"""Planted secrets, what the desk leaves lying about of a day with them, and a search through it."""

import base64
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import flask
import psycopg
from click.testing import CliRunner
from sqlalchemy import inspect, select
from werkzeug.test import TestResponse

from app.accounts import totp
from app.accounts.factor_keys import FactorKeys
from app.accounts.key_cookie import KEY
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.appendix_issue.issuing import issue
from app.appendix_issue.making import make_now
from app.appendix_issue.wish import Wish
from app.cli import commands
from app.db import Database
from app.ledger.tables import driver
from app.logs import init_logs
from claims.models import Appendix
from claims.vocabulary import Profile
from sources.confidential_models import Contact
from sources.registry import add_source
from sources.store import Store
from tests.app.appendix_issue.newsdesk import Newsdesk
from tests.app.browser import Person, Reader
from tests.app.claim_desk import Desk
from tests.app.ledger.outsider import SQLITE
from tests.engines import data_folder

KEEPER = "editor:li.wei"
CONTACT = "Zibellina-4711-石墨烯"
PASSWORD = "Haversack-9902-passphrase"
WRONG = "Quincunx-3381-passphrase"
ENOUGH = 12
"""Bytes of a form of a secret at least, for a hit to be none by chance."""


def spellings(secret: str) -> set[bytes]:
    """A secret as it may stand somewhere: plain, escaped, in base64 at any place, in hex, wide."""
    plain = secret.encode()
    found = {
        plain,
        secret.encode("utf-16-le"),
        secret.encode("utf-16-be"),
        json.dumps(secret)[1:-1].encode(),
        quote(secret, safe="").encode(),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    }
    for before in range(3):
        text = base64.b64encode(b"\0" * before + plain)
        # What the neighbours of a secret change about its first and last digits is left out.
        whole = text[(before * 4 + 2) // 3 + (1 if before else 0) : -4]
        found |= {whole, whole.translate(bytes.maketrans(b"+/", b"-_"))}
    return {one for one in found if len(one) >= ENOUGH}


def hits(secrets: Mapping[str, str], places: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Which secret stands in which place."""
    known = {name: spellings(secret) for name, secret in secrets.items()}
    return {
        (name, place)
        for place, data in places.items()
        for name, forms in known.items()
        if any(form in data for form in forms)
    }


class Day:
    """A day on which secrets go through every form that takes one, rightly and wrongly."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.database, self.folder = desk, desk.database, folder
        self.secrets: dict[str, str] = {"contact": CONTACT, "password": PASSWORD, "wrong": WRONG}
        self.answers: list[bytes] = []
        init_logs(desk.app)
        with self.database.writing("system:test") as session:
            for name, roles in (("chen.mo", {Role.ADMIN}), ("he.hua", {Role.CHECKER})):
                made = {"name": name, "display_name": name, "password": PASSWORD}
                add_account(session, **made, roles=roles, by="system:test")
            source = add_source(session, by="editor:he.hua", title="Somebody", confidential=True)
            self.page = f"/sources/{source.key}/contacts"
        self.article = Newsdesk(self.database, 1).key

    def kept(self, answer: TestResponse) -> TestResponse:
        """Note an answer in which no secret may stand."""
        headers = str(answer.headers).replace(answer.headers.get("Set-Cookie", "\0"), "")
        self.answers.append(answer.data + headers.encode())
        return answer

    def passes(self) -> None:
        """Do it all."""
        self.person = Person(self.desk.app, "he.hua", password=PASSWORD)
        self._sign_ins()
        self._contact()
        self._token()
        self._link()
        self._cookie()
        self._looks_around()

    def _sign_ins(self) -> None:
        client = self.desk.app.test_client()
        for typed in ({"name": WRONG}, {"name": "he.hua", "password": WRONG}, {"password": WRONG}):
            form = Reader(client.get("/sign-in").text).form("password")
            answer = client.post("/sign-in", data={**form.fields, **typed})
            if "name" not in typed or "password" in typed:
                self.kept(answer)
        change = {"old": WRONG, "password": WRONG, "again": f"{WRONG}x"}
        self.kept(self.person.fill("/account/password", "old", **change))

    def _contact(self) -> None:
        """Kept, refused, without a session, without a key, read, and destroyed."""
        typed = dict.fromkeys(("name", "channel", "phone", "address", "note"), CONTACT)
        opened = self.person.open(self.page, "channel")
        bad = {**typed, "note": f"{CONTACT}\u202e"}
        assert self.person.send(opened, **bad).status_code == 422
        assert self.person.send(self.person.open(self.page, "channel"), **typed).status_code == 303
        stranger = self.desk.app.test_client()
        self.kept(stranger.post(self.page, data={**opened.fields, **typed}))
        self.kept(self.person.client.post(self.page, data={**typed, "csrf_token": "forged"}))
        keys = self.database.settings.contact_key_file
        keys.chmod(0o644)
        self.person.send(self.person.open(self.page, "channel"), **typed)
        keys.chmod(0o600)
        read = next(one for one in self.person.read(self.page).forms if "/read" in one.action)
        assert CONTACT in self.person.send(read).text
        token = {"csrf_token": opened.fields["csrf_token"][0]}
        kept = self.person.client.put("/drafts/contact/x", data={**typed, **token})
        assert self.kept(kept).status_code == 404
        gone = self.person.read(self.page).forms
        destroyed = next(one for one in gone if one.action.endswith("/destroy"))
        with self.database.reading() as session:
            row = session.scalars(select(Contact).order_by(Contact.id)).first()
            assert row is not None
            assert row.sealed
            assert row.wrapped_key
            self.destroyed = (bytes(row.sealed), bytes(row.wrapped_key))
        self.person.send(self.person.open(self.page, "channel"), **typed)
        self.kept(self.person.send(destroyed))

    def _token(self) -> None:
        made = self.person.fill("/account/tokens", "scopes", name="Board", scopes="read")
        found = re.search(r"desk_[\w-]{30,}", made.text)
        assert found is not None
        self.secrets["token"] = text = found[0]
        client = self.desk.app.test_client()
        for words in (f"Bearer {text}", f"Bearer {text}x", f"Basic {text}"):
            self.kept(client.get("/queue.json", headers={"Authorization": words}))
        # Whoever sends a secret in an address finds it in the way back to that very address.
        client.get(f"/no-such-page?token={text}")
        self.kept(client.post("/queue", headers={"Authorization": f"Bearer {text}"}))

    def _link(self) -> None:
        chief = Person(self.desk.app, "chen.mo", password=PASSWORD)
        invited = {"name": "new.one", "display_name": "New", "roles": "checker"}
        made = chief.fill("/admin/accounts/new", "display_name", **invited)
        found = re.search(r"/sign-in/link/([\w-]{30,})", made.text)
        assert found is not None, made.text
        self.secrets["link"], address = found[1], found[0]
        client = self.desk.app.test_client()
        form = Reader(client.get(address).text).form("again")
        client.post(address, data={**form.fields, "password": "short", "again": "short"})
        client.post(address, data={**form.fields, "password": PASSWORD, "again": PASSWORD})
        client.get(address)
        client.get(f"{address}x")

    def _cookie(self) -> None:
        cookie = self.person.client.get_cookie("desk_session")
        assert cookie is not None
        self.secrets["cookie"] = cookie.value
        given = {"Cookie": f"desk_session={cookie.value}"}
        with self.desk.app.test_request_context(headers=given):
            self.secrets["session"] = flask.session[KEY]
        settings = self.database.settings
        factors = FactorKeys(settings.factor_key_file)
        with self.database.writing("editor:he.hua") as session:
            owner = session.scalars(select(Account).where(Account.name == "he.hua")).one()
            made = totp.begin(session, factors, owner, "Telephone", by=owner.actor)
            self.secrets["seed"] = totp.seed(factors, made)
        self.secrets["factor key"] = settings.factor_key_file.read_text().split()[1]
        self.secrets["secret key"] = settings.secret_key
        self.secrets["ledger key"] = settings.ledger_key_file.read_text().strip()
        self.secrets["contact key"] = settings.contact_key_file.read_text().split()[1]

    def _looks_around(self) -> None:
        """What pages, twins and answers of errors show afterwards."""
        chief = Person(self.desk.app, "chen.mo", password=PASSWORD)
        pages: tuple[str, ...] = (
            "/audit",
            "/audit.json",
            "/audit?kind=security",
            "/admin/health.json",
        )
        pages += ("/audit/questions/confidential-reads", "/audit/questions/security.csv")
        pages += ("/admin/accounts.json", "/admin/tokens.json", f"/search.json?q={CONTACT[:6]}")
        for path in (*pages, f"{self.page}x", "/drafts/contact/x"):
            self.kept(chief.get(path))
        store = Store(self.database.settings.store)
        for profile in Profile:
            made = issue(self.database, store, Wish(self.article, profile), by=KEEPER)
            if profile is Profile.INTERNAL:
                with self.database.reading() as session:
                    row = session.get_one(Appendix, made.key)
                for form in ("md", "html", "csv"):
                    make_now(self.database, store, row, form, by=KEEPER)

    def left(self, log: str) -> dict[str, bytes]:
        """Everything somebody else could get hold of, by its place."""
        places = {"log": log.encode(), "answers": b"\0".join(self.answers)}
        places |= dict(commanded(self.database, self.folder, self.article, "--confidential"))
        home = self.database.settings.home
        for folder in (home, self.folder):
            for file in folder.rglob("*"):
                if file.is_file() and "keys" not in file.parts:
                    places[f"file {file.relative_to(folder)}"] = file.read_bytes()
        if self.database.is_sqlite:
            return places
        log_of_server = (data_folder() / "log").read_bytes()
        return places | dict(tables(self.database)) | {"server log": log_of_server}


def commanded(
    database: Database, folder: Path, article: str, *options: str
) -> Iterator[tuple[str, bytes]]:
    """What commands write: interchange files, the ledger's export, security events."""
    environment = {
        "DESK_HOME": str(database.settings.home),
        "DESK_DATABASE_URL": database.settings.database_url,
    }
    for number, words in enumerate(
        (
            ["dump", *options, "--article", article, str(folder / "dump")],
            ["audit", "export", "--event", "1", "-o", str(folder / "l")],
            ["audit", "security", "--json"],
            ["audit", "log", "--json", "--limit", "5000"],
            ["config", "show", "--json"],
            ["source", "list", "--json"],
        )
    ):
        done = CliRunner(env=environment).invoke(commands, words)
        assert done.exit_code == 0, (words, done.output, done.exception)
        yield f"command {number} {words[0]}", done.output.encode()


def tables(database: Database) -> Iterator[tuple[str, bytes]]:
    """Every table as a dump has it."""
    database.seal()
    with database.engine.connect() as connection:
        found = inspect(connection)
        for schema in ("public", "ledger"):
            for table in found.get_table_names(schema=schema):
                yield f"table {table}", _copied(driver(connection), f'{schema}."{table}"')


def _copied(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


def in_folder(monkeypatch: object, folder: Path) -> None:
    """Let temporary files of this process come to lie where they are looked through."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(folder))  # type: ignore[attr-defined]
    monkeypatch.setattr(tempfile, "tempdir", str(folder))  # type: ignore[attr-defined]


def copied(database: Database, to: Path) -> bytes:
    """A copy as a backup has it."""
    file = database.settings.database_url.removeprefix("sqlite:///")
    with closing(SQLITE.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))
    return to.read_bytes()
