"""Of the figures of a passage the one that speaks to the claim's is proposed, before saving."""

import pytest

from claims.comparison import Outcome
from claims.fitting import compared, fitting
from claims.passage_figures import Tongue, figures_in
from claims.policy import current_policy
from claims.typed_figures import read_typed
from tests.claims.newsroom import a_figure


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Of 1,234 shops 3.1 percent closed and 5.0 percent opened.", "5.0 percent"),
        ("Of 1,234 shops 3.1 percent closed and 9 percent opened.", "3.1 percent"),
        ("It sold 1,234 units.", "1,234"),
        ("It sold 1,234 units in 17 countries.", None),
        ("Nothing at all.", None),
    ],
)
def test_the_figure_that_fits_is_proposed_and_none_is_guessed(
    text: str, proposed: str | None
) -> None:
    found = figures_in(text, (0, len(text)), Tongue("en"))
    chosen = fitting(found, [a_figure(None)], current_policy())
    assert (chosen.figure.text if chosen else None) == proposed


def test_the_answer_is_that_of_saved_evidence() -> None:
    claimed = a_figure(None)
    (outside,) = compared(read_typed("9%"), [claimed], current_policy(), same_scope=True)
    assert outside.comparison.outcome is Outcome.OUTSIDE
    assert outside.figure is claimed
