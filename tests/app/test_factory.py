"""Which hosts an installation answers to, and whom it believes about where a request is from."""

from dataclasses import replace

from sqlalchemy import select

from app.accounts.models import OpenSession
from app.config import Settings
from app.db import Database
from app.factory import create_app
from tests.app.views.visit import PASSWORD, Visit

FORWARDED = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7"}


def address_of(database: Database, settings: Settings, name: str) -> str:
    """The address under which a session is listed that came with the headers of a proxy."""
    app = create_app(settings, database)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    typed = {"name": name, "password": PASSWORD}
    answer = app.test_client().post("/sign-in", data=typed, headers=FORWARDED)
    assert answer.status_code == 303
    with database.reading() as session:
        return (
            session.scalars(select(OpenSession.address).order_by(OpenSession.id.desc())).first()
            or ""
        )


def test_only_as_many_proxies_are_believed_as_stand_in_front(sqlite_database: Database) -> None:
    name, settings = Visit(sqlite_database).name, sqlite_database.settings
    assert address_of(sqlite_database, settings, name) == "127.0.0.1"
    assert address_of(sqlite_database, replace(settings, proxies=1), name) == "192.0.2.7"


def test_a_host_that_is_not_ours_is_refused(sqlite_database: Database) -> None:
    settings = replace(sqlite_database.settings, trusted_hosts=("desk.example.org",))
    app = create_app(settings, sqlite_database)
    client = app.test_client()
    for host, status in (("desk.example.org", 200), ("evil.example.org", 400)):
        assert client.get("/sign-in", headers={"Host": host}).status_code == status
