"""What a page names by a field has a word in the language of the reader."""

import pytest
from flask_babel import force_locale

from app.field_labels import content_label
from claims.appendix.differences import ELSEWHERE

pytestmark = pytest.mark.usefixtures("labels")


def test_each_part_in_which_two_appendices_may_differ_has_a_word() -> None:
    with force_locale("zh"):
        assert [name for name in ELSEWHERE if content_label(name) == name] == []
        assert content_label("set_aside") == "排除的数字"
