"""Guesses at one-time links wait after a while; whoever holds one does not."""

import pytest

from app.accounts.guesses import MADE
from app.accounts.links import make_link
from app.accounts.models import Account
from app.accounts.vocabulary import LinkPurpose
from app.db import Database
from app.limits.vocabulary import GATES, Gate
from app.once.asked import SECRET_PART
from tests.app.views.visit import Visit
from tests.claims.outside import claims_in_text, invited

MOST = GATES[Gate.LINK].of_a_pair


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def a_link(visit: Visit) -> str:
    with visit.database.writing("system:test") as session:
        owner = session.query(Account).filter_by(name=visit.name).one()
        return make_link(session, owner, LinkPurpose.RESET, by="system:test").token


def test_guesses_at_links_are_counted_together_and_their_holders_go_on(visit: Visit) -> None:
    """T-AUTH-1: by any address of a link, by GET and by POST, twenty wrong ones and no more."""
    held = a_link(visit)
    with visit.database.writing("system:test") as session:
        asked = invited(session, *claims_in_text(session)[:1]).token
    stranger = visit.app.test_client()
    for number in range(MOST // 2):
        assert stranger.get(f"/sign-in/link/guess{number}").status_code == 404
        assert stranger.post(f"/answers/guess{number}", data={}).status_code in {403, 404}
    for path in ("/sign-in/link/guess", "/answers/guess"):
        for ask in (stranger.get, stranger.post):
            answer = ask(path)
            assert answer.status_code == 429, path
            assert int(answer.headers["Retry-After"]) > 0
    assert stranger.get(f"/sign-in/link/{held}").status_code == 200
    assert stranger.get(f"/answers/{asked}").status_code == 200
    a_link(visit)
    assert stranger.get(f"/sign-in/link/{held}").status_code == 404
    other = {"REMOTE_ADDR": "198.51.100.7"}
    assert stranger.get("/sign-in/link/guess", environ_base=other).status_code == 404


def test_every_address_with_a_secret_has_its_guesses_counted(visit: Visit) -> None:
    held = {
        rule.endpoint.partition(".")[0]
        for rule in visit.app.url_map.iter_rules()
        if SECRET_PART in rule.rule
    }
    assert held == set(MADE)
