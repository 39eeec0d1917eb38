"""What the pages about sources' pages tell a program."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.exports.plain_table import BOM, defused
from app.twins import columns
from claims.models import Claim
from claims.queries.rot import Address, Stake
from claims.vocabulary import Freshness
from claims.watching.news import Change, News
from sources.looks.models import SourceLook

COLUMNS = (
    "key",
    "url",
    "risk",
    "answer",
    "since",
    "final_url",
    "looked_at",
    "answered_at",
    "copies",
    "claims",
    "appendices",
)
"""What is told of an address, in this order."""


def address(row: Address) -> dict[str, Any]:
    """One cited address."""
    return {
        "key": row.source.key,
        "url": row.source.url,
        **{name: getattr(row, name) for name in COLUMNS[2:]},
    }


def table(rows: Iterable[Address]) -> str:
    """Return addresses as CSV that no spreadsheet runs as formulas."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        told = address(row)
        writer.writerow([defused(_cell(told[name])) for name in COLUMNS])
    return BOM + out.getvalue()


def _cell(found: Any) -> str:
    """A cell as text: moments in ISO 8601, nothing as nothing."""
    if isinstance(found, dt.datetime):
        return found.isoformat()
    return "" if found is None else str(found)


def rot(
    rows: Sequence[Address], counts: Mapping[Stake, int], following: str | None
) -> dict[str, Any]:
    """A page of the report of cited addresses."""
    return {"counts": counts, "addresses": [address(row) for row in rows], "next": following}


def claim(
    found: Claim, news: Sequence[News], looks: Mapping[str, SourceLook], fresh: Freshness
) -> dict[str, Any]:
    """What became of the pages that a claim rests on."""
    return {
        "claim": {"id": found.id, "number": found.number},
        "article": found.article.key,
        "evidence": [
            {"number": item.number, "source": item.source.key}
            for item in found.evidence
            if item.source is not None and item.withdrawn_by is None
        ],
        "freshness": fresh,
        "news": [_news(one) for one in news],
        "looks": {
            key: {"looked_at": row.looked_at, "answered_at": row.answered_at}
            for key, row in looks.items()
        },
    }


def _news(one: News) -> dict[str, Any]:
    return {
        "evidence": one.item.number,
        "observation": columns(one.observation) if one.observation is not None else None,
        "page": columns(one.state) if one.state is not None else None,
        "finding": one.finding.id if one.finding is not None else None,
        "figures": [_change(change) for change in one.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "before": change.figure.old,
        "now": change.figure.new,
        "difference": change.absolute,
        "share": change.share,
        "against_the_claim": change.against,
    }
