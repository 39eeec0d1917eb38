"""When a conclusion needs no words of its own: the evidence agrees, and the rule has said how."""

from collections.abc import Iterable

from claims.status import VerificationStatus
from claims.suggestion import Suggestion, SuggestionRule
from sources.columns import Words


def agreed_reason(
    given: VerificationStatus, suggestions: Iterable[Suggestion | None]
) -> Words | None:
    """Return the rule's reasons, where every figure is called supported and well supported.

    ``suggestions`` are those of the figures judged. The person who concludes adopts the reason:
    it is recorded as theirs. Anything that is limited, thin or contradicted wants a person's own
    words, and so does a claim without figures: None.
    """
    known = list(suggestions)
    if given is not VerificationStatus.SUPPORTED or not known:
        return None
    well = [one for one in known if one and one.rule is SuggestionRule.SUPPORTED_WELL]
    if len(well) < len(known):
        return None
    said: dict[str, dict[str, None]] = {}
    for one in well:
        for language, text in one.reason.items():
            said.setdefault(language, {})[text] = None
    return {language: " ".join(texts) for language, texts in said.items()}
