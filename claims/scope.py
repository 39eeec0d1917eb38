"""Whether two figures speak of the same thing: unit, change, firmness, period, subject, place."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from claims.figures import ChangeKind, ObservationStatus, Quantity
from claims.periods import Match, match
from claims.policy import Policy
from claims.units import convertible, unit
from sources.columns import Words

SPACES: Final = re.compile(r"\s+")
PLANS: Final = frozenset({ObservationStatus.FORECAST, ObservationStatus.TARGET})


class Aspect(StrEnum):
    """What two figures may differ in besides their numbers, in the order in which it is asked."""

    UNIT = "unit"
    CHANGE_KIND = "change_kind"
    OBSERVATION_STATUS = "observation_status"
    PERIOD = "period"
    SUBJECT = "subject"
    MEASURE = "measure"
    GEOGRAPHY = "geography"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Scope:
    """What keeps two figures from being compared, or only calls for care."""

    differs: Aspect | None
    caveats: tuple[Aspect, ...]


def compare_scope(claimed: Quantity, evidence: Quantity, policy: Policy) -> Scope:
    """Compare everything but the numbers; what one side does not state is a caveat."""
    answers = list(_answers(claimed, evidence, policy))
    differs = next((aspect for aspect, found in answers if found is Match.DIFFERENT), None)
    return Scope(differs, tuple(aspect for aspect, found in answers if found is Match.NEAR))


def _answers(
    claimed: Quantity, evidence: Quantity, policy: Policy
) -> Iterator[tuple[Aspect, Match]]:
    """Yield one answer for each aspect."""
    yield Aspect.UNIT, _units(claimed.unit, evidence.unit)
    yield Aspect.CHANGE_KIND, _changes(claimed.change_kind, evidence.change_kind)
    firmness = _firmness(claimed.observation_status, evidence.observation_status)
    yield Aspect.OBSERVATION_STATUS, firmness
    yield Aspect.PERIOD, _periods(claimed.period, evidence.period, policy)
    yield Aspect.SUBJECT, same_words(claimed.subject, evidence.subject, _other_name)
    # Measures are worded freely (市场份额, 市占率), so other words never prove another measure.
    yield Aspect.MEASURE, same_words(claimed.measure, evidence.measure, _unproven)
    yield Aspect.GEOGRAPHY, same_words(claimed.geography, evidence.geography, _proven)
    yield Aspect.BASIS, same_words(claimed.basis, evidence.basis, _proven)


def _units(claimed: str | None, evidence: str | None) -> Match:
    """Compare units: exactly convertible ones are the same."""
    one, other = unit(claimed), unit(evidence)
    if one is None or other is None:
        return Match.SAME if one is other else Match.NEAR
    return Match.SAME if convertible(one, other) else Match.DIFFERENT


def _changes(claimed: ChangeKind | None, evidence: ChangeKind | None) -> Match:
    """Compare levels and changes; a figure that is not marked is taken as a level, with care."""
    if (claimed or ChangeKind.LEVEL) is (evidence or ChangeKind.LEVEL):
        return Match.SAME
    return Match.NEAR if claimed is None or evidence is None else Match.DIFFERENT


def _firmness(claimed: ObservationStatus, evidence: ObservationStatus) -> Match:
    """Compare facts and plans; an estimate does not fully show what is stated as a fact."""
    if (claimed in PLANS) is not (evidence in PLANS):
        return Match.DIFFERENT
    firm = evidence in {claimed, ObservationStatus.NORMAL}
    return Match.SAME if firm else Match.NEAR


def _periods(claimed: str | None, evidence: str | None, policy: Policy) -> Match:
    """Compare periods where both are stated."""
    if claimed and evidence:
        return match(claimed, evidence, policy.about_years)
    return Match.NEAR if claimed or evidence else Match.SAME


def same_words(one: Words | None, other: Words | None, judge: Callable[[str, str], Match]) -> Match:
    """Compare two texts language by language; one language in which they agree suffices.

    ``judge`` decides on two different texts of one language. Texts without a common language
    cannot be told apart, which is a caveat.
    """
    if not one and not other:
        return Match.SAME
    first, second = _folded(one), _folded(other)
    if not first or not second:
        return Match.NEAR if first or second else Match.SAME
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return Match.NEAR
    if any(first[lang] == second[lang] for lang in shared):
        return Match.SAME
    found = {judge(first[lang], second[lang]) for lang in shared}
    return Match.DIFFERENT if found == {Match.DIFFERENT} else Match.NEAR


def _folded(words: Words | None) -> Words:
    """Drop what is no difference: case, width, spaces; and languages that say nothing."""
    folded = {
        lang: SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
        for lang, text in (words or {}).items()
    }
    return {lang: text for lang, text in folded.items() if text}


def _proven(_one: str, _other: str) -> Match:
    """Take other words as another thing."""
    return Match.DIFFERENT


def _unproven(_one: str, _other: str) -> Match:
    """Take other words as perhaps the same thing."""
    return Match.NEAR


def _other_name(one: str, other: str) -> Match:
    """Take a longer form of a name (三星, 三星电子) as perhaps the same party."""
    return Match.NEAR if one in other or other in one else Match.DIFFERENT
