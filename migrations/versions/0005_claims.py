"""Claims with their places in the text, figures, citations and evidence.

What editors gain: each checkable statement is a row with structured figures and evidence.
What they lose on the way back: every claim.

Revises: 0004_articles
Created: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_claims"
down_revision = "0004_articles"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
EXACT = sa.Text().with_variant(sa.Numeric(), "postgresql")


def bounded(column: str) -> list[sa.CheckConstraint]:
    """Keep a decimal column to plain decimals of bounded size, in each engine's own words."""
    if op.get_bind().dialect.name == "postgresql":
        rule = f"abs({column}) < 1e40"
    else:
        rule = (
            f"{column} IS NULL OR (length({column}) <= 62 AND {column} NOT GLOB '*[^-0-9.]*'"
            f" AND {column} GLOB '*[0-9]')"
        )
    return [sa.CheckConstraint(rule, name=op.f(f"ck_figure_{column}_bounded"))]


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "claim",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("verification_status", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.Column("proposed_wording", sa.Text(), nullable=True),
        sa.Column("checkability", sa.Text(), nullable=True),
        sa.Column("where_to_check", sa.Text(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "disposition IN ('stet', 'correct', 'attribute', 'hedge', 'cut', 'hold')",
            name=op.f("ck_claim_disposition_d0ca87"),
        ),
        sa.CheckConstraint(
            "stage IN ('open', 'checking', 'submitted', 'signed_off', 'dropped')",
            name=op.f("ck_claim_stage_f823f6"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('submitted', 'signed_off') OR disposition IS NOT NULL",
            name=op.f("ck_claim_disposition_before_submission"),
        ),
        sa.CheckConstraint(
            "verification_status IN ('unchecked', 'supported', 'partly_supported', "
            "'misleading', 'refuted', 'conflicting', 'not_enough_evidence', 'outdated', "
            "'not_checkable')",
            name=op.f("ck_claim_verification_status_0cd108"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_claim_number_positive")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_claim_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("article_id", "key", name=op.f("uq_claim_article_id_key")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_claim_article_id_number")),
    )
    op.create_index("ix_claim_queue_article", "claim", ["article_id", "id"], unique=False)
    op.create_index("ix_claim_queue_assignee", "claim", ["assignee", "id"], unique=False)
    op.create_index("ix_claim_queue_stage", "claim", ["stage", "id"], unique=False)
    op.create_index("ix_claim_queue_status", "claim", ["verification_status", "id"], unique=False)
    op.create_table(
        "claim_anchor",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=True),
        sa.Column("sentence_start", sa.Integer(), nullable=True),
        sa.Column("sentence_stop", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'orphaned' AND start IS NULL AND stop IS NULL) OR (state <> 'orphaned' "
            "AND start >= 0 AND start < stop)",
            name=op.f("ck_claim_anchor_span"),
        ),
        sa.CheckConstraint(
            "state IN ('exact', 'moved', 'reworded', 'figure_changed', 'orphaned')",
            name=op.f("ck_claim_anchor_state_7837d1"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_anchor_claim_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_claim_anchor_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_anchor")),
        sa.UniqueConstraint(
            "claim_id", "version_id", name=op.f("uq_claim_anchor_claim_id_version_id")
        ),
    )
    op.create_index(
        "ix_claim_anchor_version_id_start", "claim_anchor", ["version_id", "start"], unique=False
    )
    op.create_table(
        "citation",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=True),
        sa.Column("attribution", sa.Text(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "source_id IS NOT NULL OR attribution IS NOT NULL",
            name=op.f("ck_citation_source_or_words"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_citation_claim_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_citation_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
    )
    op.create_index(op.f("ix_citation_claim_id"), "citation", ["claim_id"], unique=False)
    op.create_index(op.f("ix_citation_source_id"), "citation", ["source_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=True),
        sa.Column("snapshot_id", IDENTIFIER, nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("locator_kind", sa.Text(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("says", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind = 'personal_communication' OR source_id IS NOT NULL",
            name=op.f("ck_evidence_source_or_person"),
        ),
        sa.CheckConstraint(
            "kind IN ('source', 'personal_communication')", name=op.f("ck_evidence_kind_e8887c")
        ),
        sa.CheckConstraint(
            "locator_kind IN ('page', 'paragraph', 'section', 'table_cell', 'time', 'excerpt')",
            name=op.f("ck_evidence_locator_kind_53c745"),
        ),
        sa.CheckConstraint(
            "stance IN ('supports', 'refutes', 'qualifies', 'mentions')",
            name=op.f("ck_evidence_stance_df942e"),
        ),
        sa.CheckConstraint(
            "(locator IS NULL) = (locator_kind IS NULL)", name=op.f("ck_evidence_locator_has_kind")
        ),
        sa.CheckConstraint(
            "(withdrawn_by IS NULL) = (withdrawal_reason IS NULL)",
            name=op.f("ck_evidence_withdrawal_has_reason"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_evidence_claim_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_evidence_snapshot_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_evidence_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_evidence_claim_id_number")),
    )
    op.create_index(op.f("ix_evidence_snapshot_id"), "evidence", ["snapshot_id"], unique=False)
    op.create_index(op.f("ix_evidence_source_id"), "evidence", ["source_id"], unique=False)
    op.create_table(
        "figure",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=True),
        sa.Column("evidence_id", IDENTIFIER, nullable=True),
        sa.Column("mention_id", IDENTIFIER, nullable=True),
        sa.Column("period_mention_id", IDENTIFIER, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("stated_text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=True),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("low", EXACT, nullable=True),
        sa.Column("high", EXACT, nullable=True),
        sa.Column("low_inclusive", sa.Boolean(), nullable=True),
        sa.Column("high_inclusive", sa.Boolean(), nullable=True),
        sa.Column("stated_decimals", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("multiplier", sa.Integer(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("period_note", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("geography", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("observation_status", sa.Text(), nullable=False),
        sa.Column("change_kind", sa.Text(), nullable=True),
        sa.Column("pair", sa.Text(), nullable=True),
        sa.Column("material", sa.Boolean(), nullable=False),
        sa.Column("verification_status", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "change_kind IN ('level', 'absolute', 'percent', 'percentage_points', 'times')",
            name=op.f("ck_figure_change_kind_27ba14"),
        ),
        sa.CheckConstraint(
            "comparator <> 'range' OR (low IS NOT NULL AND high IS NOT NULL)",
            name=op.f("ck_figure_range_has_both"),
        ),
        sa.CheckConstraint(
            "comparator IN ('exactly', 'over', 'at_least', 'under', 'at_most', 'nearly', "
            "'about', 'odd', 'range', 'multiple_of')",
            name=op.f("ck_figure_comparator_04fba2"),
        ),
        sa.CheckConstraint(
            "evidence_id IS NOT NULL OR role NOT IN ('from', 'to') OR pair IS NOT NULL",
            name=op.f("ck_figure_from_to_paired"),
        ),
        sa.CheckConstraint(
            "observation_status IN ('normal', 'estimated', 'provisional', 'forecast', 'target')",
            name=op.f("ck_figure_observation_status_43901a"),
        ),
        sa.CheckConstraint(
            "role <> 'rank' OR low IS NULL OR (CAST(low AS DOUBLE PRECISION) >= 1 AND "
            "CAST(low AS DOUBLE PRECISION) = CAST(CAST(low AS BIGINT) AS DOUBLE PRECISION))",
            name=op.f("ck_figure_rank_whole"),
        ),
        sa.CheckConstraint(
            "role IN ('value', 'from', 'to', 'low', 'high', 'base', 'count', 'rank', "
            "'difference', 'ratio')",
            name=op.f("ck_figure_role_89e8c4"),
        ),
        sa.CheckConstraint(
            "unit <> 'pp' OR (change_kind IS NOT NULL AND change_kind = 'percentage_points')",
            name=op.f("ck_figure_pp_is_a_change"),
        ),
        sa.CheckConstraint(
            "verification_status IN ('unchecked', 'supported', 'partly_supported', "
            "'misleading', 'refuted', 'conflicting', 'not_enough_evidence', 'outdated', "
            "'not_checkable')",
            name=op.f("ck_figure_verification_status_0cd108"),
        ),
        sa.CheckConstraint(
            "(claim_id IS NULL) <> (evidence_id IS NULL)", name=op.f("ck_figure_one_owner")
        ),
        sa.CheckConstraint(
            "CAST(low AS DOUBLE PRECISION) <= CAST(high AS DOUBLE PRECISION)",
            name=op.f("ck_figure_low_not_above_high"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_figure_number_positive")),
        sa.CheckConstraint(
            "start IS NULL OR (start >= 0 AND start < stop)", name=op.f("ck_figure_span")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_figure_claim_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_figure_evidence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["quantity_mention.id"], name=op.f("fk_figure_mention_id")
        ),
        sa.ForeignKeyConstraint(
            ["period_mention_id"], ["quantity_mention.id"], name=op.f("fk_figure_period_mention_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_figure_claim_id_number")),
        sa.UniqueConstraint("claim_id", "pair", "role", name=op.f("uq_figure_claim_id_pair_role")),
        *bounded("low"),
        *bounded("high"),
    )
    op.create_index("ix_figure_evidence_id", "figure", ["evidence_id"], unique=True)
    op.create_index("ix_figure_mention_id", "figure", ["mention_id"], unique=False)
    op.create_index("ix_figure_period_mention_id", "figure", ["period_mention_id"], unique=False)
    op.create_table(
        "figure_relation",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("from_figure_id", IDENTIFIER, nullable=False),
        sa.Column("to_figure_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('change_of', 'share_of', 'ratio_of', 'part_of', 'rank_of')",
            name=op.f("ck_figure_relation_kind_a818a0"),
        ),
        sa.CheckConstraint(
            "from_figure_id <> to_figure_id", name=op.f("ck_figure_relation_not_self")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_figure_relation_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_figure_id"], ["figure.id"], name=op.f("fk_figure_relation_from_figure_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_figure_id"], ["figure.id"], name=op.f("fk_figure_relation_to_figure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_relation")),
        sa.UniqueConstraint(
            "from_figure_id",
            "to_figure_id",
            "kind",
            name=op.f("uq_figure_relation_from_figure_id_to_figure_id_kind"),
        ),
    )
    op.create_index(
        op.f("ix_figure_relation_claim_id"), "figure_relation", ["claim_id"], unique=False
    )
    op.create_table(
        "evidence_target",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("evidence_id", IDENTIFIER, nullable=False),
        sa.Column("figure_id", IDENTIFIER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_target_evidence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["figure_id"], ["figure.id"], name=op.f("fk_evidence_target_figure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_target")),
        sa.UniqueConstraint(
            "evidence_id", "figure_id", name=op.f("uq_evidence_target_evidence_id_figure_id")
        ),
    )
    op.create_index(
        op.f("ix_evidence_target_figure_id"), "evidence_target", ["figure_id"], unique=False
    )


def downgrade() -> None:
    """Drop the tables, the dependent ones first."""
    op.drop_table("evidence_target")
    op.drop_table("figure_relation")
    op.drop_table("figure")
    op.drop_table("evidence")
    op.drop_table("citation")
    op.drop_table("claim_anchor")
    op.drop_table("claim")
