"""Blocks become lines under Markdown's marks."""

from sources.documents.blocks import TextBlock as Block
from sources.documents.blocks import lines


def test_items_and_rows_stand_together_and_all_else_apart() -> None:
    blocks = [Block("heading", "A\nB", 9), Block("text", "c"), Block("item", "d", 1),
              Block("item", "e", 2), Block("row", "f | g"), Block("row", "h | i")]  # fmt: skip
    assert lines(blocks) == "###### A B\n\nc\n\n- d\n  - e\n\nf | g\nh | i"
