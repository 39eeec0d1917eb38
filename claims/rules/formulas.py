"""Equations that a checker keeps with a claim: a hit where one does not hold."""

from collections.abc import Iterator

from claims.formula_checks import checked
from claims.models import Claim
from claims.policy import Policy
from claims.rules.hit import Hit
from claims.vocabulary import Severity


def formulas(claim: Claim, policy: Policy) -> Iterator[Hit]:
    """Yield a hit for each standing equation that does not hold, or cannot be calculated."""
    for one in checked(claim, policy):
        if one.row.withdrawn_by is not None:
            continue
        text = one.row.formula
        if one.reckoned is None:
            why = one.problem or {}
            yield Hit(
                "formula_broken",
                Severity.WARNING,
                {
                    "zh": f"算式“{text}”算不出来：{why.get('zh', '')}",
                    "en": f"The formula “{text}” comes to nothing: {why.get('en', '')}",
                },
            )
        elif not one.reckoned.holds:
            left, right = one.reckoned.left, one.reckoned.right
            yield Hit(
                "formula",
                Severity.MANDATORY,
                {
                    "zh": f"算式“{text}”不成立：左边是 {left['zh']}，右边是 {right['zh']}。",
                    "en": f"The formula “{text}” does not hold: {left['en']} on the left,"
                    f" {right['en']} on the right.",
                },
                one.reckoned.figure,
            )
