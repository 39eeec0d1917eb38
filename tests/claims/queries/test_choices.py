"""What a form offers to choose a source from: the nearest, or those with the words."""

import pytest
from sqlalchemy.orm import Session

from claims.models import Citation, Claim
from claims.queries.choices import SHOWN, sources_to_choose
from sources.models import Source
from sources.registry import add_source, edit_source, find
from sources.veil import cover
from sources.vocabulary import SourceKind, Tier
from tests.claims import newsroom

BY = newsroom.CHECKER


@pytest.fixture
def claims(session: Session) -> tuple[Claim, Claim]:
    """Two claims of an article, each on a source, older than all of the register."""
    article = newsroom.an_article(session)
    found = [newsroom.a_claim(session, article=article) for _ in range(2)]
    for number, claim in enumerate(found):
        source = a_source(session, f"Cited by {number}")
        session.add(Citation(claim=claim, source=source, created_by=newsroom.EXTRACTOR))
    for number in range(SHOWN + 5):
        a_source(session, f"Yearbook {number:02}", publisher="Office of Tides")
    session.flush()
    return found[0], found[1]


def a_source(session: Session, title: str, publisher: str = "Daily") -> Source:
    kinds = {"kind": SourceKind.NEWS_REPORT, "tier": Tier.ESTABLISHED}
    key = title.lower().replace(" ", "-")
    return add_source(session, by=BY, key=key, title=title, publisher=publisher, **kinds)  # type: ignore[arg-type]


def names(session: Session, claim: Claim | None = None, words: str = "") -> list[str | None]:
    return [row.name for row in sources_to_choose(session, claim, words).rows]


def test_the_sources_of_the_claim_come_first_then_those_of_its_article(
    session: Session, claims: tuple[Claim, Claim]
) -> None:
    newest = [f"Office of Tides · Yearbook {number:02}" for number in range(SHOWN + 4, -1, -1)]
    assert names(session) == newest[:SHOWN]
    for own, near in ((0, 1), (1, 0)):
        first = [f"Daily · Cited by {own}", f"Daily · Cited by {near}"]
        assert names(session, claims[own]) == [*first, *newest[: SHOWN - 2]]
    assert sources_to_choose(session, claims[0]).more


def test_every_word_has_to_stand_somewhere_in_what_is_known(
    session: Session, claims: tuple[Claim, Claim]
) -> None:
    assert names(session, claims[1], " CITED 0 ") == ["Daily · Cited by 0"]
    assert names(session, words="tides 07") == ["Office of Tides · Yearbook 07"]
    assert names(session, words="tides 100%") == []
    assert names(session, words="_") == [], "a sign of the engine's patterns is a letter here"
    offered = sources_to_choose(session, words="yearbook")
    assert (len(offered.rows), offered.more, offered.words) == (SHOWN, True, "yearbook")
    assert not sources_to_choose(session, words="yearbook 1").more
    a_source(session, "École Ökonomie", publisher="ЖУРНАЛ")
    for typed in ("École", "école", "ökonomie", "журнал", "Журнал"):
        assert len(names(session, words=typed)) == 1, "also where an engine knows ASCII only"
    key = find(session, offered.rows[3].key).key
    assert [row.key for row in sources_to_choose(session, words=key.upper()).rows] == [key]


def test_the_chosen_one_stays_whatever_is_looked_for(
    session: Session, claims: tuple[Claim, Claim]
) -> None:
    key = sources_to_choose(session, words="cited by 1").rows[0].key
    for words in ("", "yearbook 03", "cited"):
        rows = sources_to_choose(session, claims[0], words, key).rows
        assert [row.key for row in rows].count(key) == 1
        assert rows[0].key == key
    assert "nobody" not in [row.key for row in sources_to_choose(session, chosen="nobody").rows]


def test_what_one_may_not_know_is_neither_offered_nor_found(
    session: Session, claims: tuple[Claim, Claim]
) -> None:
    key = sources_to_choose(session, words="cited by 0").rows[0].key
    edit_source(session, find(session, key), seen=None, confidential=True)
    session.flush()
    cover(session, "editor:somebody.else")
    assert names(session, words="cited by 0") == []
    assert key not in [row.key for row in sources_to_choose(session, claims[0], "", key).rows]
