"""Moving through the claims of an article."""

from hypothesis import given
from hypothesis import strategies as st

from claims.queries.reading import Step, beside, narrows, open_beside, showing
from claims.status import VerificationStatus
from claims.vocabulary import Stage

STEPS = st.lists(
    st.builds(
        Step,
        st.integers(1, 40),
        st.sampled_from(VerificationStatus),
        st.sampled_from(Stage),
        st.booleans(),
    ),
    unique_by=lambda step: step.number,
).map(sorted)
UNCHECKED, SUPPORTED = VerificationStatus.UNCHECKED, VerificationStatus.SUPPORTED


def test_claims_follow_each_other_in_a_circle_also_from_one_that_is_not_shown() -> None:
    assert beside([2, 5, 9], 5) == (2, 9)
    assert beside([2, 5, 9], 9) == (5, 2)
    assert beside([2, 5, 9], 6) == (5, 9)
    assert beside([], 6) == (6, 6)


def test_what_nobody_judged_comes_before_what_is_only_not_handed_over() -> None:
    steps = [
        Step(1, SUPPORTED, Stage.CHECKING, contested=False),
        Step(2, UNCHECKED, Stage.OPEN, contested=False),
        Step(3, SUPPORTED, Stage.SUBMITTED, contested=False),
        Step(4, SUPPORTED, Stage.CHECKING, contested=False),
    ]
    assert open_beside(steps, 4) == (2, 2)
    assert open_beside(steps, 2) == (1, 4)
    assert open_beside([steps[2], steps[3]], 4) == (4, 4)


@given(STEPS, st.integers(1, 40))
def test_the_next_open_claim_is_open_and_another(steps: list[Step], at: int) -> None:
    known = {step.number: step for step in steps}
    for number in open_beside(steps, at):
        assert number == at or known[number].stage in {Stage.OPEN, Stage.CHECKING}


@given(STEPS, st.sampled_from([*VerificationStatus, "contested", "nonsense", None]))
def test_narrowing_shows_exactly_the_claims_asked_for(steps: list[Step], only: str | None) -> None:
    shown = showing(steps, only)
    if only == "contested":
        assert shown == [step.number for step in steps if step.contested]
    elif narrows(only):
        assert shown == [step.number for step in steps if step.status == only]
    else:
        assert shown == [step.number for step in steps]
