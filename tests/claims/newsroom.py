"""Rows for the tests of checking: an article's claim, its figures, and sources to attach."""

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.assessments import Verdict, assess
from claims.evidence import Passage, attach_evidence
from claims.figures import ChangeKind, Comparator
from claims.models import Article, ArticleVersion, Assessment, Claim, Evidence, Figure
from claims.policy import LEVELS_KEY
from claims.status import VerificationStatus
from claims.typed_figures import TypedFigure, read_typed
from claims.vocabulary import Disposition, LocatorKind, Stance
from claims.workflow import submit
from sources.models import Source
from sources.vocabulary import SourceKind, Tier

EXTRACTOR, CHECKER, REVIEWER, LEAD = (
    "system:extractor",
    "editor:li.wei",
    "editor:zhang.min",
    "editor:wang.fang",
)
_numbers = itertools.count(1)


def an_article(session: Session) -> Article:
    number = next(_numbers)
    article = Article(
        key=f"article-{number}",
        title={"zh": "十年", "en": "Ten years"},
        language="zh",
        created_by=EXTRACTOR,
    )
    session.add(article)
    session.flush()
    return article


def a_version(article: Article, number: int, text: str) -> ArticleVersion:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return ArticleVersion(
        article=article,
        number=number,
        text=text,
        sha256=digest,
        characters=len(text),
        media_type="text/markdown",
        charset="utf-8",
        received_sha256=digest,
        created_by=EXTRACTOR,
    )


def printed(session: Session) -> None:
    """Give each article without a text one: in the product none comes to be without."""
    for article in session.scalars(select(Article).where(~Article.versions.any())):
        session.add(a_version(article, 1, "2024 年的份额为 5%。"))


def a_claim(
    session: Session, *, figures: int = 1, article: Article | None = None, **facts: Any
) -> Claim:
    """Return a claim stating the share of a market, with as many figures as asked for."""
    article = article or an_article(session)
    number = next(_numbers)
    claim = Claim(
        article=article,
        number=number,
        key=f"share-{number}",
        kind="share",
        statement={"zh": "2024 年的份额为 5%。", "en": "The share was 5 % in 2024."},
        **{"created_by": EXTRACTOR, **facts},
    )
    session.add(claim)
    for place in range(1, figures + 1):
        session.add(a_figure(claim, place))
    session.flush()
    return claim


def a_figure(claim: Claim | None, number: int = 1, **facts: Any) -> Figure:
    return Figure(
        claim=claim,
        number=number,
        created_by=EXTRACTOR,
        **{
            "stated_text": "5%",
            "comparator": Comparator.EXACTLY,
            "low": Decimal(5),
            "high": Decimal(5),
            "stated_decimals": 0,
            "unit": "%",
            "period": "2024",
            "change_kind": ChangeKind.LEVEL,
            **facts,
        },
    )


def a_source(session: Session, *, tier: Tier = Tier.ESTABLISHED, **facts: Any) -> Source:
    number = next(_numbers)
    source = Source(
        key=f"source-{number}",
        kind=SourceKind.NEWS_REPORT,
        tier=tier,
        created_by=CHECKER,
        **{"title": f"Report {number}", **facts},
    )
    session.add(source)
    session.flush()
    return source


def a_passage(session: Session, **facts: Any) -> Passage:
    """Return a quoted passage of a primary source that supports the claim."""
    return Passage(
        **{
            "stance": Stance.SUPPORTS,
            "source": facts.get("source") or a_source(session, tier=Tier.PRIMARY),
            "quote": "The share was 4.6 % by revenue.",
            "locator_kind": LocatorKind.PAGE,
            "locator": "37",
            **facts,
        }
    )


def attached(session: Session, claim: Claim, **facts: Any) -> Evidence:
    return attach_evidence(session, claim, a_passage(session, **facts), by=CHECKER)


def a_verdict(claim: Claim, status: VerificationStatus, **facts: Any) -> Verdict:
    """Return the same status for every figure, or for the claim where it has none."""
    return Verdict(
        **{
            "reasoning": {"zh": "与年报一致。"},
            "disposition": Disposition.STET,
            "figures": {figure.id: status for figure in claim.figures},
            "whole": None if claim.figures else status,
            **facts,
        }
    )


def assessed(
    session: Session,
    claim: Claim,
    status: VerificationStatus = VerificationStatus.SUPPORTED,
    **facts: Any,
) -> Assessment:
    return assess(session, claim, a_verdict(claim, status, **facts), by=CHECKER)


def a_submitted_claim(session: Session, *, by: str = CHECKER, **facts: Any) -> Claim:
    """Return a claim with evidence and an assessment, waiting for a second person."""
    claim = a_claim(session, **facts)
    attached(session, claim)
    assessed(session, claim)
    submit(session, claim, by=by)
    return claim


@contextmanager
def levels(session: Session, number: int) -> Iterator[None]:
    """Let the session's desk ask for another number of levels meanwhile."""
    before = session.info.get(LEVELS_KEY)
    session.info[LEVELS_KEY] = number
    yield
    session.info[LEVELS_KEY] = before


def four_point_six() -> TypedFigure:
    """Return the figure a source gives: 4.6 %, printed with one decimal."""
    return replace(read_typed("4.6%"), period="2024")
