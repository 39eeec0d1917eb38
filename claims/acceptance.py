"""Making a claim of a proposal: the row, its anchor in the version, its figures."""

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.anchors import quote
from claims.authorship import Wordings, became_author
from claims.journal import Journal
from claims.models import Article, Claim, ClaimAnchor, Figure, Proposal, ProposedFigure
from claims.vocabulary import Stage
from claims.workflow import Move, move
from sources.identifiers import uuid7

if TYPE_CHECKING:
    import uuid

COPIED = (
    "mention_id",
    "period_mention_id",
    "role",
    "pair",
    "stated_text",
    "start",
    "stop",
    "comparator",
    "low",
    "high",
    "low_inclusive",
    "high_inclusive",
    "stated_decimals",
    "unit",
    "multiplier",
    "change_kind",
    "period",
    "period_note",
    "subject",
    "measure",
    "geography",
    "basis",
    "observation_status",
    "material",
)
"""What a claim's figure takes over from a proposal's."""


class Desk:
    """Hands out the numbers of new claims; holds the article while an act lasts."""

    def __init__(self, session: Session, article: Article) -> None:
        """Lock the article's row, so that two people never get one number."""
        session.execute(select(Article.id).where(Article.id == article.id).with_for_update())
        highest = session.scalar(
            select(func.max(Claim.number)).where(Claim.article_id == article.id)
        )
        self._next = (highest or 0) + 1
        self._retracted = {
            claim.key: claim
            for claim in session.scalars(
                select(Claim).where(
                    Claim.article_id == article.id,
                    Claim.stage == Stage.DROPPED,
                    Claim.key.like("v%-p%"),
                )
            )
        }
        self.article, self._session = article, session
        self._wordings: dict[uuid.UUID, Wordings] = {}

    def number(self) -> int:
        """Return the next number."""
        self._next += 1
        return self._next - 1

    def retracted(self, key: str) -> Claim | None:
        """Return the claim that undoing an acceptance of this proposal retracted, or None."""
        return self._retracted.pop(key, None)

    def writers(self, proposal: Proposal) -> set[str]:
        """Return who worded a proposal; nobody where it still says what the reader read."""
        if proposal.edited_by is None:
            return set()
        version = proposal.version_id
        if version not in self._wordings:
            self._session.flush()
            self._wordings[version] = Wordings(self._session, version)
        return self._wordings[version].of(proposal)


def make_claim(journal: Journal, desk: Desk, proposal: Proposal) -> Claim:
    """Return the claim of a proposal that is being accepted.

    A claim is never deleted: where the same proposal was accepted and that was undone, its claim
    comes back under its old number. Who worded the proposal, or brings its claim back, has written
    what it states, as much as who keeps it.
    """
    key = f"v{journal.version.number}-p{proposal.number}"
    tongue = desk.article.language.split("-", maxsplit=1)[0]
    statement = {tongue: proposal.statement}
    claim = desk.retracted(key)
    if claim is None:
        claim = Claim(
            id=uuid7(),
            article_id=desk.article.id,
            number=desk.number(),
            key=key,
            kind=proposal.kind,
            statement=statement,
            stage=Stage.OPEN,
            created_by=journal.by,
        )
        journal.session.add(claim)
    else:
        move(claim, Move.REVIVE)
        claim.kind, claim.statement = proposal.kind, statement
    for who in sorted({journal.by, *desk.writers(proposal)} - {claim.created_by}):
        became_author(journal.session, claim, who)
    journal.claim(claim)
    journal.add(_anchor(journal, proposal, claim))
    for number, figure in enumerate(proposal.figures, start=1):
        journal.add(_figure(journal, figure, claim, number))
    return claim


def _anchor(journal: Journal, proposal: Proposal, claim: Claim) -> ClaimAnchor:
    found = quote(journal.version.text, proposal.start, proposal.stop)
    return ClaimAnchor(
        claim_id=claim.id,
        version_id=journal.version.id,
        exact=found.exact,
        prefix=found.prefix,
        suffix=found.suffix,
        start=found.start,
        stop=found.stop,
        sentence_start=proposal.sentence_start,
        sentence_stop=proposal.sentence_stop,
        created_by=journal.by,
    )


def _figure(journal: Journal, row: ProposedFigure, claim: Claim, number: int) -> Figure:
    values = {name: getattr(row, name) for name in COPIED}
    return Figure(claim_id=claim.id, number=number, created_by=journal.by, **values)
