"""A number that a visitor wrote is plain digits, or it is none: never a server error."""

import pytest

from app.typed_numbers import MOST_DIGITS, whole
from tests.app.browser import Person
from tests.app.claim_desk import Desk, submitted

NO_NUMBERS = ("²", "٤", "４", "-1", "+1", " 1", "1_000", "1e5", "", "9" * (MOST_DIGITS + 1))


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_only_plain_digits_within_32_bits_are_a_number(typed: str) -> None:
    assert whole("9" * MOST_DIGITS) == 10**MOST_DIGITS - 1 < 2**31
    with pytest.raises(ValueError, match="no whole number"):
        whole(typed)


def test_an_address_with_another_number_leads_nowhere_on_either_engine(any_desk: Desk) -> None:
    """T-BAD: giants, other scripts' digits and signs where a page wants a number."""
    lead = any_desk.person("wang.fang")
    with any_desk.database.reading() as session:
        key = any_desk.claim(session).article.key
    for typed in (*(typed for typed in NO_NUMBERS if typed), "9" * MOST_DIGITS):
        for path in (f"/audit/{typed}", f"/articles/{key}/v/{typed}", f"/audit/{typed}/restore"):
            assert lead.get(path).status_code == 404, path
        assert lead.get(f"/audit?claim={key}/{typed}").status_code == 422


def test_a_form_with_another_number_in_a_hidden_field_is_answered(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    """T-BAD: what a person never types, and a script might."""
    submitted(desk, checker)
    form = reviewer.open(f"{desk.path}/sign-off", "opened_at")
    for typed in NO_NUMBERS:
        answer = reviewer.send(form, opened_at=typed, content_sha256="0" * 64, answer="sign")
        assert answer.status_code in {409, 422}, (typed, answer.status_code)
