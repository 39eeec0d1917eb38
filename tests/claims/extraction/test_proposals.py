"""How well the proposals cover a hand-made list of claims: the sample's, as floors."""

import json
import time
from typing import Any, NamedTuple

import pytest

from claims.extraction import Proposal, propose
from claims.interchange import SEED
from claims.quantities import Quantity, read

FOLDER = SEED / "ten-years"
FOUND, STRONG, DATED = 31, 25, 20
"""Claims with a number that a proposal holds, a strong one, and one with the right period.

They may only rise. Six claims hold no number: a person selects them and presses c. Five periods
are known from elsewhere, such as the day a shop opened."""
FALSE = 0
"""Strong figures that no claim of the list speaks of."""


class Score(NamedTuple):
    """Which of the listed claims are covered, and the strong figures that are in none."""

    found: set[str]
    strong: set[str]
    dated: set[str]
    false: list[str]


def meets(figure: Any, start: int, stop: int) -> bool:
    number: Quantity = figure.quantity
    return number.start < stop and start < number.end


def scored(made: list[Proposal], claims: list[dict[str, Any]]) -> Score:
    """Compare proposals with listed claims by the places of their figures."""
    score = Score(set(), set(), set(), [])
    spans = []
    for claim in claims:
        for figure in claim["figures"]:
            spans.append((figure["start"], figure["end"]))
            hits = [
                one
                for proposal in made
                for one in proposal.figures
                if meets(one, figure["start"], figure["end"])
            ]
            for one in hits:
                score.found.add(claim["key"])
                if one.strong:
                    score.strong.add(claim["key"])
                if one.strong and one.dated.period == figure.get("period"):
                    score.dated.add(claim["key"])
    score.false.extend(
        one.quantity.text
        for proposal in made
        for one in proposal.figures
        if one.strong and not any(meets(one, *span) for span in spans)
    )
    return score


def test_the_samples_claims_are_proposed() -> None:
    text = (FOLDER / "v1.md").read_text(encoding="utf-8")
    claims = json.loads((FOLDER / "claims.json").read_text(encoding="utf-8"))["claims"]
    score = scored(propose(text, "zh-Hans", read(text, "zh")), claims)
    assert len(score.found) >= FOUND, sorted(score.found)
    assert len(score.strong) >= STRONG, sorted(score.strong)
    assert len(score.dated) >= DATED, sorted(score.dated)
    assert len(score.false) <= FALSE, score.false


@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize("unit", ["1,", "约"])
def test_a_page_of_one_sign_is_read_in_as_many_steps_as_it_is_long(unit: str, tongue: str) -> None:
    """T-DOS: ten thousand numbers in a row took minutes of computing."""
    text = unit * (12_000 // len(unit)) + "增长5%。 It grew 5% in 2024."
    begun = time.process_time()
    made = propose(text, tongue, read(text, tongue))
    assert time.process_time() - begun < 2
    assert any(proposal.strong for proposal in made)
