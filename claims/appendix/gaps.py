"""What is missing in an appendix, by kind and claim: to be known before it leaves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Gap(StrEnum):
    """A kind of thing that a reader of the appendix will miss, the gravest first."""

    UNCHECKED = "unchecked"
    UNSIGNED = "unsigned"
    VOID = "void"
    CONTESTED = "contested"
    SINGLE_ORIGIN = "single_origin"
    NO_SNAPSHOT = "no_snapshot"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True)
class Gaps:
    """The numbers of the claims with each gap, and how many numbers of the text nobody claimed.

    Of a long article only the first claims are named; ``more`` says how many others there are.
    """

    claims: Mapping[Gap, list[int]]
    numbers: int
    more: Mapping[Gap, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.claims) or self.numbers > 0

    def count(self, gap: Gap) -> int:
        """How many claims have a gap."""
        return len(self.claims.get(gap, ())) + self.more.get(gap, 0)


def gaps(summary: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> Gaps:
    """Return what is missing in a content, nothing of which is withheld.

    A claim that no longer stands in the article lacks nothing.
    """
    found: dict[Gap, list[int]] = {}
    for claim in claims:
        if claim["stage"] != "dropped":
            for gap in _of(claim):
                found.setdefault(gap, []).append(claim["number"])
    ordered = {gap: sorted(found[gap]) for gap in Gap if gap in found}
    return Gaps(ordered, summary["numbers_total"] - summary["numbers_accounted"])


def _of(claim: Mapping[str, Any]) -> Iterator[Gap]:
    standing = [item for item in claim["evidence"] if item["withdrawn"] is None]
    if claim["status"] == "unchecked":
        yield Gap.UNCHECKED
    if claim["stage"] != "signed_off":
        void = any(row["void"] for row in claim["sign_offs"])
        yield Gap.VOID if void else Gap.UNSIGNED
    if any(row["outcome"] is None for row in claim["contests"]):
        yield Gap.CONTESTED
    if claim["origins"]["origins"] == 1 and not claim["origins"]["primary"]:
        yield Gap.SINGLE_ORIGIN
    if any(item["source"] is not None and item["snapshot"] is None for item in standing):
        yield Gap.NO_SNAPSHOT
    if not standing:
        yield Gap.NO_EVIDENCE
