"""What became of each claim in a new version, and a person's answer to it."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims.anchors import quote, sentence
from claims.errors import Conflict, Missing, Refused
from claims.models import Article, ArticleVersion, Claim, ClaimAnchor
from claims.reanchoring import Passage, Reanchoring
from claims.vocabulary import AnchorState, Stage
from claims.workflow import touch

Span = tuple[int, int]
KEPT = (AnchorState.EXACT, AnchorState.MOVED, AnchorState.REWORDED)
"""States in which the figures are the same: they may be confirmed all at once."""
ORDER = (
    AnchorState.FIGURE_CHANGED,
    AnchorState.ORPHANED,
    AnchorState.REWORDED,
    AnchorState.MOVED,
    AnchorState.EXACT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A claim with its words before and now; ``candidates`` are places to choose between."""

    claim: Claim
    anchor: ClaimAnchor
    was: ClaimAnchor | None
    candidates: tuple[Span, ...] = ()

    @property
    def state(self) -> AnchorState:
        """How the claim was found again."""
        return self.anchor.state

    @property
    def settled(self) -> bool:
        """Whether nobody needs to look: unaltered, or looked at already."""
        return self.state is AnchorState.EXACT or self.anchor.confirmed_by is not None


def versions_of(session: Session, key: str, number: int) -> tuple[ArticleVersion, ArticleVersion]:
    """Return a version of an article and the one before it; raise Missing where there is none."""
    rows = session.scalars(
        select(ArticleVersion)
        .join(Article, Article.id == ArticleVersion.article_id)
        .where(Article.key == key, ArticleVersion.number.in_((number - 1, number)))
        .options(selectinload(ArticleVersion.article))
        .order_by(ArticleVersion.number)
    ).all()
    if len(rows) != 2:  # noqa: PLR2004 - a version and the one before it
        raise Missing(
            "no_such_version", {"zh": "没有这个版本。", "en": "There is no such version."}
        )
    return rows[0], rows[1]


def fates(session: Session, old: ArticleVersion, new: ArticleVersion) -> list[Fate]:
    """Return what became of each claim, the ones that need somebody first."""
    claims = session.scalars(
        select(Claim)
        .where(Claim.article_id == new.article_id, Claim.stage != Stage.DROPPED)
        .options(selectinload(Claim.anchors), selectinload(Claim.figures))
        .order_by(Claim.number)
    )
    carried = Reanchoring(old.text, new.text, new.article.language)
    found = [_fate(claim, old, new, carried) for claim in claims]
    known = [fate for fate in found if fate is not None]
    return sorted(known, key=lambda fate: (fate.settled, ORDER.index(fate.state)))


def _fate(
    claim: Claim, old: ArticleVersion, new: ArticleVersion, carried: Reanchoring
) -> Fate | None:
    at = {anchor.version_id: anchor for anchor in claim.anchors}
    anchor, was = at.get(new.id), at.get(old.id)
    if anchor is None:
        return None
    places: tuple[Span, ...] = ()
    if anchor.state is AnchorState.ORPHANED and was and was.start is not None and was.stop:
        places = carried.find(Passage(was.start, was.stop)).candidates
    return Fate(claim=claim, anchor=anchor, was=was, candidates=places)


def confirm(
    session: Session, found: Sequence[Fate], claims: Collection[uuid.UUID], *, by: str
) -> list[Fate]:
    """Say that these claims stand where they were found; only those with the same figures.

    Returns what was confirmed now. Raises Conflict when nothing of it waited any more.
    """
    chosen = [
        fate
        for fate in found
        if fate.claim.id in claims and fate.state in KEPT and not fate.anchor.confirmed_by
    ]
    if not chosen:
        raise Conflict(
            "nothing_to_confirm",
            {"zh": "没有等待确认的论断了。", "en": "No claim waits to be confirmed any more."},
        )
    for fate in chosen:
        fate.anchor.confirmed_by = by
    session.flush()
    return chosen


def place(session: Session, version: ArticleVersion, fate: Fate, span: Span, *, by: str) -> None:
    """Put an orphaned claim on one of the places offered for it; raise Refused for another one."""
    if fate.state is not AnchorState.ORPHANED or span not in fate.candidates:
        raise Refused(
            "no_candidate",
            {"zh": "请从列出的位置中选一个。", "en": "Choose one of the places offered."},
            "place",
        )
    here = quote(version.text, *span)
    anchor = fate.anchor
    anchor.exact, anchor.prefix, anchor.suffix = here.exact, here.prefix, here.suffix
    anchor.state, anchor.start, anchor.stop = AnchorState.MOVED, here.start, here.stop
    anchor.sentence_start, anchor.sentence_stop = sentence(version.text, *span)
    anchor.confirmed_by = by
    session.flush()
    touch(session, fate.claim)
