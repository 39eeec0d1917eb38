"""What the pages of appendices tell a program."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from app.appendix_issue.making import Making
from app.appendix_issue.preview import Preview
from app.ledger.history import Entry
from app.twins import columns
from claims.appendix.document import Replaces
from claims.models import Appendix, AppendixFile
from claims.vocabulary import Profile

SECRET = frozenset({"state_sha256"})
"""It is keyed and gives nothing away, but it is nobody's business either."""


GUESSABLE = ("file_sha256", "proof_sha256", "size")
"""A table or text has no salt: by these anybody could test who a confidential source is."""


def told_preview(found: Preview, issued: Iterable[Appendix]) -> dict[str, Any]:
    """A preview: its document, its root, what is hidden and missing, and what was issued."""
    standing = found.standing
    return {
        "preview": found.document().as_dict(),
        "root": found.root if not found.left_out else None,
        "left_out": found.left_out,
        "hidden": [asdict(one) for one in found.hidden],
        "missing": {
            "claims": {gap.value: numbers for gap, numbers in found.gaps.claims.items()},
            "more": {gap.value: count for gap, count in found.gaps.more.items() if count},
            "numbers": found.gaps.numbers,
        },
        "same_as": standing.same.number if standing.same is not None else None,
        "would_replace": standing.former.number if standing.former is not None else None,
        "differences": asdict(standing.differences) if standing.differences is not None else None,
        "issued": [told_issue(row) for row in issued],
    }


def told_issue(row: Appendix, *, whole: bool = False) -> dict[str, Any]:
    """An issue with its files; ``whole`` for whoever holds the desk itself."""
    guarded = not whole and row.profile is Profile.INTERNAL
    files = [told_file(file, guarded=guarded) for file in row.files]
    return {**columns(row, without=SECRET), "files": files}


def told_file(row: AppendixFile, *, guarded: bool = False) -> dict[str, Any]:
    """A file of an issue."""
    return {**columns(row), **(dict.fromkeys(GUESSABLE) if guarded else {})}


def told_page(
    row: Appendix, replaces: Replaces | None, makings: Sequence[Making], handed: Sequence[Entry]
) -> dict[str, Any]:
    """The page of an issue: what it replaces, how far each format is, and who fetched it."""
    return {
        "issue": told_issue(row),
        "replaces": asdict(replaces) if replaces is not None else None,
        "formats": [
            {
                "format": one.format,
                "made": one.file is not None,
                "job": one.job.id if one.job is not None else None,
            }
            for one in makings
        ],
        "handed_out": [
            {
                "number": entry.eid,
                "at": entry.at,
                "by": entry.actor,
                "format": (entry.new or {}).get("format"),
            }
            for entry in handed
        ],
    }
