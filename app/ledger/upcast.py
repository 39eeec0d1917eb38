"""Images older than today's schema, brought into today's shape: one small function a revision."""

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


UPCASTERS: Mapping[str, Upcaster] = {}
"""By revision, what it means for rows recorded before it.

A revision that changes an audited table has an entry: :func:`unchanged` where old rows keep their
meaning, else a function that changes the state in place (renames a field, splits one, moves it to
another table). A column that simply came needs nothing said: what was not recorded then is found
out from the migration's own entry. ``tests/app/ledger/test_upcast.py`` fails without the entry.
"""


def upcast(
    state: State, since: str, until: str, known: Mapping[str, Upcaster] | None = None
) -> None:
    """Apply in order every revision after ``since`` up to ``until``; ``base`` is before all."""
    known = UPCASTERS if known is None else known
    start = "" if since == "base" else since
    for revision in sorted(known):
        if start < revision <= until:
            known[revision](state)
