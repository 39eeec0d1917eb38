"""Signing a whole article, or publishing it unfinished: who, when, what was missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from claims.article_gate import ArticleState, Gap, article_state, gaps
from claims.claim_standings import ClaimStanding
from claims.errors import Conflict, Forbidden, Refused
from claims.material import canonical_json
from claims.models import Article, ArticleSignOff, ArticleVersion, Claim
from claims.shown_hashes import shown_state
from claims.vocabulary import ArticleDecision
from claims.workflow import needed_reason
from sources.columns import Words

UNSIGNED: Words = {
    "zh": "没有第二个人签发这篇文章。",
    "en": "Nobody who may sign the article has signed it.",
}


class NotComplete(Refused):
    """An article that cannot be signed off yet; ``gaps`` lists exactly what is missing."""

    def __init__(self, missing: list[Gap]) -> None:
        """Keep the list beside the sentence that joins it."""
        super().__init__(
            "not_complete",
            {
                "zh": "还不能签发：" + "".join(gap.message["zh"] for gap in missing),
                "en": "Not ready to be signed off: "
                + " ".join(gap.message["en"] for gap in missing),
            },
        )
        self.gaps = missing


@dataclass(frozen=True, slots=True)
class Standing:
    """A sign-off of an article, whether it holds for the article as it is now, and its hash.

    ``sha256`` is as the reader may see it.
    """

    row: ArticleSignOff
    valid: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class ArticleSigning:
    """The state of an article, what it lacks, and every sign-off and emergency, newest first."""

    state: ArticleState
    gaps: list[Gap]
    standings: Sequence[Standing]

    @property
    def sha256(self) -> str:
        """The hash of the present state as the reader may see it."""
        return shown_state(self.state.article, self.state.sha256)

    @property
    def signed(self) -> ArticleSignOff | None:
        """The sign-off that holds now."""
        return next((one.row for one in self.standings if one.valid), None)


def article_bar(state: ArticleState, who: str) -> Words | None:
    """Return why this person may not sign the article, or None. The database holds the same."""
    if who in {state.article.created_by, state.version.created_by}:
        return {
            "zh": "录入这篇文章或这一版的人不能签发它。",
            "en": "Whoever entered the article or this version cannot sign it off.",
        }
    involved = [row for row in state.answered if who in row.involved]
    if not involved:
        return None
    names = [f"C-{row.number:02d}" for row in involved]
    return {
        "zh": f"写下、提交、评定或去除过其中论断（{'、'.join(names)}）的人不能签发这篇文章。",
        "en": "Whoever wrote, submitted, assessed or dropped one of its claims "
        f"({', '.join(names)}) cannot sign the article off.",
    }


def article_signing(
    session: Session, article: Article, claims: Sequence[ClaimStanding] | None = None
) -> ArticleSigning:
    """Return where the sign-off of an article stands; ``claims`` as for ``article_state``."""
    state = article_state(session, article, claims)
    missing, sha256 = gaps(state), state.sha256
    rows = session.scalars(
        select(ArticleSignOff)
        .where(ArticleSignOff.article_id == article.id)
        .order_by(ArticleSignOff.id.desc())
        .options(joinedload(ArticleSignOff.article_version).load_only(ArticleVersion.number))
    )
    found = [
        Standing(
            row, not missing and _stands(row, state, sha256), shown_state(article, row.state_sha256)
        )
        for row in rows
    ]
    return ArticleSigning(state, missing, found)


def signing_to_show(session: Session, article: Article) -> ArticleSigning | None:
    """Return where the sign-off of an article stands; None, at little cost, where nobody acted."""
    return article_signing(session, article) if is_answered_for(session, article) else None


def is_answered_for(session: Session, article: Article) -> bool:
    """Tell whether anybody ever signed the article, or published it in an emergency."""
    query = select(ArticleSignOff.id).where(ArticleSignOff.article_id == article.id).limit(1)
    return session.scalar(query) is not None


def _stands(row: ArticleSignOff, state: ArticleState, sha256: str) -> bool:
    """Tell whether a row signs exactly this state, by somebody who may sign it."""
    return (
        row.decision is ArticleDecision.SIGNED
        and row.version_sha256 == state.version.sha256
        and row.version_id == state.version.id
        and row.state_sha256 == sha256
        and article_bar(state, row.created_by) is None
    )


def sign_article(
    session: Session, article: Article, *, by: str, seen_sha256: str
) -> ArticleSignOff:
    """Sign the article in the state the person saw.

    Raises NotComplete with everything that is missing, Forbidden for who may not sign, Conflict
    when the article is another than the person saw or is signed already.
    """
    signing = _locked(session, article, seen_sha256)
    if signing.gaps:
        raise NotComplete(signing.gaps)
    reason = article_bar(signing.state, by)
    if reason is not None:
        raise Forbidden("separation_of_duty", reason)
    _refuse_signed(signing)
    return _row(session, signing.state, ArticleDecision.SIGNED, by)


def publish_in_emergency(
    session: Session, article: Article, *, by: str, reason: str, seen_sha256: str
) -> ArticleSignOff:
    """Record that the article goes out unfinished, why, and what was missing at that moment.

    Raises Refused without a reason, Conflict when the article is another than the person saw or
    is signed off.
    """
    text = needed_reason(reason)
    signing = _locked(session, article, seen_sha256)
    _refuse_signed(signing)
    missing = [gap.message for gap in signing.gaps] + [UNSIGNED]
    return _row(
        session,
        signing.state,
        ArticleDecision.EMERGENCY,
        by,
        reason=text,
        missing=canonical_json(missing),
    )


def _lock(session: Session, article: Article) -> None:
    """Keep others from changing the article or a claim of it until this is done."""
    session.execute(select(Article.id).where(Article.id == article.id).with_for_update())
    session.execute(
        select(Claim.id).where(Claim.article_id == article.id).order_by(Claim.id).with_for_update()
    )


def _locked(session: Session, article: Article, seen_sha256: str) -> ArticleSigning:
    """Return where the article stands; raise Conflict when it is not what the person saw."""
    _lock(session, article)
    signing = article_signing(session, article)
    if signing.sha256 != seen_sha256:
        raise Conflict(
            "article_changed",
            {
                "zh": "您打开之后文章的核查状态有改动；请看过现在的状态再决定。",
                "en": "The article changed after you opened the page; "
                "look at how it stands now before you decide.",
            },
            "state_sha256",
        )
    return signing


def _refuse_signed(signing: ArticleSigning) -> None:
    if signing.signed is not None:
        raise Conflict(
            "signed_already",
            {"zh": "这篇文章已经签发。", "en": "This article is signed off already."},
        )


def _row(
    session: Session, state: ArticleState, decision: ArticleDecision, by: str, **facts: str
) -> ArticleSignOff:
    row = ArticleSignOff(
        article_id=state.article.id,
        version_id=state.version.id,
        decision=decision,
        version_sha256=state.version.sha256,
        state_sha256=state.sha256,
        created_by=by,
        **facts,
    )
    session.add(row)
    session.flush()
    return row
