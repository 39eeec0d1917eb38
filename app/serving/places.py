"""The places at the door: where all are taken, those give way who have held one for nothing."""

from typing import Any, Final

MOST: Final = 2000
"""Connections of everybody; waitress's 100 let a few slow clients keep everybody else out."""
MOST_OF_AN_ADDRESS: Final = 500
"""Connections of one address; a browser has six. Behind a proxy all come from its address."""
LEAVING: Final = 20
"""One in twenty gives way at once: looking for the slowest takes long where many are."""
NEW: Final = 1.0
"""Seconds within which nobody is called slow who need not be."""


class Places:
    """The places of a server: so many for everybody, and so many for one address."""

    def __init__(self, most: int = MOST, of_an_address: int | None = MOST_OF_AN_ADDRESS) -> None:
        """Limit both; None lets one address have all."""
        self.most, self.of_an_address = most, of_an_address

    def seat(self, comer: Any) -> None:
        """Give a connection that has just come a place."""
        every = [one for one in comer.watch.values() if hasattr(one, "held")]
        same = [one for one in every if one.addr[0] == comer.addr[0]]
        if self.of_an_address is not None and len(same) > self.of_an_address:
            self._clear(same, comer)
        elif len(every) > self.most:
            self._clear(every, comer)

    @staticmethod
    def _clear(taken: list[Any], comer: Any) -> None:
        """Let the slowest give way; where everybody is being worked for, whoever came last."""
        held = [(one.held(), one) for one in taken if one is not comer]
        idle = [pair for pair in held if pair[0] is not None]
        idle.sort(key=lambda pair: pair[0], reverse=True)
        several = [one for seconds, one in idle[: 1 + len(taken) // LEAVING] if seconds > NEW]
        for one in several or [pair[1] for pair in idle[:1]] or [comer]:
            one.give_way()
