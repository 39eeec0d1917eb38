"""What stands between an article and its sign-off, thing by thing, and the hash of its state."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from claims.claim_standings import ClaimStanding, Placed, standings
from claims.material import canonical_json
from claims.mentions import accounted
from claims.models import Article, ArticleVersion, QuantityMention
from claims.vocabulary import AnchorState, Stage
from claims.workflow import STAGE_WORDS
from sources.columns import Words

STATE_WORDS: dict[AnchorState, Words] = {
    AnchorState.MOVED: {"zh": "位置变了", "en": "moved"},
    AnchorState.REWORDED: {"zh": "改了字句", "en": "reworded"},
    AnchorState.FIGURE_CHANGED: {"zh": "数据变了", "en": "its figure changed"},
    AnchorState.ORPHANED: {"zh": "原文不见了", "en": "its text is gone"},
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing; ``claim`` is the number of the claim it is about."""

    code: str
    message: Words
    claim: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleState:
    """Everything the sign-off of an article rests on, as it is now."""

    article: Article
    version: ArticleVersion
    claims: Sequence[ClaimStanding]
    numbers: Sequence[QuantityMention]
    open_numbers: Sequence[QuantityMention]

    @property
    def live(self) -> list[ClaimStanding]:
        """The claims the article still makes."""
        return [claim for claim in self.claims if claim.stage is not Stage.DROPPED]

    @property
    def answered(self) -> list[ClaimStanding]:
        """The claims the article makes, and those that were dropped although it still says them."""
        return [claim for claim in self.claims if claim.stage is not Stage.DROPPED or claim.stands]

    @property
    def unconfirmed(self) -> list[tuple[ClaimStanding, Placed]]:
        """The claims whose place in this version nobody has confirmed yet."""
        placed = [(claim, claim.place) for claim in self.live]
        return [
            (claim, place)
            for claim, place in placed
            if place is not None and place.state is not AnchorState.EXACT and not place.confirmed
        ]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the claims' content hashes and stages, their places, and the numbers."""
        return hashlib.sha256(canonical_json(self._plain()).encode()).hexdigest()

    def _plain(self) -> dict[str, Any]:
        still_open = {row.id for row in self.open_numbers}
        return {
            "claims": [[row.number, row.stage, row.content_sha256] for row in self.claims],
            "places": [_place(row.number, row.place) for row in self.live],
            "numbers": [
                [row.start, row.stop, row.dismissed_as, row.id in still_open]
                for row in self.numbers
            ],
        }


def _place(number: int, place: Placed | None) -> list[Any]:
    if place is None:
        return [number]
    return [number, place.state, place.start, place.stop, place.confirmed]


def article_state(
    session: Session, article: Article, claims: Sequence[ClaimStanding] | None = None
) -> ArticleState:
    """Load the newest version, how its claims stand, and its numbers.

    ``claims`` is for whoever has looked at every claim anyway, in the order of their numbers.
    """
    version = session.scalars(
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article.id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
        .options(defer(ArticleVersion.text))
    ).one()
    numbers = session.scalars(
        select(QuantityMention)
        .where(QuantityMention.version_id == version.id)
        .order_by(QuantityMention.start)
    ).all()
    known = accounted(session, version.id)
    return ArticleState(
        article=article,
        version=version,
        claims=standings(session, article, version) if claims is None else claims,
        numbers=numbers,
        open_numbers=[row for row in numbers if row.id not in known],
    )


def gaps(state: ArticleState) -> list[Gap]:
    """Return everything that is missing before the article may be signed off."""
    return [*_numbers(state), *_claims(state), *_contests(state), *_places(state)]


def _numbers(state: ArticleState) -> Iterator[Gap]:
    if not state.open_numbers:
        return
    count, total = len(state.open_numbers), len(state.numbers)
    texts = [row.text for row in state.open_numbers]
    yield Gap(
        "numbers_open",
        {
            "zh": f"{total} 个数字里还有 {count} 个没有归入论断，也没有排除："
            + "、".join(f"“{text}”" for text in texts)
            + "。",
            "en": f"{count} of {total} numbers are neither claimed nor dismissed: "
            + ", ".join(f"“{text}”" for text in texts)
            + ".",
        },
    )


def _claims(state: ArticleState) -> Iterator[Gap]:
    for claim in state.live:
        name = f"C-{claim.number:02d}"
        if claim.stage is not Stage.SIGNED_OFF:
            stands = STAGE_WORDS[claim.stage]
            yield Gap(
                "claim_unsigned",
                {
                    "zh": f"论断 {name} 还没有签发，现在的进度是“{stands['zh']}”。",
                    "en": f"Claim {name} is not signed off: it is {stands['en']}.",
                },
                claim.number,
            )
        elif not claim.complete:
            yield Gap(
                "signature_void",
                {
                    "zh": f"论断 {name} 的签发已经失效：现在的内容没有有效的签名。",
                    "en": f"The sign-off of claim {name} is void: "
                    "too few signatures stand under its present content.",
                },
                claim.number,
            )


def _contests(state: ArticleState) -> Iterator[Gap]:
    for claim in state.live:
        if claim.blocked:
            yield Gap(
                "contested",
                {
                    "zh": f"论断 C-{claim.number:02d} 有一项阻止签发的争议还没有了结。",
                    "en": f"A blocking contest about claim C-{claim.number:02d} is open.",
                },
                claim.number,
            )


def _places(state: ArticleState) -> Iterator[Gap]:
    for claim, place in state.unconfirmed:
        became = STATE_WORDS[place.state]
        yield Gap(
            "place_unconfirmed",
            {
                "zh": f"论断 C-{claim.number:02d} 在这一版里{became['zh']}，还没有人确认。",
                "en": f"In this version claim C-{claim.number:02d} is not where it was "
                f"({became['en']}), and nobody has confirmed its place.",
            },
            claim.number,
        )
