"""What a citation needs of a source is kept beside its columns; authors are a line of names.

What editors gain: sources carry volume, issue, pages, DOI and whatever else a citation needs, and
dates may be seasons and spans. A line of authors is read as names: a comma parts a family name
from the given names, so an older line with a comma is kept together by braces, as it was written.
What they lose on the way back: the fields only a citation needs. The braces go; a date that is a
season or a span stays as its text.

Revises: 0019_places_of_a_text
Created: 2026-11-26
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0020_citations"
down_revision = "0019_places_of_a_text"
branch_labels = None
depends_on = None

MEANT = re.compile(r"[,，{}\\]")
"""Signs that a line of names gives a meaning they had not."""
UNSPACED = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af·・\s,，;；、]+")
"""Names in which a comma stood between two people, as it does from now on."""


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'source'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger"
        " WHERE tgrelid = CAST('source' AS regclass) AND NOT tgisinternal"
    ),
}


def drop_triggers() -> None:
    """Take the ledger's triggers off the table while its columns change; they come back after."""
    bind = op.get_bind()
    sqlite = bind.dialect.name == "sqlite"
    for (name,) in bind.execute(sa.text(TRIGGERS[bind.dialect.name])).all():
        op.execute(f'DROP TRIGGER "{name}"' if sqlite else f'DROP TRIGGER "{name}" ON source')


def kept_together(line: str) -> str:
    """An older line as one name where its signs would otherwise be read as something else."""
    if MEANT.search(line) is None or UNSPACED.fullmatch(line):
        return line
    return "{" + re.sub(r"([{}\\])", r"\\\1", line) + "}"


def as_before(line: str) -> str:
    """A line that was kept together, without its braces."""
    inner = re.fullmatch(r"\{((?:[^{}\\]|\\[{}\\])*)\}", line, re.DOTALL)
    return re.sub(r"\\([{}\\])", r"\1", inner[1]) if inner else line


def rewrite(wanted: dict[str, str]) -> None:
    """Write the lines of authors that are written otherwise from now on."""
    known = lines()
    for key, line in wanted.items():
        if line == known[key]:
            continue
        op.get_bind().execute(
            sa.text("UPDATE source SET authors = :line WHERE CAST(id AS TEXT) = :key"),
            {"line": line, "key": key},
        )


def lines() -> dict[str, str]:
    """The lines of authors by the source's key."""
    query = "SELECT CAST(id AS TEXT) AS key, authors FROM source WHERE authors IS NOT NULL"
    return {row.key: row.authors for row in op.get_bind().execute(sa.text(query))}


def upgrade() -> None:
    """Add the column; keep older lines of authors with a comma together."""
    drop_triggers()
    op.add_column("source", sa.Column("csl", sa.Text(), nullable=True))
    rewrite({key: kept_together(line) for key, line in lines().items()})


def downgrade() -> None:
    """Drop the column and the braces."""
    drop_triggers()
    rewrite({key: as_before(line) for key, line in lines().items()})
    op.drop_column("source", "csl")
