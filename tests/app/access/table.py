"""The table of who may ask what, as an auditor reads it: ``docs/access.csv``."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from app.accounts.roles import Role
from app.accounts.vocabulary import Scope

FILE = Path(__file__).parents[3] / "docs" / "access.csv"
VISITOR, DISABLED, WAITING = "visitor", "disabled", "waiting"
ROLES = {role.value: role for role in Role}
TOKENS = {f"token {scope}": scope for scope in Scope}
COLUMNS = (VISITOR, *ROLES, *TOKENS, DISABLED, WAITING)
"""Who asks: nobody, each role, a token of each scope for somebody of every role, a shut account,
and somebody of every role who gave a password and not yet the second proof."""
HEAD = ("address", "method", "about", "needs", *COLUMNS)
SIGN_IN = "sign-in"
"""What stands where the answer leads to the page of signing in."""
Row = tuple[str, str, str]
"""An address, a method, and whose object it is about."""
Cells = Mapping[str, str]


def read(text: str | None = None) -> dict[Row, Cells]:
    """Return the cells by row; raise ValueError for a row that stands twice."""
    lines = csv.DictReader(io.StringIO(FILE.read_text() if text is None else text))
    found: dict[Row, Cells] = {}
    for line in lines:
        row = line["address"], line["method"], line["about"]
        if row in found:
            message = f"stands twice: {row}"
            raise ValueError(message)
        found[row] = line
    return found


def written(rows: Mapping[Row, Cells]) -> str:
    """Write rows as the file has them."""
    text = io.StringIO()
    lines = csv.DictWriter(text, HEAD, lineterminator="\n")
    lines.writeheader()
    for (address, method, about), cells in sorted(rows.items()):
        lines.writerow({**cells, "address": address, "method": method, "about": about})
    return text.getvalue()


def is_let_in(cell: str) -> bool:
    """Whether a cell says that what was asked for was done or shown."""
    return cell.isdigit() and int(cell) < 400
