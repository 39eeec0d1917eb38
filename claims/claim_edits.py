"""Putting right what a claim states, apart from its figures: its words, its kind, where to look."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims.authorship import became_author
from claims.errors import Refused
from claims.models import Claim
from claims.versions import expect_version
from claims.workflow import material_edit
from sources.columns import Words

LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """What a claim says in each language, and what helps to check it."""

    statement: Words
    kind: str
    checkability: str | None = None
    where_to_check: str | None = None


def edit_claim(
    session: Session, claim: Claim, facts: ClaimFacts, *, by: str, seen_version: int | None = None
) -> None:
    """Put a claim right; another statement voids the signatures, and its author does not sign.

    Raises Refused naming the field that is wrong, Conflict when the claim is stale or dropped.
    """
    expect_version(claim, seen_version)
    statement = {tongue: text.strip() for tongue, text in facts.statement.items() if text.strip()}
    if not statement:
        first = next(iter(facts.statement), "zh")
        raise Refused(
            "statement_missing",
            {"zh": "请写出论断。", "en": "Write the statement."},
            f"statement_{first}",
        )
    with material_edit(session, claim):
        if statement != claim.statement:
            became_author(session, claim, by)
            claim.statement = statement
        claim.kind = facts.kind.strip() or claim.kind
        claim.checkability = (facts.checkability or "").strip() or None
        claim.where_to_check = (facts.where_to_check or "").strip() or None
        session.flush()
