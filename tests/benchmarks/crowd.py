"""A desk with thousands of claims in every state, made at once: what a queue has after years."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from claims.models import Article, Claim, Contest, Evidence, Finding
from claims.status import VerificationStatus
from claims.vocabulary import ContestReason, Severity, Side, Stage, Stance
from sources.base import now
from sources.identifiers import uuid7
from sources.models import Source
from sources.vocabulary import SourceKind, Tier

PER_ARTICLE = 25
PEOPLE = 12
SOURCES = 40
STAGES = (Stage.OPEN, Stage.CHECKING, Stage.CHECKING, Stage.DROPPED)
STATUSES = tuple(VerificationStatus)
STATEMENT = {"zh": "2024 年的份额为 5%。", "en": "The share was 5 % in 2024."}


def crowd(session: Session, claims: int) -> None:
    """Add so many claims: a third taken, a tenth disputed, a fifth with findings and evidence."""
    moment = now()
    made = {"created_at": moment, "created_by": "system:test", "version": 1}
    articles = [uuid7() for _ in range(-(-claims // PER_ARTICLE))]
    sources = [uuid7() for _ in range(SOURCES)]
    rows = [_claim(articles, at) | made for at in range(claims)]
    _put(session, Article, (_article(key, at, moment) | made for at, key in enumerate(articles)))
    _put(session, Source, (_source(key, at) | made for at, key in enumerate(sources)))
    _put(session, Claim, rows)
    keys = [row["id"] for row in rows]
    _put(session, Contest, (_contest(key) | made for key in keys[::10]))
    _put(session, Finding, (_finding(key, at) | made for at, key in enumerate(keys[::5])))
    evidence = (_evidence(key, sources[at % SOURCES]) for at, key in enumerate(keys[::5]))
    _put(session, Evidence, (row | made for row in evidence))


def _put(session: Session, model: Any, rows: Iterable[dict[str, Any]]) -> None:
    found = iter(rows)
    while some := list(itertools.islice(found, 2_000)):
        session.execute(insert(model), some)


def _article(key: Any, at: int, moment: dt.datetime) -> dict[str, Any]:
    deadline = moment + dt.timedelta(hours=at % 400 - 40) if at % 3 else None
    title = {"zh": f"文章 {at}", "en": f"Article {at}"}
    return {
        "id": key,
        "key": f"crowd-{key}",
        "title": title,
        "language": "zh",
        "deadline": deadline,
    }


def _source(key: Any, at: int) -> dict[str, Any]:
    report = {"kind": SourceKind.NEWS_REPORT, "tier": Tier.ESTABLISHED}
    return {"id": key, "key": f"crowd-{key}", "title": f"Report {at}", **report}


def _claim(articles: list[Any], at: int) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "article_id": articles[at // PER_ARTICLE],
        "number": at % PER_ARTICLE + 1,
        "key": f"C{at}",
        "kind": "share",
        "statement": STATEMENT,
        "verification_status": STATUSES[at % len(STATUSES)],
        "stage": STAGES[at % len(STAGES)],
        "assignee": f"editor:person.{at % PEOPLE}" if at % 3 == 0 else None,
    }


def _contest(key: Any) -> dict[str, Any]:
    dispute = {"reason": ContestReason.SOURCES_DISAGREE, "side": Side.READER, "number": 1}
    return {"id": uuid7(), "claim_id": key, "statement": STATEMENT, "blocking": False, **dispute}


def _finding(key: Any, at: int) -> dict[str, Any]:
    severity = tuple(Severity)[at % len(Severity)]
    code = "single_origin" if at % 2 else "fallen_due"
    return {
        "id": uuid7(),
        "claim_id": key,
        "code": code,
        "severity": severity,
        "message": STATEMENT,
    }


def _evidence(key: Any, source: Any) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "claim_id": key,
        "source_id": source,
        "number": 1,
        "kind": "source",
        "stance": Stance.SUPPORTS,
        "pending": False,
    }
