"""The rules of signing said once more, in plain words, for the machine to hold the desk to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.anchors import quote
from claims.guards import STEPS
from claims.material import material_sha256
from claims.mentions import find, mention_values
from claims.models import Article, Claim, ClaimAnchor, Figure, QuantityMention
from claims.vocabulary import AnchorState, SignOffDecision, Stage
from tests.claims.newsroom import a_claim, a_version

TEXTS = (
    "2024 年的份额为 5%。",
    "2024 年的份额是 5%。",
    "2024 年的份额为 6%。",
    "据年报，2024 年的份额为 5%。",
    "没有数字。",
)
"""What the article says, and what its later versions may say."""


def a_placed_claim(session: Session, author: str) -> Claim:
    """Write an article of one sentence, its numbers listed, and the claim that it makes."""
    claim = a_claim(session, created_by=author)
    version = a_version(claim.article, 1, TEXTS[0])
    session.add(version)
    session.flush()
    rows = [
        QuantityMention(**mention_values(version.id, found, "system:test"))
        for found in find(version, "zh", None)
    ]
    session.add_all(rows)
    here = quote(version.text, 0, len(version.text) - 1)
    words = {name: getattr(here, name) for name in here.__dataclass_fields__}
    session.add(ClaimAnchor(claim=claim, version_id=version.id, created_by=author, **words))
    session.flush()
    figure = claim.figures[0]
    figure.period_mention_id, figure.mention_id = rows[0].id, rows[-1].id
    figure.start, figure.stop = rows[-1].start, rows[-1].stop
    session.flush()
    return claim


def unfinished(session: Session, article: Article, writers: set[str]) -> list[str]:
    """Say in plain words of the rule what an article lacks."""
    version = max(article.versions, key=lambda row: row.number)
    found = []
    for claim in article.claims:
        if claim.stage is Stage.DROPPED:
            continue
        if claim.stage is not Stage.SIGNED_OFF or not enough_people(claim, writers):
            found.append(f"claim {claim.number} is not signed")
        if any(row.blocking and row.outcome is None for row in claim.contests):
            found.append(f"claim {claim.number} is contested")
        here = [row for row in claim.anchors if row.version_id == version.id]
        if any(row.state is not AnchorState.EXACT and not row.confirmed_by for row in here):
            found.append(f"claim {claim.number} moved")
    held = {
        key
        for row in session.scalars(select(Figure))
        for key in (row.mention_id, row.period_mention_id)
    }
    numbers = select(QuantityMention).where(QuantityMention.version_id == version.id)
    return found + [
        f"{row.text} is open"
        for row in session.scalars(numbers)
        if row.dismissed_as is None and row.id not in held
    ]


def involved(claim: Claim) -> set[str]:
    """Who assessed a claim, wrote it down or, where there are several levels, submitted it."""
    people = {row.created_by for row in claim.assessments} | {claim.created_by}
    if (claim.sign_off_levels or 2) > 1:
        people.add(claim.submitted_by or "")
    return people


def enough_people(claim: Claim, writers: set[str]) -> bool:
    """Count anew, in plain words of the rule, who validly signed the present content."""
    levels = claim.sign_off_levels or 2
    present = material_sha256(claim)
    signers = {
        row.created_by
        for row in claim.sign_offs
        if row.decision is SignOffDecision.SIGNED
        and row.content_sha256 == present
        and row.submission == claim.submission
    }
    return len(signers - involved(claim) - writers) >= {1: 1, 2: 1, 3: 2}[levels]


def reachable(start: Stage, end: Stage) -> bool:
    """Whether allowed moves lead from one stage to another; one rule may make several."""
    known = {start}
    while more := {to for at, to in STEPS if at in known} - known:
        known |= more
    return end in known
