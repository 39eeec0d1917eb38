"""The status that the evidence suggests for a figure, and the rule that says so; people decide."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from claims.comparison import Comparison, Outcome, Rule
from claims.policy import Policy
from claims.status import VerificationStatus
from claims.vocabulary import Stance
from sources.columns import Words

NEAR_MISSES: Final = frozenset({Rule.OUTSIDE_ROUNDED, Rule.OUTSIDE_TRUNCATED})


class SuggestionRule(StrEnum):
    """Which rule gave a suggestion, in the order in which they are tried."""

    NO_EVIDENCE = "no_evidence"
    BOTH_SIDES = "both_sides"
    REFUTED_WELL = "refuted_well"
    REFUTED_THINLY = "refuted_thinly"
    ONLY_ROUNDING = "only_rounding"
    SUPPORTED_WITH_LIMITS = "supported_with_limits"
    SUPPORTED_WELL = "supported_well"
    SUPPORTED_THINLY = "supported_thinly"
    LESS_PRECISE = "less_precise"
    NOTHING_COMPARABLE = "nothing_comparable"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One item of evidence that counts, as the suggestion sees it.

    ``origin`` names the root its source was derived from; None is unknown lineage, and all such
    items together are one origin. ``authoritative`` marks a primary source. ``comparison`` is
    None where the item states no figure.
    """

    stance: Stance
    comparison: Comparison | None
    origin: Hashable | None
    authoritative: bool = False
    number: int | None = None
    """The number of the item among the claim's evidence, for whoever asks why."""


class Weight(StrEnum):
    """What one item does to the figure."""

    FOR = "for"
    AGAINST = "against"
    NEAR_MISS = "near_miss"
    WEAK = "weak"
    LIMITS = "limits"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A status to consider. It is never set by itself.

    ``inputs`` are the items with what each does to the figure: why the rule applies.
    """

    status: VerificationStatus
    rule: SuggestionRule
    reason: Words
    inputs: tuple[tuple[Weight, Weighed], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Scales:
    """The items sorted by what they do."""

    items: tuple[tuple[Weight, Weighed], ...]
    policy: Policy

    def has(self, weight: Weight) -> bool:
        """Tell whether any item does this."""
        return any(found is weight for found, _ in self.items)

    def origins(self, weight: Weight) -> int:
        """Count the independent origins that do this."""
        return len({item.origin for found, item in self.items if found is weight})

    def suffices(self, weight: Weight) -> bool:
        """Tell whether one primary source or enough independent origins do this."""
        primary = any(item.authoritative for found, item in self.items if found is weight)
        return primary or self.origins(weight) >= self.policy.independent_origins


def suggest(items: Iterable[Weighed], policy: Policy) -> Suggestion:
    """Suggest a status for one figure from the items that count (located and not withdrawn).

    The number a source gives outweighs the stance it was filed under: a "supporting" source whose
    figure lies outside speaks against the claim.
    """
    scales = _Scales(tuple((_weight(item), item) for item in items), policy)
    rule = next(rule for rule, applies in _RULES if applies(scales))
    count = scales.origins(_COUNTED.get(rule, Weight.NOTHING))
    said = REASONS[rule]
    reason = {
        lang: text.format(origins=count, needed=policy.independent_origins)
        for lang, text in said.items()
    }
    return Suggestion(STATUSES[rule], rule, reason, scales.items)


def _weight(item: Weighed) -> Weight:
    """Read one item."""
    if item.stance is Stance.MENTIONS:
        return Weight.NOTHING
    if item.comparison is None or item.comparison.outcome is Outcome.NOT_COMPARABLE:
        return _by_stance(item.stance, item.comparison)
    if item.comparison.outcome is Outcome.OUTSIDE:
        return _outside(item.stance, item.comparison)
    if item.stance is Stance.REFUTES:
        return Weight.AGAINST
    if item.stance is Stance.QUALIFIES:
        return Weight.LIMITS
    return Weight.FOR if item.comparison.outcome is Outcome.WITHIN else Weight.WEAK


def _by_stance(stance: Stance, comparison: Comparison | None) -> Weight:
    """Read an item whose number, if any, says nothing about the claimed one."""
    if stance is Stance.QUALIFIES:
        return Weight.LIMITS
    if comparison is not None:
        return Weight.NOTHING
    return Weight.AGAINST if stance is Stance.REFUTES else Weight.WEAK


def _outside(stance: Stance, comparison: Comparison) -> Weight:
    """Read an item whose number is another one."""
    if stance is Stance.REFUTES:
        return Weight.AGAINST
    if comparison.caveats:
        return Weight.LIMITS
    return Weight.NEAR_MISS if comparison.rule in NEAR_MISSES else Weight.AGAINST


_RULES: Final[tuple[tuple[SuggestionRule, Callable[[_Scales], bool]], ...]] = (
    (SuggestionRule.NO_EVIDENCE, lambda scales: not scales.items),
    (
        SuggestionRule.BOTH_SIDES,
        lambda scales: scales.has(Weight.FOR) and scales.has(Weight.AGAINST),
    ),
    (SuggestionRule.REFUTED_WELL, lambda scales: scales.suffices(Weight.AGAINST)),
    (SuggestionRule.REFUTED_THINLY, lambda scales: scales.has(Weight.AGAINST)),
    (SuggestionRule.ONLY_ROUNDING, lambda scales: scales.has(Weight.NEAR_MISS)),
    (
        SuggestionRule.SUPPORTED_WITH_LIMITS,
        lambda scales: scales.suffices(Weight.FOR) and scales.has(Weight.LIMITS),
    ),
    (SuggestionRule.SUPPORTED_WELL, lambda scales: scales.suffices(Weight.FOR)),
    (SuggestionRule.SUPPORTED_THINLY, lambda scales: scales.has(Weight.FOR)),
    (SuggestionRule.LESS_PRECISE, lambda scales: scales.has(Weight.WEAK)),
    (SuggestionRule.NOTHING_COMPARABLE, lambda _scales: True),
)
_COUNTED: Final = {
    SuggestionRule.REFUTED_WELL: Weight.AGAINST,
    SuggestionRule.REFUTED_THINLY: Weight.AGAINST,
    SuggestionRule.SUPPORTED_WITH_LIMITS: Weight.FOR,
    SuggestionRule.SUPPORTED_WELL: Weight.FOR,
    SuggestionRule.SUPPORTED_THINLY: Weight.FOR,
}
STATUSES: Final = {
    SuggestionRule.NO_EVIDENCE: VerificationStatus.UNCHECKED,
    SuggestionRule.BOTH_SIDES: VerificationStatus.CONFLICTING,
    SuggestionRule.REFUTED_WELL: VerificationStatus.REFUTED,
    SuggestionRule.REFUTED_THINLY: VerificationStatus.NOT_ENOUGH_EVIDENCE,
    SuggestionRule.ONLY_ROUNDING: VerificationStatus.MISLEADING,
    SuggestionRule.SUPPORTED_WITH_LIMITS: VerificationStatus.SUPPORTED,
    SuggestionRule.SUPPORTED_WELL: VerificationStatus.SUPPORTED,
    SuggestionRule.SUPPORTED_THINLY: VerificationStatus.NOT_ENOUGH_EVIDENCE,
    SuggestionRule.LESS_PRECISE: VerificationStatus.NOT_ENOUGH_EVIDENCE,
    SuggestionRule.NOTHING_COMPARABLE: VerificationStatus.NOT_ENOUGH_EVIDENCE,
}
REASONS: Final[dict[SuggestionRule, Words]] = {
    SuggestionRule.NO_EVIDENCE: {
        "zh": "还没有可计的证据。",
        "en": "There is no evidence that counts yet.",
    },
    SuggestionRule.BOTH_SIDES: {
        "zh": "有证据证实文中数值，也有证据与之相反。",
        "en": "Some evidence shows the article's figure and some speaks against it.",
    },
    SuggestionRule.REFUTED_WELL: {
        "zh": "来源给出的是另一个数值，或否认此事：{origins} 个独立来源，无一证实。",
        "en": "Sources give another figure or deny it: independent origins {origins}, none for it.",
    },
    SuggestionRule.REFUTED_THINLY: {
        "zh": "相反的证据只有 {origins} 个独立来源，且非权威一手；"
        "需要 {needed} 个或一个权威一手来源。",
        "en": "Independent origins against it: {origins}, none a primary authority; "
        "it takes {needed}, or one primary authority.",
    },
    SuggestionRule.ONLY_ROUNDING: {
        "zh": "数值只在取整或舍去尾数后才与文中一致：宜加“约”或改正。",
        "en": "The figure agrees only after rounding or cutting: add a hedge or correct it.",
    },
    SuggestionRule.SUPPORTED_WITH_LIMITS: {
        "zh": "有 {origins} 个独立来源证实，另有证据附加限定：宜考虑加限定语。",
        "en": "Independent origins for it: {origins}; other evidence limits it: consider a hedge.",
    },
    SuggestionRule.SUPPORTED_WELL: {
        "zh": "有 {origins} 个独立来源证实，无相反证据。",
        "en": "Independent origins for it: {origins}, none against it.",
    },
    SuggestionRule.SUPPORTED_THINLY: {
        "zh": "证实它的只有 {origins} 个独立来源，且非权威一手；"
        "需要 {needed} 个或一个权威一手来源。",
        "en": "Independent origins for it: {origins}, none a primary authority; "
        "it takes {needed}, or one primary authority.",
    },
    SuggestionRule.LESS_PRECISE: {
        "zh": "证据与文中不矛盾，但不够精确、时期或口径未注明，或没有数值。",
        "en": "The evidence does not contradict the article, but is too coarse, leaves the period "
        "or basis open, or gives no number.",
    },
    SuggestionRule.NOTHING_COMPARABLE: {
        "zh": "证据中没有可与文中比较的数值。",
        "en": "No evidence gives a number that can be compared with the article's.",
    },
}
