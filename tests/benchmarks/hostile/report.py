"""What a run says at its end: routes and how far they were reached, and what each cost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tests.app.access.table import read
from tests.benchmarks.hostile.doors import is_reached
from tests.benchmarks.hostile.forms import Sent
from tests.benchmarks.hostile.meter import Passage

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
COLUMNS = ("taken", "said why not", "refused inside", "refused early")
COSTLY = 0.5
"""Seconds of processor time from which a request is looked at."""
LARGE = 4
"""Megabytes by which the most that was ever held has to rise for a request to be named."""
SHOWN = 12
Route = tuple[str, str]


def routes() -> list[Route]:
    """Every writing route of ``docs/access.csv``."""
    return sorted({(rule, method) for rule, method, _about in read() if method not in SAFE})


def how(passage: Passage) -> str:
    """How far a request came: to the view or not, and what it answered."""
    if not passage.entered:
        return COLUMNS[3]
    if passage.status < 400:
        return COLUMNS[0]
    return COLUMNS[1] if is_reached(passage.status) else COLUMNS[2]


def reached(passages: Iterable[Passage]) -> dict[Route, Counter[str]]:
    """How often each writing route was reached."""
    found: dict[Route, Counter[str]] = {route: Counter() for route in routes()}
    for passage in passages:
        route = passage.rule, passage.method
        if route in found:
            found[route][how(passage)] += 1
    return found


def unreached(found: Mapping[Route, Counter[str]]) -> list[str]:
    """The routes whose view never read what it was asked for."""
    return [
        f"{method} {rule}"
        for (rule, method), counts in found.items()
        if not counts[COLUMNS[0]] + counts[COLUMNS[1]]
    ]


def table(found: Mapping[Route, Counter[str]]) -> str:
    """The routes, as a table for people."""
    head = ["route", *COLUMNS]
    rows = [
        [f"{method} {rule}", *(str(counts[name] or "") for name in COLUMNS)]
        for (rule, method), counts in found.items()
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def costly(passages: Iterable[Passage], sent: Mapping[str, Sent]) -> Iterator[str]:
    """What cost the most processor time, beside the time it took by the clock."""
    dear = sorted(passages, key=lambda one: one.worked, reverse=True)
    for one in [one for one in dear if one.worked >= COSTLY][:SHOWN]:
        known = sent.get(one.request)
        kind = known.kind if known is not None else "?"
        yield (
            f"{one.worked:.2f} s of processor, {one.seconds:.2f} s by the clock: "
            f"{kind} {one.method} {one.rule} {one.status} {one.request}"
        )


def large(passages: Iterable[Passage], sent: Mapping[str, Sent]) -> Iterator[str]:
    """During which requests the server came to hold more than ever, and how much between them."""
    most, rises = 0, list[tuple[int, int, str]]()
    for one in passages:
        known = sent.get(one.request)
        kind = known.kind if known is not None else "?"
        if most and one.before > most:
            rises.append((one.before - most, one.before, "while nothing was answered"))
        said = f"{kind} {one.method} {one.rule} {one.status} {one.request}"
        rises.append((one.peak - max(one.before, most), one.peak, said))
        most = max(most, one.peak)
    rises.sort(reverse=True)
    for rise, then, said in [one for one in rises if one[0] >= LARGE][:SHOWN]:
        yield f"{rise} MB more than ever, {then} MB then: {said}"
