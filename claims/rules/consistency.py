"""Contradiction with another claim of the house: same thing, same period, other number."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from claims.house import contradictions, house_figures
from claims.models import Claim
from claims.policy import Policy
from claims.rules.hit import Hit
from claims.vocabulary import Severity


def consistency(session: Session, claim: Claim, policy: Policy) -> Iterator[Hit]:
    """Yield a hit for each figure of the house that cannot be right together with this claim's."""
    found = house_figures(session, claim.figures, policy)
    for figure in claim.figures:
        for item in contradictions(found[figure.id]):
            other, where = item.figure, item.figure.claim
            title = where.article.title if where is not None else {}
            name = {
                lang: title.get(lang) or next(iter(title.values()), "") for lang in ("zh", "en")
            }
            yield Hit(
                "contradiction",
                Severity.MANDATORY,
                {
                    "zh": f"本刊在《{name['zh']}》里写的是“{other.stated_text}”，"
                    f"这里写“{figure.stated_text}”。",
                    "en": f"We printed “{other.stated_text}” in “{name['en']}”, and"
                    f" “{figure.stated_text}” here.",
                },
                figure.number,
            )
