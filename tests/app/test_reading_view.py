"""The reading view as it is sent: what a fragment holds, what narrowing leaves, what it weighs."""

import gzip
import re
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from app.config import ROOT
from app.db import Database
from claims.models import Article, ClaimAnchor
from claims.status import VerificationStatus
from claims.typed_figures import read_typed
from sources.vocabulary import Lineage
from tests.app.views.visit import Visit
from tests.claims.newsroom import a_claim, a_source, a_version, an_article, assessed, attached

CARD = {"X-Fragment": "card"}
WORDS = "厂商的报价连续下调，各方的说法并不一致。"
STATUSES = (VerificationStatus.SUPPORTED, VerificationStatus.REFUTED)
SCRIPTS = ROOT / "app" / "static" / "js"


def an_article_of(session: Session, claims: int, *, words: int = 1) -> Article:
    """Return an article of so many claims with a figure, two items of evidence and a verdict."""
    article = an_article(session)
    lines = [f"第{number}段：2024 年的份额为 5%。" for number in range(1, claims + 1)]
    version = a_version(article, 1, "\n\n".join(line + WORDS * words for line in lines))
    session.add(version)
    session.flush()
    sources = [a_source(session, publisher=f"Publisher {number}") for number in range(12)]
    for number, line in enumerate(lines, start=1):
        claim = a_claim(session, article=article)
        claim.number = number
        start = version.text.index(line)
        anchor = ClaimAnchor(claim=claim, version_id=version.id, exact=line, prefix="", suffix="")
        anchor.start, anchor.stop, anchor.created_by = start, start + len(line), "system:test"
        session.add(anchor)
        for item in range(2):
            attached(session, claim, source=sources[(number + item) % 12], quote=f"Quote {item}.")
        assessed(session, claim, STATUSES[number % 2])
    return article


def visit_of(database: Database, claims: int, *, words: int = 1) -> tuple[Visit, str]:
    with database.writing("editor:li.wei") as session:
        key = an_article_of(session, claims, words=words).key
    return Visit(database), f"/articles/{key}"


def test_a_fragment_is_the_card_and_its_drawer_and_no_more(sqlite_database: Database) -> None:
    visit, path = visit_of(sqlite_database, 4)
    answer = visit.get(f"{path}?claim=2", headers=CARD)
    assert answer.text.lstrip().startswith("<section")
    assert "X-Fragment" in answer.headers["Vary"]
    assert 'id="drawer"' in answer.text
    assert "galley" not in answer.text
    assert 'class="rail"' not in answer.text
    assert "2 / 4" in answer.text


def test_a_switch_asks_for_one_claim_however_many_there_are(sqlite_database: Database) -> None:
    """U7: as many statements for an article of forty claims as for one of four."""
    with sqlite_database.writing("editor:li.wei") as session:
        paths = [f"/articles/{an_article_of(session, claims).key}?claim=2" for claims in (4, 40)]
    visit, asked = Visit(sqlite_database), []
    for path in paths:
        visit.get(path, headers=CARD)
        with visit.statements() as sent:
            visit.get(path, headers=CARD)
        asked.append(len(sent))
    assert asked[0] == asked[1] <= 20


@pytest.mark.parametrize(("claims", "words", "limit"), [(22, 4, 60_000), (200, 14, 150_000)])
def test_the_review_page_is_light(
    sqlite_database: Database, claims: int, words: int, limit: int
) -> None:
    """U6: page, styles, scripts and drawings together, compressed, and nothing from elsewhere."""
    visit, path = visit_of(sqlite_database, claims, words=words)
    page = visit.get(f"{path}?claim=2").text
    named = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    named |= {f"/static/js/{script.name}" for script in SCRIPTS.glob("*.js")}
    files = [visit.get(name).data for name in sorted(named)]
    assert len(files) > 15
    assert sum(len(gzip.compress(file)) for file in [*files, page.encode()]) < limit
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_a_status_narrows_the_text_the_list_and_the_way_through_them(
    sqlite_database: Database,
) -> None:
    visit, path = visit_of(sqlite_database, 6)
    page = visit.get(f"{path}?claim=1&show=supported").text
    assert re.findall(r'<a class="chip[^>]*data-go="(\d)"', page) == ["2", "4", "6"]
    rail = page[page.index('class="rail"') : page.index('id="text"')]
    assert re.findall(r'data-go="(\d)"', rail) == ["2", "4", "6"]
    assert len(re.findall(r"show=supported", page)) > 6
    fragment = visit.get(f"{path}?claim=4&show=supported", headers=CARD).text
    assert "2 / 3" in fragment
    assert re.findall(r'claim=(\d)&amp;show=supported#a\d" data-swap data-keep', fragment)[:2] == [
        "2",
        "6",
    ]
    assert visit.get(f"{path}?claim=1&show=nonsense").text.count('class="chip') == 6


def test_the_drawer_holds_the_evidence_asked_for(sqlite_database: Database) -> None:
    visit, path = visit_of(sqlite_database, 2)
    first = visit.get(f"{path}?claim=1").text
    assert "Quote 0." in first
    second = visit.get(f"{path}?claim=1&evidence=2", headers=CARD).text
    assert "Quote 1." in second
    assert 'data-evidence="2"' in second
    assert "Quote 0." in visit.get(f"{path}?claim=1&evidence=99").text


def test_links_to_one_origin_count_once_on_the_claims_page(sqlite_database: Database) -> None:
    """U25: in the suggestion, in why, and in the foot of the table."""
    with sqlite_database.writing("editor:li.wei") as session:
        claim = a_claim(session)
        report = a_source(session, publisher="Report", lineage=Lineage.ORIGINAL)
        figure = replace(read_typed("5.0%"), period="2024")
        attached(session, claim, source=report, figure=figure, quote="5.0 %")
        for number in range(2):
            copy = a_source(session, publisher=f"Copy {number}", lineage=Lineage.REPRINT)
            copy.derived_from_id = report.id
            session.flush()
            attached(session, claim, source=copy, figure=figure, quote=f"5.0 % {number}")
        path = f"/claims/{claim.id}"
    page = re.sub(r"<[^>]+>", " ", Visit(sqlite_database).get(path).text)
    page = re.sub(r"\s+", " ", page)
    assert page.count("for: 3 links, 1 origin, 0 primary") == 2
    assert "Independent origins for it: 1, none a primary authority" in page
    assert page.count("as E-1") == 4  # In the table of figures and in that of evidence.
    assert page.count("origin 1") == 3
