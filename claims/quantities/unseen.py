"""Reading a text as a person sees it: through the characters that show nothing.

A zero-width space inside 41.5 % leaves what is printed as it was, and must leave what is read.
"""

import re
from bisect import bisect_right
from collections.abc import Callable

from claims.quantities.quantity import Quantity

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]"
)
"""Unicode's default ignorable characters that have no width, variation selectors among them."""


def seen(read: Callable[[str], list[Quantity]], text: str) -> list[Quantity]:
    """Read a text without what shows nothing; places and words are those of the text as given."""
    gaps = [found.start() - count for count, found in enumerate(UNSEEN.finditer(text))]
    if not gaps:
        return read(text)

    def place(index: int) -> int:
        return index + bisect_right(gaps, index)

    def end(index: int) -> int:
        return place(index - 1) + 1 if index else 0

    def given(one: Quantity) -> Quantity:
        start, stop = place(one.start), end(one.end)
        return one._replace(
            start=start,
            end=stop,
            text=text[start:stop],
            num_start=place(one.num_start),
            num_end=end(one.num_end),
            core_start=place(one.core_start),
            core_end=end(one.core_end),
        )

    return [given(one) for one in read(UNSEEN.sub("", text))]
