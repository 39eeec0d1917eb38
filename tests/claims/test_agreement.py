"""Only a figure that its evidence bears out well is called supported without a word."""

import pytest

from claims.agreement import agreed_reason
from claims.status import VerificationStatus
from claims.suggestion import REASONS, STATUSES, Suggestion, SuggestionRule

SUPPORTED = VerificationStatus.SUPPORTED


def said(rule: SuggestionRule, reason: str = "Two origins.") -> Suggestion:
    return Suggestion(STATUSES[rule], rule, {"zh": "两个来源。", "en": reason})


def test_the_rules_reason_is_adopted_in_both_languages() -> None:
    well = said(SuggestionRule.SUPPORTED_WELL)
    assert agreed_reason(SUPPORTED, [well]) == {"zh": "两个来源。", "en": "Two origins."}


def test_figures_with_one_reason_say_it_once_and_with_two_say_both() -> None:
    well, other = said(SuggestionRule.SUPPORTED_WELL), said(SuggestionRule.SUPPORTED_WELL, "Three.")
    assert agreed_reason(SUPPORTED, [well, well, other]) == {
        "zh": "两个来源。",
        "en": "Two origins. Three.",
    }


@pytest.mark.parametrize("rule", [rule for rule in REASONS if rule != "supported_well"])
def test_every_other_rule_wants_words(rule: SuggestionRule) -> None:
    assert agreed_reason(SUPPORTED, [said(SuggestionRule.SUPPORTED_WELL), said(rule)]) is None


@pytest.mark.parametrize("status", [one for one in VerificationStatus if one != SUPPORTED])
def test_every_other_status_wants_words(status: VerificationStatus) -> None:
    assert agreed_reason(status, [said(SuggestionRule.SUPPORTED_WELL)]) is None


def test_a_claim_without_figures_and_a_figure_without_evidence_want_words() -> None:
    assert agreed_reason(SUPPORTED, []) is None
    assert agreed_reason(SUPPORTED, [said(SuggestionRule.SUPPORTED_WELL), None]) is None
