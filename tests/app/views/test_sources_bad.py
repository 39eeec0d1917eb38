"""Addresses that lead inside, nowhere or somewhere else, in every field that takes an address.

url-01 url-02 url-03 url-08 url-09 url-11 url-12 url-14
"""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.db import Database
from claims.models import Article, Evidence
from sources.models import Source
from tests.app.capturing import ask, newest, worker
from tests.app.claim_desk import NEW_SOURCE
from tests.app.views.visit import Visit
from tests.claims.newsroom import a_claim
from tests.sources.servers import fetcher
from tests.sources.test_capture import BY

PORT = 8999
HOSTS = {
    "url-02": (
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "[::1]",
        "[::]",
        "localhost",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "LOCALHOST.",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
        "loc\u00adalhost",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[::127.0.0.1]",
        "127。0。0。1",
    ),
    "url-03": ("169.254.169.254", "metadata.google.internal", "[fd00:ec2::254]", "[fe80::1%25lo]"),
    "url-08": ("good@127.0.0.1", "good:b@127.0.0.1", "127.0.0.1#@good", "good%40127.0.0.1"),
    "url-09": (
        "good\\@evil",
        "go\tod",
        "good\r\nX: y",
        "go od",
        "good\uff0eexample",
        "127\uff0e0\uff0e0\uff0e1",
    ),
    "url-14": ("%31%32%37.0.0.1", "%6c%6f%63%61%6c%68%6f%73%74", "127%2e0%2e0%2e1"),
}
WHOLE = {
    "url-01": (
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a.example/",
        "blob:https://a.example/x",
        "about:blank",
        "JaVaScRiPt://a.example/%0aalert(1)",
    ),
    "url-11": ("https://a.example/" + "a" * 10_000,),
    "url-12": tuple(
        f"http://a.example:{port}/" for port in (22, 25, 6379, 99_999, -1, "x", "８０", "0x50")
    ),
}
BAD = [
    *(url for urls in WHOLE.values() for url in urls),
    *(f"http://{host}:{PORT}/a" for hosts in HOSTS.values() for host in hosts if "#" not in host),
    f"http://127.0.0.1:{PORT}#@good/",
]
NAMES = {
    "inside.example": ["127.0.0.1"],
    "six.example": ["::1"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "fifth.example": ["93.184.216.34", "93.184.216.34", "93.184.216.34", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::"],
    "teredo.example": ["2001:0:7f00:1::"],
    "zone.example": ["fe80::1%lo"],
}
"""What the name server of somebody who means harm answers."""


@pytest.fixture
def caught() -> Iterator[list[str]]:
    """Listen at the addresses that nobody may be led to; hold who came."""
    found: list[str] = []
    listeners = []
    for place in ("127.0.0.1", "::1"):
        listener = socket.socket(socket.AF_INET6 if ":" in place else socket.AF_INET)
        with suppress(OSError):
            listener.bind((place, PORT))
            listener.listen()
            listener.settimeout(0)
        listeners.append(listener)
    yield found
    for listener in listeners:
        with suppress(OSError):
            found.append(str(listener.accept()[1]))
        listener.close()
    assert found == []


def rows(database: Database) -> list[int]:
    """How many articles, sources and items of evidence there are."""
    with database.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(one)) or 0
            for one in (Article, Source, Evidence)
        ]


@pytest.mark.usefixtures("caught")
def test_no_field_takes_a_bad_address_and_nobody_is_visited(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database, role=Role.CHECKER)
    visit.app.extensions["fetcher"] = fetcher()
    with sqlite_database.writing(BY) as session:
        claim = a_claim(session)
        path = f"/claims/{claim.id}/evidence/new"
    before = rows(sqlite_database)
    fit = {"kind": "news_report", "tier": "established", "lineage": "unknown", "title": "A report"}
    ways = (
        ("/sources/new", "url", fit),
        (path, "url", {**NEW_SOURCE, "observation_status": "normal"}),
        ("/articles/new", "address", {"way": "address", "title": "A title"}),
    )
    for number, (place, field, rest) in enumerate(ways):
        # Each address once: the fields ask the same judge, of which test_urls knows more.
        for url in BAD[number :: len(ways)]:
            answer = visit.client.post(place, data={**rest, field: url})
            assert answer.status_code == 422, (place, url)
            assert f'id="{field}-error"' in answer.text, (place, url)
            assert rest["title"] in answer.text
    assert rows(sqlite_database) == before
    assert not sqlite_database.settings.store.exists() or not list(
        sqlite_database.settings.store.iterdir()
    )


@pytest.mark.usefixtures("caught")
def test_no_name_leads_inside_for_an_article_or_a_copy(sqlite_database: Database) -> None:
    """A name may be public when it is written down, and lead inside when it is looked up."""
    web = fetcher(names=NAMES)
    visit = Visit(sqlite_database)
    visit.app.extensions["fetcher"] = web
    for name in NAMES:
        url = f"http://{name}:{PORT}/"
        page = visit.post("/articles/new", 422, way="address", address=url)
        assert 'id="address-error"' in page.text, name
        with sqlite_database.writing(BY) as session:
            source = Source(key=name, url=url, kind="other", tier="pointer", created_by=BY)
            session.add(source)
        ask(sqlite_database, source)
        worker(sqlite_database, web).run_ready()
        # Where one of its addresses is public, the port is what is wrong with that one.
        assert newest(sqlite_database, source).attempt.code in {"fetch_inner", "fetch_port"}, name
    assert rows(sqlite_database)[::2] == [0, 0]
    assert not list(sqlite_database.settings.store.iterdir())
