"""What every act on a proposal shares: finding it, refusing a stale one, deciding about it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims.errors import Conflict, Missing
from claims.journal import Journal
from claims.models import Article, ArticleVersion, Proposal
from claims.triage_vocabulary import ProposalState
from sources.base import now
from sources.columns import Words

if TYPE_CHECKING:
    import datetime as dt

STATES: Mapping[ProposalState, Words] = MappingProxyType(
    {
        ProposalState.PENDING: {"zh": "待定", "en": "left"},
        ProposalState.ACCEPTED: {"zh": "保留", "en": "kept"},
        ProposalState.REJECTED: {"zh": "舍弃", "en": "dropped"},
        ProposalState.MERGED: {"zh": "并入前一条", "en": "merged into the one before"},
        ProposalState.SPLIT: {"zh": "拆分", "en": "split"},
        ProposalState.SUPERSEDED: {"zh": "由新的读取取代", "en": "replaced by a later reading"},
    }
)


def proposal_of(session: Session, version: ArticleVersion, number: int) -> Proposal:
    """Return a proposal with its figures; raise Missing for an unknown number."""
    found = session.scalar(
        select(Proposal)
        .where(Proposal.version_id == version.id, Proposal.number == number)
        .options(selectinload(Proposal.figures))
    )
    if found is None:
        raise Missing(
            "no_such_proposal", {"zh": "没有这条候选论断。", "en": "There is no such proposal."}
        )
    return found


def expect_pending(proposal: Proposal, seen: int | None) -> None:
    """Raise Conflict, saying what the other did, when the proposal is not what the person saw."""
    if proposal.state is not ProposalState.PENDING:
        what, who = STATES[proposal.state], proposal.decided_by or ""
        raise Conflict(
            "decided",
            {
                "zh": f"候选 {proposal.number} 已由 {who} 处理：{what['zh']}。您的操作没有执行。",
                "en": f"Proposal {proposal.number} was {what['en']} by {who} meanwhile. "
                "Nothing of yours was done.",
            },
        )
    if seen is not None and seen != proposal.version:
        who = proposal.edited_by or ""
        raise Conflict(
            "stale",
            {
                "zh": f"您打开之后，候选 {proposal.number} 已由 {who or '别人'} 改过。"
                "请对照后再决定。",
                "en": f"Proposal {proposal.number} was changed by {who or 'somebody'} after you "
                "opened it. Look at it again.",
            },
            "version",
        )


def hold(session: Session, version: ArticleVersion) -> None:
    """Let only one person at a time sort an article: acts are numbered without gaps."""
    session.execute(select(Article.id).where(Article.id == version.article_id).with_for_update())


def decide(journal: Journal, proposal: Proposal, state: ProposalState, **values: object) -> None:
    """Set a proposal's state, with who decided and when; a pending one has neither."""
    when: dt.datetime | None = now()
    who: str | None = journal.by
    if state is ProposalState.PENDING:
        when = who = None
    journal.change(proposal, state=state, decided_by=who, decided_at=when, **values)
