"""An appendix is issued once, for a profile, a language and a style; its files are made from it.

What editors gain: one number for all formats of an issue, files made later are of the same issue,
and issuing again where nothing has changed answers with the same files.
What they lose on the way back: all files of an issue but the first, its style, and what tells
whether anything has changed since. An issue without a file keeps its JSON document.

Revises: 0024_watching
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_files_of_an_issue"
down_revision = "0024_watching"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
SHARED = (
    "id, article_id, version_id, number, profile, language, ledger_position, schema_revision,"
    " policy_version, replaces_id, created_at, created_by"
)
OLD_DIGESTS = {
    "content_sha256_hex": "length(content_sha256) = 64",
    "file_sha256_hex": "length(file_sha256) = 64",
}
NEW_CHECKS = {
    "language_known": "language IN ('zh', 'en', 'both')",
    "content_sha256_hex": "length(content_sha256) = 64",
    "state_sha256_hex": "length(state_sha256) = 64",
    "root_sha256_hex": "length(root_sha256) = 64",
    "document_sha256_hex": "length(document_sha256) = 64",
    "document_whole": (
        "(content_sha256 IS NULL) = (document_sha256 IS NOT NULL)"
        " AND (document_sha256 IS NULL) = (root_sha256 IS NULL)"
        " AND (document_sha256 IS NULL) = (state_sha256 IS NULL)"
        " AND (document_sha256 IS NULL) = (style IS NULL)"
    ),
}
FIRST = (
    "NOT EXISTS (SELECT 1 FROM appendix_file AS g WHERE g.appendix_id = f.appendix_id"
    " AND (g.created_at < f.created_at OR g.created_at = f.created_at AND g.id < f.id))"
)


def table(middle: list[sa.Column[str]], checks: dict[str, str]) -> None:
    """Create the table of appendices with the columns and checks of one of its two shapes."""
    op.create_table(
        "appendix",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        middle[0],
        sa.Column("ledger_position", sa.Integer(), nullable=False),
        sa.Column("schema_revision", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Text(), nullable=False),
        *middle[1:],
        sa.Column("replaces_id", IDENTIFIER, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "profile IN ('internal', 'editor', 'legal', 'public')",
            name=op.f("ck_appendix_profile_a8762d"),
        ),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_appendix_{name}"))
            for name, rule in checks.items()
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_appendix_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["appendix.id"], name=op.f("fk_appendix_replaces_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_appendix_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appendix")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_appendix_article_id_number")),
    )


def table_of_files() -> None:
    """Create the table of files."""
    op.create_table(
        "appendix_file",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("appendix_id", IDENTIFIER, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("proof_sha256", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "length(file_sha256) = 64", name=op.f("ck_appendix_file_file_sha256_hex")
        ),
        sa.CheckConstraint(
            "length(proof_sha256) = 64", name=op.f("ck_appendix_file_proof_sha256_hex")
        ),
        sa.CheckConstraint("size >= 0", name=op.f("ck_appendix_file_size_counted")),
        sa.ForeignKeyConstraint(
            ["appendix_id"], ["appendix.id"], name=op.f("fk_appendix_file_appendix_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appendix_file")),
        sa.UniqueConstraint(
            "appendix_id", "format", name=op.f("uq_appendix_file_appendix_id_format")
        ),
    )
    op.create_index("ix_appendix_file_file_sha256", "appendix_file", ["file_sha256"])


def kept() -> str:
    """Tell in SQL whether the ledger says that a copy of an appendix's file was kept."""
    schema = "ledger." if op.get_bind().dialect.name == "postgresql" else ""
    return (
        f"EXISTS (SELECT 1 FROM {schema}ledger_event AS e WHERE e.kind = 'export'"  # noqa: S608
        " AND e.new LIKE '%\"kept\"\\:true%'"
        " AND e.new LIKE '%' || appendix_kept.file_sha256 || '%')"
    )


def upgrade() -> None:
    """Make the table of appendices anew; the one file of each is a row of its own now."""
    op.execute("CREATE TABLE appendix_kept AS SELECT * FROM appendix")
    op.drop_table("appendix")
    table(
        [
            sa.Column("style", sa.Text(), nullable=True),
            sa.Column("content_sha256", sa.Text(), nullable=True),
            sa.Column("state_sha256", sa.Text(), nullable=True),
            sa.Column("root_sha256", sa.Text(), nullable=True),
            sa.Column("document_sha256", sa.Text(), nullable=True),
        ],
        NEW_CHECKS,
    )
    table_of_files()
    op.execute(
        f"INSERT INTO appendix ({SHARED}, content_sha256)"  # noqa: S608
        f" SELECT {SHARED}, content_sha256 FROM appendix_kept ORDER BY id"
    )
    op.execute(
        "INSERT INTO appendix_file"  # noqa: S608
        " (id, appendix_id, format, file_sha256, kept, created_at, created_by)"
        f" SELECT id, id, format, file_sha256, {kept()}, created_at, created_by"
        " FROM appendix_kept ORDER BY id"
    )
    op.drop_table("appendix_kept")


def downgrade() -> None:
    """Give each issue its first file back, or its document where it has none."""
    op.execute("CREATE TABLE appendix_kept AS SELECT * FROM appendix")
    op.execute(f"CREATE TABLE first_file AS SELECT * FROM appendix_file AS f WHERE {FIRST}")  # noqa: S608
    op.drop_table("appendix_file")
    op.drop_table("appendix")
    table(
        [
            sa.Column("format", sa.Text(), nullable=False),
            sa.Column("content_sha256", sa.Text(), nullable=False),
            sa.Column("file_sha256", sa.Text(), nullable=False),
        ],
        OLD_DIGESTS,
    )
    listed = ", ".join(f"a.{name}" for name in SHARED.split(", "))
    op.execute(
        f"INSERT INTO appendix ({SHARED}, format, content_sha256, file_sha256)"  # noqa: S608
        f" SELECT {listed}, coalesce(f.format, 'json'), coalesce(content_sha256, root_sha256),"
        " coalesce(f.file_sha256, document_sha256)"
        " FROM appendix_kept AS a LEFT JOIN first_file AS f ON f.appendix_id = a.id"
        " ORDER BY a.id"
    )
    op.drop_table("first_file")
    op.drop_table("appendix_kept")
