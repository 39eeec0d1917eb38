"""Asking somebody outside the desk about named claims, through a link that ends by itself."""

import datetime as dt
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims.errors import Conflict, Refused
from claims.material import material_sha256
from claims.models import (
    Answer,
    Article,
    ArticleVersion,
    Claim,
    ClaimAnchor,
    Contest,
    Figure,
    Invitation,
    InvitedClaim,
)
from claims.period_wording import period_words
from claims.reading import reading_words
from claims.versions import expect_version
from claims.vocabulary import OUTSIDE, InvitationState, Side, Stage
from sources.base import now
from sources.columns import Words

TOKEN_BYTES = 32
"""256 bits: nobody guesses it, so guesses need not be counted."""
DAYS = (3, 7, 14, 30, 60)
USUAL_DAYS = 14
MOST_CLAIMS = 10
LONGEST_NAME = 200
LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who is asked, as which side, about what, for how long and in which language."""

    name: str
    side: Side
    question: str
    days: int = USUAL_DAYS
    language: str = "zh"
    show_title: bool = True
    contest: Contest | None = None


class Opened(NamedTuple):
    """An invitation with the token of its link, which is known only now."""

    invitation: Invitation
    token: str


def invite(session: Session, claims: Sequence[Claim], asking: Asking, *, by: str) -> Opened:
    """Open an invitation to claims of one article, as they stand in its newest version.

    Raises Refused naming the field that is wrong, Conflict for a dropped claim.
    """
    _refuse_unfit(claims, asking)
    article = claims[0].article
    version = _newest_version(session, article)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        article=article,
        article_version=version,
        contest=asking.contest,
        side=asking.side,
        name=asking.name.strip(),
        question=asking.question.strip(),
        language=asking.language,
        show_title=asking.show_title,
        token_sha256=token_sha256(token),
        expires_at=now() + dt.timedelta(days=asking.days),
        created_by=by,
    )
    for number, claim in enumerate(sorted(claims, key=lambda one: one.number), start=1):
        invitation.asked.append(_shown(claim, version, number, by))
    session.add(invitation)
    session.flush()
    return Opened(invitation, token)


def renew(
    session: Session, invitation: Invitation, days: int, *, seen_version: int | None = None
) -> str:
    """Make another link and return its token; the former one stops working, the term begins anew.

    Raises Conflict for a revoked or stale invitation, Refused for a term that is no choice.
    """
    expect_version(invitation, seen_version)
    _refuse_revoked(invitation)
    _refuse_term(days)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_sha256 = token_sha256(token)
    invitation.expires_at = now() + dt.timedelta(days=days)
    session.flush()
    return token


def revoke(
    session: Session, invitation: Invitation, *, by: str, seen_version: int | None = None
) -> None:
    """End the link now; what was answered stays. Raises Conflict when it is revoked or stale."""
    expect_version(invitation, seen_version)
    _refuse_revoked(invitation)
    invitation.revoked_by, invitation.revoked_at = by, now()
    session.flush()


def token_sha256(token: str) -> str:
    """Return the SHA-256, in hex, under which a link's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def was_made(session: Session, token: str) -> bool:
    """Tell whether there ever was an invitation of this token, whatever became of it."""
    wanted = Invitation.token_sha256 == token_sha256(token)
    return session.scalar(select(Invitation.id).where(wanted)) is not None


def of_token(session: Session, token: str, *, lock: bool = False) -> Invitation | None:
    """Return the live invitation of a link; None, without a difference, for any other.

    The token is looked up by its hash, of which a guess shares no digit by design; the hashes are
    compared in constant time all the same.
    """
    wanted = token_sha256(token)
    query = select(Invitation).where(Invitation.token_sha256 == wanted)
    if lock:
        session.execute(query.with_for_update())
    found = session.scalars(
        query.options(
            selectinload(Invitation.article),
            selectinload(Invitation.article_version),
            selectinload(Invitation.asked).selectinload(InvitedClaim.claim),
            selectinload(Invitation.asked)
            .selectinload(InvitedClaim.answers)
            .selectinload(Answer.evidence),
        )
    ).one_or_none()
    if found is None or not hmac.compare_digest(found.token_sha256, wanted):
        return None
    return found if is_live(found, now()) else None


def is_live(invitation: Invitation, at: dt.datetime) -> bool:
    """Tell whether the link works at a moment."""
    return invitation.revoked_at is None and at < invitation.expires_at


def state_of(invitation: Invitation, at: dt.datetime) -> InvitationState:
    """Return where an invitation stands at a moment; an answer outlives the term."""
    if invitation.revoked_at is not None and invitation.revoked_at <= at:
        return InvitationState.REVOKED
    if invitation.answers:
        return InvitationState.ANSWERED
    return InvitationState.OPEN if at < invitation.expires_at else InvitationState.EXPIRED


def askable(session: Session, article_id: uuid.UUID) -> list[Claim]:
    """Return the claims of an article that can be asked about: those its newest version holds."""
    newest = (
        select(ArticleVersion.id)
        .where(ArticleVersion.article_id == article_id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Claim)
        .join(ClaimAnchor, ClaimAnchor.claim_id == Claim.id)
        .where(
            Claim.article_id == article_id,
            Claim.stage != Stage.DROPPED,
            ClaimAnchor.version_id == newest,
            ClaimAnchor.start.is_not(None),
        )
        .order_by(Claim.number)
    )
    return list(session.scalars(query))


def _newest_version(session: Session, article: Article) -> ArticleVersion:
    query = (
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article.id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
    )
    version = session.scalar(query)
    if version is None:
        raise _gone()
    return version


def _shown(claim: Claim, version: ArticleVersion, number: int, by: str) -> InvitedClaim:
    """Keep what the page will show of a claim, whatever becomes of it afterwards."""
    anchor = next((one for one in claim.anchors if one.version_id == version.id), None)
    if anchor is None or anchor.start is None:
        raise _gone()
    sentence = version.text[anchor.sentence_start : anchor.sentence_stop].strip()
    return InvitedClaim(
        claim=claim,
        number=number,
        sentence=sentence if anchor.sentence_stop else anchor.exact,
        figures=figures_in_words(claim.figures),
        version_sha256=version.sha256,
        material_sha256=material_sha256(claim),
        created_by=by,
    )


def figures_in_words(figures: Collection[Figure]) -> Words | None:
    """Return how the desk reads a claim's material figures, a line for each, in both languages."""
    lines: dict[str, list[str]] = {"zh": [], "en": []}
    for figure in figures:
        read = reading_words(figure)
        if not figure.material or not read:
            continue
        period = period_words(figure.period) if figure.period else {}
        for tongue, written in lines.items():
            about = [
                words[tongue]
                for words in (figure.subject, figure.measure, period)
                if words and words.get(tongue)
            ]
            written.append(f"{figure.stated_text} → {' · '.join([read[tongue], *about])}")
    return (
        {tongue: "\n".join(written) for tongue, written in lines.items()} if lines["zh"] else None
    )


def _refuse_unfit(claims: Sequence[Claim], asking: Asking) -> None:
    if not asking.name.strip():
        raise Refused("name_missing", {"zh": "请写明问的是谁。", "en": "Say who is asked."}, "name")
    if not asking.question.strip():
        raise Refused(
            "question_missing", {"zh": "请写明问什么。", "en": "Say what is asked."}, "question"
        )
    if asking.side not in OUTSIDE:
        raise Refused(
            "side_inside",
            {"zh": "只能邀请读者、专家或当事方。", "en": "Ask a reader, an expert or the subject."},
            "side",
        )
    _refuse_term(asking.days)
    _refuse_claims(claims, asking.contest)


def _refuse_claims(claims: Sequence[Claim], contest: Contest | None) -> None:
    if not 1 <= len(claims) <= MOST_CLAIMS:
        raise Refused(
            "claims_number",
            {
                "zh": f"请选择 1 至 {MOST_CLAIMS} 条论断。",
                "en": f"Choose between 1 and {MOST_CLAIMS} claims.",
            },
            "claims",
        )
    if len({claim.article_id for claim in claims}) > 1 or (
        contest is not None and contest.claim_id not in {claim.id for claim in claims}
    ):
        raise Refused(
            "claims_foreign",
            {"zh": "所选的论断不属于这里。", "en": "What was chosen does not belong here."},
            "claims",
        )
    if any(claim.stage is Stage.DROPPED for claim in claims):
        raise _gone()


def _refuse_term(days: int) -> None:
    if days not in DAYS:
        raise Refused("days", {"zh": "请从列表中选择期限。", "en": "Choose a term."}, "days")


def _refuse_revoked(invitation: Invitation) -> None:
    if invitation.revoked_at is not None:
        raise Conflict(
            "revoked",
            {"zh": "这份邀请已经撤销。", "en": "This invitation has been revoked already."},
        )


def _gone() -> Refused:
    return Refused(
        "claim_gone",
        {
            "zh": "文章的最新版本里没有这条论断，不能就它发问。",
            "en": "The newest version of the article does not hold this claim, "
            "so nobody can be asked about it.",
        },
        "claims",
    )
