"""What several people did to one row, told from their answers alone: is there an order to it.

Each write carries a value nobody else writes, and what its form showed when it was opened. If every
save built upon the one before it, the saves are one chain from the first value to the last.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Ack(NamedTuple):
    """An acknowledged save: what its form showed, and what it wrote."""

    read: str
    wrote: str


def findings(first: str, acks: Sequence[Ack], last: str) -> list[str]:
    """What speaks against one order: two saves upon one state, a gap, another end."""
    wrong = [
        f"{number} saves upon {read!r}"
        for read, number in Counter(ack.read for ack in acks).items()
        if number > 1
    ]
    after = {ack.read: ack.wrote for ack in acks}
    at, steps = first, 0
    while at in after and steps <= len(acks):
        at, steps = after[at], steps + 1
    if steps != len(acks):
        wrong.append(f"{len(acks) - steps} saves are in no chain")
    if at != last:
        wrong.append(f"{at!r} was saved last, and {last!r} stands there")
    return wrong
