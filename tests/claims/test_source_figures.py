"""A source's figure is what was typed, with its period, and the claim's scope where shared."""

import pytest
from sqlalchemy.orm import Session

from claims.comparison import Outcome, compare
from claims.errors import Refused
from claims.policy import current_policy
from claims.source_figures import figure_meant, read_source_figure, read_source_period
from tests.claims.newsroom import a_claim


def test_a_shared_scope_makes_two_figures_comparable(session: Session) -> None:
    claimed = a_claim(session).figures[0]
    claimed.subject, claimed.measure = {"zh": "长江存储"}, {"zh": "份额"}
    alone = read_source_figure("5.0%", period="2024")
    shared = read_source_figure("5.0%", period="2024", like=claimed)
    policy = current_policy()
    assert compare(claimed, alone, policy).outcome is Outcome.COMPATIBLE_LESS_PRECISE
    assert compare(claimed, shared, policy).outcome is Outcome.WITHIN


@pytest.mark.parametrize("text", ["next year", "2024-13", "2025/2024", "20240101"])
def test_a_period_nobody_can_read_is_refused(text: str) -> None:
    with pytest.raises(Refused) as problem:
        read_source_period(text)
    assert problem.value.field == "period"


def test_no_period_is_none() -> None:
    assert read_source_period("  ") is None
    assert read_source_period(" 2024-10 ") == "2024-10"


def test_the_figure_meant_is_the_only_one_it_can_be(session: Session) -> None:
    one, two = a_claim(session), a_claim(session, figures=2)
    assert figure_meant(one.figures, []) is one.figures[0]
    assert figure_meant(two.figures, []) is None
    assert figure_meant(two.figures, two.figures[1:]) is two.figures[1]
