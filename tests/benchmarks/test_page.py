"""Results land between their markers and nowhere else."""

import pytest

from tests.benchmarks.page import PAGE, replaced


def test_a_table_replaces_what_stood_between_its_markers() -> None:
    text = "before\n<!-- peers -->\n\nold\n\n<!-- end of peers -->\nafter\n"

    assert replaced(text, "peers", "new") == (
        "before\n<!-- peers -->\n\nnew\n\n<!-- end of peers -->\nafter\n"
    )


@pytest.mark.parametrize("name", ["peers", "growth"])
def test_the_page_has_a_place_for_every_table(name: str) -> None:
    assert "new" in replaced(PAGE.read_text(encoding="utf-8"), name, "new")


def test_a_page_without_the_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="no markers called peers"):
        replaced("nothing here", "peers", "new")
