"""A suggested status follows from the evidence by a named rule."""

from decimal import Decimal

import pytest

from claims.comparison import Comparison, compare
from claims.figures import Comparator, StatedFigure
from claims.policy import current_policy
from claims.status import VerificationStatus
from claims.suggestion import REASONS, STATUSES, SuggestionRule, Weighed, suggest
from claims.typed_figures import read_typed
from claims.vocabulary import Stance

POLICY = current_policy()
CLAIMED = read_typed("18.3%")
GIVES = {"within": "18.27%", "outside": "17.1%", "coarser": "18%", "cut": "18.37%"}


def weighed(
    gives: str | None,
    origin: str | None = "a",
    stance: Stance = Stance.SUPPORTS,
    *,
    primary: bool = False,
) -> Weighed:
    """An item whose source gives a figure of a kind."""
    found = None if gives is None else compare(CLAIMED, read_typed(GIVES[gives]), POLICY)
    return Weighed(stance, found, origin, authoritative=primary)


def rule(*items: Weighed) -> SuggestionRule:
    return suggest(items, POLICY).rule


def test_two_independent_origins_support() -> None:
    found = suggest([weighed("within", "a"), weighed("within", "b")], POLICY)
    assert found.status is VerificationStatus.SUPPORTED
    assert found.reason["zh"] == "有 2 个独立来源证实，无相反证据。"


def test_twelve_links_to_one_origin_do_not_support() -> None:
    found = suggest([weighed("within")] * 12, POLICY)
    assert found.status is VerificationStatus.NOT_ENOUGH_EVIDENCE
    assert found.rule is SuggestionRule.SUPPORTED_THINLY


def test_unknown_lineage_counts_as_one_origin_at_most() -> None:
    assert rule(weighed("within", None), weighed("within", None)) is (
        SuggestionRule.SUPPORTED_THINLY
    )


def test_one_primary_authority_supports() -> None:
    assert rule(weighed("within", primary=True)) is SuggestionRule.SUPPORTED_WELL


def test_a_supporting_source_with_another_figure_speaks_against() -> None:
    found = suggest([weighed("outside", primary=True)], POLICY)
    assert found.status is VerificationStatus.REFUTED


def test_one_thin_source_does_not_refute() -> None:
    assert rule(weighed("outside")) is SuggestionRule.REFUTED_THINLY


def test_sources_for_and_against_conflict() -> None:
    found = suggest([weighed("within", "a"), weighed("outside", "b")], POLICY)
    assert found.status is VerificationStatus.CONFLICTING


def test_a_denial_without_a_number_counts_against() -> None:
    denial = weighed(None, "b", Stance.REFUTES, primary=True)
    assert rule(denial) is SuggestionRule.REFUTED_WELL


def test_a_figure_that_was_cut_instead_of_rounded_is_a_near_miss() -> None:
    found = suggest([weighed("cut", primary=True)], POLICY)
    assert found.rule is SuggestionRule.ONLY_ROUNDING


def test_a_limiting_source_adds_a_hedge() -> None:
    limits = weighed("within", "c", Stance.QUALIFIES)
    supported = weighed("within", primary=True)
    assert rule(supported, limits) is SuggestionRule.SUPPORTED_WITH_LIMITS


def test_coarse_evidence_is_not_enough() -> None:
    assert rule(weighed("coarser", primary=True)) is SuggestionRule.LESS_PRECISE


def test_a_mention_weighs_nothing() -> None:
    assert rule(weighed("within", primary=True, stance=Stance.MENTIONS)) is (
        SuggestionRule.NOTHING_COMPARABLE
    )


def test_no_evidence_leaves_a_figure_unchecked() -> None:
    assert suggest([], POLICY).status is VerificationStatus.UNCHECKED


def test_a_gap_with_an_unstated_period_does_not_refute() -> None:
    dated = StatedFigure(
        comparator=Comparator.EXACTLY,
        low=Decimal("18.3"),
        high=Decimal("18.3"),
        stated_decimals=1,
        unit="%",
        period="2024",
    )
    gap: Comparison = compare(dated, read_typed("17.1%"), POLICY)
    item = Weighed(Stance.SUPPORTS, gap, "a", authoritative=True)
    assert rule(item) is SuggestionRule.NOTHING_COMPARABLE


@pytest.mark.parametrize("name", SuggestionRule)
def test_every_rule_has_a_status_and_a_reason_in_both_languages(name: SuggestionRule) -> None:
    assert STATUSES[name] in VerificationStatus
    assert REASONS[name]["zh"]
    assert REASONS[name]["en"]
