"""What a night says of itself: a table and lists for people, the same as JSON for machines."""

from dataclasses import asdict
from typing import Any

from tests.nightly.command import Night
from tests.nightly.findings import DESK, Finding, Hole, table


def told(run: Night) -> str:
    """The night for people: what was found, what was missed, and how far the tools came."""
    weighed = run.verdict()
    rows = [_row(run, tool) for tool in run.tools]
    parts = [table(rows, ["tool", "in the product", "planted holes found", "time"])]
    parts += [f"{tool}: {how_far}" for tool, how_far in run.reached.items()]
    parts += [", ".join(f"{count} {name}" for name, count in run.looked.items())] * bool(run.looked)
    lists = {
        "FOUND": [_found(one) for one in weighed.found],
        "MISSED": [_missed(one) for one in weighed.missed],
        "ACCEPTED, BUT NOT THERE": [f"{one.tool} {one.rule} {one.place}" for one in weighed.stale],
        "FAILED": list(weighed.failed),
    }
    parts += ["\n".join([f"{name}:", *lines]) for name, lines in lists.items() if lines]
    return "\n\n".join([*parts, "good" if weighed.good else "NOT GOOD"])


def as_json(run: Night) -> dict[str, Any]:
    """The night for machines."""
    weighed = run.verdict()
    return {
        "good": weighed.good,
        "found": [asdict(one) for one in weighed.found],
        "missed": [asdict(one) for one in weighed.missed],
        "stale": [asdict(one) for one in weighed.stale],
        "failed": list(weighed.failed),
        "seconds": run.seconds,
        "looked_at": run.looked,
        "reached": run.reached,
        "planted": [asdict(one) for one in run.found if one.where != DESK],
    }


def _row(run: Night, tool: str) -> list[str]:
    wanted = [hole for hole in run.holes() if hole.tool == tool]
    met = sum(hole.met(run.found) for hole in wanted)
    seen = sum((one.tool, one.where) == (tool, DESK) for one in run.found)
    return [tool, str(seen), f"{met}/{len(wanted)}", f"{run.seconds.get(tool, 0)} s"]


def _found(one: Finding) -> str:
    return f"{one.tool} {one.rule} {one.place} {one.detail}"


def _missed(one: Hole) -> str:
    return f"{one.tool} {one.where} {one.rules[0]} {one.place}"
