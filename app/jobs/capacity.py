"""How many jobs of which kind one process may still begin."""

from collections import Counter
from collections.abc import Iterable

from app.jobs.handlers import HANDLERS


def free_kinds(threads: int, running: Iterable[str]) -> list[str]:
    """The kinds of which another job may begin beside those running, named by their kinds.

    Of several threads one is always left to what does not wait for others' servers.
    """
    busy = Counter(running)
    if busy.total() >= threads:
        return []
    fetching = sum(busy[kind] for kind, handler in HANDLERS.items() if handler.fetches)
    may_fetch = fetching < max(1, threads - 1)
    return [
        kind
        for kind, handler in HANDLERS.items()
        if busy[kind] < handler.at_once and (may_fetch or not handler.fetches)
    ]
