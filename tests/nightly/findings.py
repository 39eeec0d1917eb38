"""What a tool found, what of it was accepted with a reason, and whether a run is a good one."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

DESK, TWIN, SABOTAGED = "desk", "planted", "sabotaged"
"""Where a tool looked: at the product, at the careless application, at the product spoilt."""
STEADY = frozenset({"bandit", "semgrep"})
"""Tools that say the same of the same code; what a crawler comes by depends on its time."""
ACCEPTED = Path(__file__).with_name("accepted.toml")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a tool complained about: its name for it, and the file or address it is in."""

    tool: str
    where: str
    rule: str
    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """What a tool has to find: in the place or below it, one of the rules it may call it."""

    tool: str
    where: str
    rules: tuple[str, ...]
    place: str

    def met(self, found: Iterable[Finding]) -> bool:
        """Whether one of the findings is this hole."""
        return any(
            (one.tool, one.where) == (self.tool, self.where)
            and one.rule in self.rules
            and fnmatchcase(one.place, self.place)
            for one in found
        )


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding in the product that people looked at, and why it is none."""

    tool: str
    rule: str
    place: str
    reason: str

    def covers(self, found: Finding) -> bool:
        """Whether it is about this finding."""
        return (
            found.where == DESK
            and (found.tool, found.rule) == (self.tool, self.rule)
            and fnmatchcase(found.place, self.place)
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong after a run; nothing, where it was a good one."""

    found: tuple[Finding, ...]
    missed: tuple[Hole, ...]
    stale: tuple[Accepted, ...]
    failed: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether nothing was found in the product and every planted hole was."""
        return not (self.found or self.missed or self.stale or self.failed)


def accepted(file: Path = ACCEPTED) -> list[Accepted]:
    """The findings that were looked at; raise ValueError for one without a reason."""
    kept = [Accepted(**entry) for entry in tomllib.loads(file.read_text("utf-8"))["accepted"]]
    silent = [one for one in kept if not one.reason.strip().endswith(".")]
    if silent:
        raise ValueError(f"no reason is given for {silent[0]}")
    return kept


def judge(
    found: Sequence[Finding],
    holes: Iterable[Hole],
    known: Iterable[Accepted],
    tools: Iterable[str],
    failed: Iterable[str] = (),
) -> Verdict:
    """Weigh the findings of the tools that ran; an acceptance that is about nothing is stale."""
    known, ran = list(known), set(tools)
    return Verdict(
        found=tuple(
            one
            for one in found
            if one.where == DESK and not any(entry.covers(one) for entry in known)
        ),
        missed=tuple(hole for hole in holes if hole.tool in ran and not hole.met(found)),
        stale=tuple(
            entry
            for entry in known
            if entry.tool in ran & STEADY and not any(entry.covers(one) for one in found)
        ),
        failed=tuple(failed),
    )


def table(rows: Sequence[Sequence[str]], head: Sequence[str]) -> str:
    """Rows as a table for people."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
