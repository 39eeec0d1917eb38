"""Non-interference: nothing a desk answers depends on what the person who asks may not know."""

import difflib
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.once.asked import new_key
from sources.veil import alias
from tests.app.planted import KEEPER
from tests.app.twin_desks import Twin, twins
from tests.engines import OPENERS

Clients = tuple[FlaskClient, FlaskClient]
Asked = tuple[str, str]
"""One request, as each of the two desks is asked it."""
SKIPPED = re.compile(r"^/(?:account|admin|audit(?:/\d+)?$|help|sign-in|static|healthz|version)\b")
"""What says nothing of sources: the person's own pages, the machine's, and the handbook.

An entry of the ledger is compared as its twin for machines tells it.
"""


@pytest.fixture(scope="module")
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Twin, Twin]]:
    home = tmp_path_factory.mktemp("twins")
    one, other = (OPENERS["sqlite"](request, home / name, [], "schema") for name in ("1", "2"))
    with pytest.MonkeyPatch.context() as patched:
        yield twins((one, other), patched)
    one.close()
    other.close()


def unlike(pair: tuple[Twin, Twin], answers: Iterator[Any]) -> list[str]:
    """How two answers differ, beginning with what was asked; nothing where they do not."""
    first, second = (
        twin.written(answer).splitlines() for twin, answer in zip(pair, answers, strict=True)
    )
    return list(difflib.unified_diff(first, second, n=0, lineterm=""))[3:9]


def differing(pair: tuple[Twin, Twin], clients: Clients, asked: list[Asked]) -> list[str]:
    """Where the two desks do not answer the same."""
    found = []
    for paths in asked:
        answers = (client.get(path) for client, path in zip(clients, paths, strict=True))
        if lines := unlike(pair, answers):
            found.append("\n".join((paths[0], *lines)))
    return found


def about(twin: Twin) -> list[str]:
    """Every address that can be fetched, the claim that was signed, and each file of an issue."""
    planted, claim = twin.planted, f"/claims/{twin.signed_claim}"
    issues = f"/articles/{planted.article}/appendix"
    files = [f"{issues}/{number}{end}" for number in range(1, 5) for end in ("", "/json", "/csv")]
    found = [*planted.addresses(), *planted.own(alias(planted.source_id)), *files]
    found += [f"{claim}{end}" for end in ("", ".json", "/history.json", "/sign-off")]
    found += [f"/audit/{eid}.json" for eid in range(twin.last - 36, twin.last + 1)]
    return [path for path in dict.fromkeys(found) if not SKIPPED.search(path.partition("?")[0])]


def both(pair: tuple[Twin, Twin]) -> list[Asked]:
    """The same addresses of each desk."""
    return list(zip(about(pair[0]), about(pair[1]), strict=True))


def guesses(pair: tuple[Twin, Twin]) -> Iterator[str]:
    """What somebody asks who guesses at the source: its words, address, publisher and key."""
    for twin in pair:
        secret, page = twin.planted.secret, f"/sources/{twin.planted.key}"
        url = f"https://www.{secret.host}/memo"
        for text in (secret.title, secret.publisher, secret.quote, url):
            yield from (f"/search.json?q={text}", f"/sources.json?text={text}")
            yield from (f"/audit.json?q={text}", f"/queue.json?q={text}")
        yield from (f"/sources.json?language={secret.language}", f"/publishers/at.json?url={url}")
        yield from (page, f"{page}.json", f"{page}/edit", f"{page}/watch", f"{page}/recheck.json")
        yield from (f"{page}/contacts", f"{page}/export/ris", f"{page}/merge/site-1")
        yield f"/sources/site-1/merge/{twin.planted.key}"
        # The hash of what was signed is not confirmed to whoever tries one.
        yield f"/audit.json?q={twin.planted.sha256}"
    yield from ("/publishers/trendforce.json", "/sources.json?publisher=trendforce")
    yield from ("/sources.json?reliability=B", "/audit/questions/confidential-reads.csv")


def test_the_two_desks_are_told_apart_by_whoever_may_know(pair: tuple[Twin, Twin]) -> None:
    """The comparison would notice: who entered the source finds it on most of these pages."""
    keepers = tuple(twin.planted.person(KEEPER).client for twin in pair)
    own = [tuple(twin.planted.own(twin.planted.key)) for twin in pair]
    asked = list(zip(*own, strict=True))
    assert len(differing(pair, (keepers[0], keepers[1]), asked)) > len(asked) / 2


def test_nothing_that_can_be_fetched_depends_on_what_is_withheld(pair: tuple[Twin, Twin]) -> None:
    """T-SEC: two desks with another secret each answer whoever may not know it alike."""
    readers = (pair[0].reader.client, pair[1].reader.client)
    asked = both(pair)
    assert len(asked) > 200
    assert differing(pair, readers, asked) == []
    assert differing(pair, readers, [(path, path) for path in guesses(pair)]) == []
    assert differing_writes(pair) == []


def differing_writes(pair: tuple[Twin, Twin]) -> list[str]:
    """Where the two desks do not answer the same to what is entered by somebody who guesses."""
    found = []
    for guessed in pair:
        for path, data in entered(guessed):
            answers = (sent(twin, path, data) for twin in pair)
            if lines := unlike(pair, answers):
                found.append("\n".join((path, *lines)))
    return found


def entered(twin: Twin) -> Iterator[tuple[str, dict[str, Any]]]:
    """The secret source entered once more, imported, merged, and its file handed over."""
    secret, key = twin.planted.secret, twin.planted.key
    url = f"https://www.{secret.host}/memo"
    said = f"title={{{secret.title}}}, doi={{10.1234/{secret.title}}}, url={{{url}}}"
    # Keys are one space of names for all: the entry's own is no guess at that of the source.
    yield "/sources/import", {"text": f"@misc{{guess{len(secret.file)}, {said}}}"}
    facts = {"title": f"{secret.title} memo", "kind": "news_report", "tier": "established"}
    yield "/sources/new", {**facts, "url": url}
    yield f"/sources/site-1/merge/{key}", {}
    yield f"/sources/{key}/likeness", {"other": "site-1", "judged": "dismissed"}
    yield "/sources/site-1/snapshots", {"file": (secret.text, "copy.txt")}
    yield "/claims/{claim}/evidence/new", {"source": key, "stance": "supports"}


def sent(twin: Twin, path: str, data: dict[str, Any]) -> Any:
    """The answer to a form that the reader sends, and the page to which it leads."""
    files = {
        name: (io.BytesIO(value[0].encode()), value[1])
        for name, value in data.items()
        if isinstance(value, tuple)
    }
    path = path.format(claim=twin.signed_claim)
    form = {**data, **files, "receipt": new_key()}
    answer = twin.reader.client.post(path, data=form, follow_redirects=True)
    twin.learn()
    return answer


def test_neither_a_token_nor_an_administrator_sees_more(pair: tuple[Twin, Twin]) -> None:
    """T-SEC: whoever may know is answered so in person only, and not as an administrator."""
    asked = [paths for paths in both(pair) if ".json" in paths[0] or "/sources" in paths[0]]
    clients = []
    for twin in pair:
        client = twin.planted.desk.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {twin.token}"
        clients.append(client)
    known = [paths for paths in asked if ".json" in paths[0] and "at=" not in paths[0]]
    assert differing(pair, (clients[0], clients[1]), known) == []
    keepers = []
    for twin in pair:
        with twin.planted.database.writing("system:test") as session:
            keeper = session.scalars(select(Account).where(Account.name == KEEPER)).one()
            keeper.grants[0].role = Role.ADMIN
        keepers.append(twin.planted.person(KEEPER).client)
    closed = [paths for paths in asked if "/sources" in paths[0] and "at=" not in paths[0]]
    assert differing(pair, (keepers[0], keepers[1]), closed) == []
