"""Images older than today's schema, brought into today's shape: one small function a revision."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Image = dict[str, Any]
"""The fields of one row as JSON values, numbers with a point as text."""
Rows = dict[str, Image]
"""Images by the row's key."""
State = dict[str, Rows]
"""What a set of tables held, by table."""
Upcaster = Callable[[State], None]


def unchanged(state: State) -> None:
    """Leave the rows as they are: the revision touched a table, but no value a row holds."""


def numbered_submissions(state: State) -> None:
    """Claims were submitted without a number, with two levels; each answer was to the first."""
    answered = {row["claim_id"] for row in state.get("sign_off", {}).values()}
    for key, row in state.get("claim", {}).items():
        row["submission"] = int(row.get("submitted_by") is not None or key in answered)
        waiting = row.get("stage") in ("submitted", "signed_off")
        row["sign_off_levels"] = 2 if waiting else None
    for row in state.get("sign_off", {}).values():
        row["submission"] = 1


def nothing_pending(state: State) -> None:
    """All evidence was attached by the desk: none waited to be accepted."""
    for row in state.get("evidence", {}).values():
        row["pending"] = False


MEANT = re.compile(r"[,，{}\\]")
UNSPACED = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af·・\s,，;；、]+")


def names_kept_together(state: State) -> None:
    """Authors were a line without a notation: braces keep together what a comma would part now."""
    for row in state.get("source", {}).values():
        line = row.get("authors")
        if isinstance(line, str) and MEANT.search(line) and not UNSPACED.fullmatch(line):
            row["authors"] = "{" + re.sub(r"([{}\\])", r"\\\1", line) + "}"


OF_A_FILE = ("format", "file_sha256")


def files_of_their_own(state: State) -> None:
    """An appendix was its one file: that is a row beside it now, with the same key."""
    if "appendix" not in state:
        return
    files = state.setdefault("appendix_file", {})
    for key, row in state["appendix"].items():
        file = {name: row.pop(name, None) for name in OF_A_FILE}
        made = {name: row.get(name) for name in ("created_at", "created_by")}
        files[key] = {"id": key, "appendix_id": key, "kept": False, **file, **made}


UPCASTERS: Mapping[str, Upcaster] = {
    "0011_sign_off_levels": numbered_submissions,
    "0012_voices": nothing_pending,
    "0013_figures_and_formulas": unchanged,
    "0019_places_of_a_text": unchanged,
    "0020_citations": names_kept_together,
    "0021_register": unchanged,
    "0022_capture": unchanged,
    "0023_passages_in_copies": unchanged,
    "0025_files_of_an_issue": files_of_their_own,
}
"""By revision, what it means for rows recorded before it.

A revision that changes an audited table has an entry: :func:`unchanged` where old rows keep their
meaning, else a function that changes the state in place (renames a field, splits one, moves it to
another table). A column that simply came is :func:`unchanged`: that nothing was recorded in it
before is found out from the migration's own entry. A test fails without the entry.
"""


def touched(story: Mapping[str, Any], before: Mapping[str, str]) -> set[str]:
    """The tables that a migration changed and that were there before it.

    ``story`` is the payload of its entry; ``before`` the fingerprints the entry before it left.
    """
    after: Mapping[str, str] = story.get("objects", {})
    changed = {
        name.removeprefix("table ").removeprefix("public.")
        for name, fingerprint in before.items()
        if name.startswith("table ") and after.get(name) != fingerprint
    }
    named = (story.get(key, ()) for key in ("columns_added", "columns_removed", "rows_rewritten"))
    return changed | {table for tables in named for table in tables}


def upcast(
    state: State, since: str, until: str, known: Mapping[str, Upcaster] | None = None
) -> None:
    """Apply in order every revision after ``since`` up to ``until``; ``base`` is before all."""
    known = UPCASTERS if known is None else known
    start = "" if since == "base" else since
    for revision in sorted(known):
        if start < revision <= until:
            known[revision](state)
