"""Which rows a page of the past needs: those of an article, of a claim, or of the queue.

Live rows and the deletions in the ledger say which keys belong; what the rows held is replayed.
An owner is never deleted and no act moves a row from one owner to another, so none is missed; a
row that somebody moved from outside is the verification's matter.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, cast, or_, select
from sqlalchemy.orm import Session

from app.ledger import replay
from app.ledger.replay import Era, Keys
from app.ledger.upcast import Rows, State, upcast
from claims.models import (
    Answer,
    Appendix,
    AppendixFile,
    Article,
    ArticleSignOff,
    ArticleVersion,
    Assessment,
    AwaitedCopy,
    Citation,
    Claim,
    ClaimAnchor,
    ClaimAuthor,
    Comment,
    Contest,
    ContestEvidence,
    Evidence,
    EvidenceTarget,
    Figure,
    FigureRelation,
    Finding,
    FormulaCheck,
    Invitation,
    InvitedClaim,
    Observation,
    Proposal,
    ProposedFigure,
    QuantityMention,
    Reading,
    SignOff,
)
from sources.attempt_models import CaptureAttempt
from sources.looks.models import PageState
from sources.models import Snapshot, Source

OF_A_CLAIM: tuple[Any, ...] = (
    ClaimAnchor,
    ClaimAuthor,
    FigureRelation,
    Citation,
    Evidence,
    Assessment,
    SignOff,
    Contest,
    Comment,
    Finding,
    InvitedClaim,
    Answer,
    FormulaCheck,
)
OF_A_VERSION: tuple[Any, ...] = (QuantityMention, Reading, Proposal)
QUEUE: tuple[Any, ...] = (
    Article,
    Claim,
    ClaimAuthor,
    Figure,
    Evidence,
    Assessment,
    SignOff,
    Contest,
    Finding,
    Citation,
    Source,
)
OWNED: dict[str, tuple[tuple[str, str], ...]] = {
    "quantity_mention": (("version_id", "article_version"),),
    "proposal": (("version_id", "article_version"),),
    "claim_anchor": (("claim_id", "claim"),),
    "figure": (("claim_id", "claim"), ("evidence_id", "evidence")),
    "figure_relation": (("claim_id", "claim"),),
    "citation": (("claim_id", "claim"),),
    "evidence_target": (("evidence_id", "evidence"),),
    "finding": (("claim_id", "claim"),),
}
"""The tables whose rows can be deleted, the columns that name the owner, and its table."""


@dataclass(frozen=True)
class Scope:
    """A set of rows; ``name`` tells it from others, ``keys`` selects the keys of each table.

    A table without a selection (None) is wanted whole. ``beside`` adds what can only be told from
    the rows as they were: what stands beside the rows of a register.
    """

    name: str
    keys: Mapping[str, Select[Any] | None]
    beside: Callable[[Session, Era, State], None] | None = None


def of_article(article: uuid.UUID) -> Scope:
    """Everything an article's pages and appendix show."""
    versions = select(ArticleVersion.id).where(ArticleVersion.article_id == article)
    claims = select(Claim.id).where(Claim.article_id == article)
    issues = select(Appendix.id).where(Appendix.article_id == article)
    keys = {
        **_claim_rows(claims),
        "article": keys_of(Article, Article.id == article),
        "article_version": keys_of(ArticleVersion, ArticleVersion.article_id == article),
        **{
            model.__tablename__: keys_of(model, model.version_id.in_(versions))
            for model in OF_A_VERSION
        },
        "claim": keys_of(Claim, Claim.article_id == article),
        "appendix": keys_of(Appendix, Appendix.article_id == article),
        "appendix_file": keys_of(AppendixFile, AppendixFile.appendix_id.in_(issues)),
        "article_sign_off": keys_of(ArticleSignOff, ArticleSignOff.article_id == article),
    }
    return Scope(f"article {article}", keys)


def of_claim(claim_id: uuid.UUID) -> Scope:
    """Everything the page of one claim shows."""
    article = select(Claim.article_id).where(Claim.id == claim_id)
    keys = {
        **_claim_rows(select(Claim.id).where(Claim.id == claim_id)),
        "article": keys_of(Article, Article.id.in_(article)),
        "article_version": keys_of(ArticleVersion, ArticleVersion.article_id.in_(article)),
        "claim": keys_of(Claim, Claim.id == claim_id),
    }
    return Scope(f"claim {claim_id}", keys)


def of_proposal(proposal: uuid.UUID) -> Scope:
    """One proposal with its figures, as the form that corrects it shows them."""
    keys = {
        "proposal": keys_of(Proposal, Proposal.id == proposal),
        "proposed_figure": keys_of(ProposedFigure, ProposedFigure.proposal_id == proposal),
    }
    return Scope(f"proposal {proposal}", keys)


def of_queue() -> Scope:
    """The tables the queue reads, whole."""
    return Scope("queue", {model.__tablename__: None for model in QUEUE})


def _claim_rows(claims: Select[Any]) -> dict[str, Select[Any] | None]:
    """What belongs to the selected claims."""
    evidence = select(Evidence.id).where(Evidence.claim_id.in_(claims))
    awaited = select(AwaitedCopy.attempt_id).where(AwaitedCopy.evidence_id.in_(evidence))
    sources = select(Evidence.source_id).where(Evidence.claim_id.in_(claims))
    contests = select(Contest.id).where(Contest.claim_id.in_(claims))
    invitations = select(InvitedClaim.invitation_id).where(InvitedClaim.claim_id.in_(claims))
    return {
        **{model.__tablename__: keys_of(model, model.claim_id.in_(claims)) for model in OF_A_CLAIM},
        "figure": keys_of(
            Figure, or_(Figure.claim_id.in_(claims), Figure.evidence_id.in_(evidence))
        ),
        "evidence_target": keys_of(EvidenceTarget, EvidenceTarget.evidence_id.in_(evidence)),
        "awaited_copy": keys_of(AwaitedCopy, AwaitedCopy.evidence_id.in_(evidence)),
        "capture_attempt": keys_of(CaptureAttempt, CaptureAttempt.id.in_(awaited)),
        "contest_evidence": keys_of(ContestEvidence, ContestEvidence.contest_id.in_(contests)),
        "observation": keys_of(Observation, Observation.evidence_id.in_(evidence)),
        "page_state": keys_of(PageState, PageState.source_id.in_(sources)),
        "invitation": keys_of(Invitation, Invitation.id.in_(invitations)),
    }


def keys_of(model: Any, condition: Any) -> Select[Any]:
    """The keys of the rows that meet a condition, as the ledger writes them."""
    return select(cast(model.id, Text)).where(condition)


def replayed(session: Session, scope: Scope, then: Era, head: str) -> State:
    """The rows of a scope as they were, in today's shape (``head`` is today's revision)."""
    state: State = {}
    for table, keys in scope.keys.items():
        if table not in then.absent:
            state[table] = replay.images(session, table, then, keys)
    if scope.beside is not None:
        scope.beside(session, then, state)
    if scope.beside is not None or any(keys is not None for keys in scope.keys.values()):
        _add_removed(session, then, state)
        if Source.__tablename__ not in state:
            _add_sources(session, then, state)
    upcast(state, then.revision, head)
    return state


def _add_removed(session: Session, then: Era, state: State) -> None:
    """Bring back what was deleted since and belonged to an owner in the state."""
    for table, owners in OWNED.items():
        if table not in state:
            continue
        gone = replay.removed_since(session, table, then.position)
        keys = [
            pk
            for pk, image in gone.items()
            if any(image.get(column) in state.get(owner, ()) for column, owner in owners)
        ]
        if keys:
            state[table] |= replay.images(session, table, then, keys)


def _add_sources(session: Session, then: Era, state: State) -> None:
    """Add the sources and snapshots that evidence and citations name, and their origins."""
    cited = [*state.get("evidence", {}).values(), *state.get("citation", {}).values()]
    wanted = named(cited, "source_id")
    found: Rows = {}
    while missing := wanted - found.keys():
        fresh = replay.images(session, Source.__tablename__, then, missing)
        found |= fresh
        # A key that led nowhere must not be asked for again.
        wanted = (wanted - missing) | fresh.keys() | named(fresh.values(), "derived_from_id")
    state[Source.__tablename__] = found
    seen = state.get("observation", {}).values()
    snapshots = named([*cited, *seen], "snapshot_id") | named(seen, "kept_id")
    state[Snapshot.__tablename__] = replay.images(session, Snapshot.__tablename__, then, snapshots)


def named(rows: Iterable[Mapping[str, Any]], column: str) -> set[str]:
    """The keys that a column of the rows holds."""
    return {row[column] for row in rows if row.get(column)}


def belonging(session: Session, scope: Scope, *, whole: bool) -> Mapping[str, Keys]:
    """The keys of everything that is, or ever was, part of an article or a claim.

    ``whole`` keeps the article's own row and its versions; a claim's history does without.
    """
    above = () if whole else ("article", "article_version")
    found: dict[str, Keys] = {
        table: keys for table, keys in scope.keys.items() if table not in above
    }
    owners: dict[str, set[str]] = {}
    for table, columns in OWNED.items():
        if table in found and (gone := replay.removed_since(session, table, 0)):
            for _, owner in columns:
                if owner not in owners and scope.keys.get(owner) is not None:
                    owners[owner] = set(session.scalars(scope.keys[owner]))  # type: ignore[arg-type]
            kept = [
                pk
                for pk, image in gone.items()
                if any(image.get(column) in owners.get(owner, ()) for column, owner in columns)
            ]
            if kept:
                found[table] = [*session.scalars(scope.keys[table]), *kept]  # type: ignore[arg-type]
    return found
