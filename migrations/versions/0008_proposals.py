"""Readings of a version, what they propose, and every act of sorting with what undoes it.

What editors gain: numbers become claims one by one, by a person, and each step can be undone.
What they lose on the way back: proposals, readings and undo; the claims made of them stay.

Revises: 0007_appendices
Created: 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_proposals"
down_revision = "0007_appendices"
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
    return [sa.CheckConstraint(rule, name=op.f(f"ck_proposed_figure_{column}_bounded"))]


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "reading",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("tables_sha256", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("read_to", sa.Integer(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(tables_sha256) = 64", name=op.f("ck_reading_tables_sha256_hex")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_reading_number_positive")),
        sa.CheckConstraint("read_to >= 0", name=op.f("ck_reading_read_to_positive")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_reading_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_reading_version_id_number")),
    )
    op.create_table(
        "triage_act",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('accept', 'accept_all', 'reject', 'edit', 'merge', 'split', 'reopen',"
            " 'add', 'dismiss', 'reclaim', 'take_over', 'leave')",
            name=op.f("ck_triage_act_kind_101bdc"),
        ),
        sa.CheckConstraint(
            "(undone_by IS NULL) = (undone_at IS NULL)", name=op.f("ck_triage_act_undone_has_when")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_triage_act_number_positive")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_triage_act_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_act")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_triage_act_version_id_number")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("reading_id", IDENTIFIER, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_stop", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("claim_id", IDENTIFIER, nullable=True),
        sa.Column("into_id", IDENTIFIER, nullable=True),
        sa.Column("from_id", IDENTIFIER, nullable=True),
        sa.Column("edited_by", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (claim_id IS NOT NULL)",
            name=op.f("ck_proposal_accepted_has_claim"),
        ),
        sa.CheckConstraint(
            "(state = 'merged') = (into_id IS NOT NULL)", name=op.f("ck_proposal_merged_has_into")
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS"
            " NULL)",
            name=op.f("ck_proposal_decided_has_who"),
        ),
        sa.CheckConstraint(
            "(state = 'rejected') = (reason IS NOT NULL)",
            name=op.f("ck_proposal_rejected_has_reason"),
        ),
        sa.CheckConstraint(
            "reason IN ('not_a_claim', 'duplicate', 'opinion', 'designation', 'product_name',"
            " 'publication_date', 'ordinal_wording', 'idiom', 'enumeration')",
            name=op.f("ck_proposal_reason_c3d140"),
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'rejected', 'merged', 'split', 'superseded')",
            name=op.f("ck_proposal_state_af674c"),
        ),
        sa.CheckConstraint(
            "strength IN ('strong', 'weak')", name=op.f("ck_proposal_strength_12067c")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_proposal_number_positive")),
        sa.CheckConstraint(
            "sentence_start <= start AND sentence_start < sentence_stop",
            name=op.f("ck_proposal_sentence"),
        ),
        sa.CheckConstraint("start >= 0 AND start < stop", name=op.f("ck_proposal_span")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_proposal_claim_id")),
        sa.ForeignKeyConstraint(["from_id"], ["proposal.id"], name=op.f("fk_proposal_from_id")),
        sa.ForeignKeyConstraint(["into_id"], ["proposal.id"], name=op.f("fk_proposal_into_id")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("fk_proposal_reading_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_proposal_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_proposal_version_id_number")),
    )
    op.create_index("ix_proposal_claim_id", "proposal", ["claim_id"], unique=True)
    op.create_index(op.f("ix_proposal_reading_id"), "proposal", ["reading_id"], unique=False)
    op.create_index(
        "ix_proposal_version_id_start", "proposal", ["version_id", "start"], unique=False
    )
    op.create_table(
        "reading_difference",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("reading_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("becomes", sa.Text(), nullable=True),
        sa.Column("held_by", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (decided_by IS NULL)",
            name=op.f("ck_reading_difference_decided_has_who"),
        ),
        sa.CheckConstraint(
            "kind IN ('number_new', 'number_changed', 'number_vanished', 'proposal_new',"
            " 'proposal_changed', 'proposal_vanished')",
            name=op.f("ck_reading_difference_kind_d6bad5"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'taken', 'left')", name=op.f("ck_reading_difference_state_f9ead8")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_reading_difference_number_positive")),
        sa.CheckConstraint("start >= 0 AND start < stop", name=op.f("ck_reading_difference_span")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("fk_reading_difference_reading_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_difference")),
        sa.UniqueConstraint(
            "reading_id", "number", name=op.f("uq_reading_difference_reading_id_number")
        ),
    )
    op.create_table(
        "proposed_figure",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("proposal_id", IDENTIFIER, nullable=False),
        sa.Column("mention_id", IDENTIFIER, nullable=True),
        sa.Column("period_mention_id", IDENTIFIER, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=True),
        sa.Column("stated_text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("low", EXACT, nullable=True),
        sa.Column("high", EXACT, nullable=True),
        sa.Column("low_inclusive", sa.Boolean(), nullable=True),
        sa.Column("high_inclusive", sa.Boolean(), nullable=True),
        sa.Column("stated_decimals", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("multiplier", sa.Integer(), nullable=True),
        sa.Column("change_kind", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("period_source", sa.Text(), nullable=True),
        sa.Column("period_note", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("geography", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("observation_status", sa.Text(), nullable=False),
        sa.Column("material", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "change_kind IN ('level', 'absolute', 'percent', 'percentage_points', 'times')",
            name=op.f("ck_proposed_figure_change_kind_27ba14"),
        ),
        sa.CheckConstraint(
            "comparator <> 'range' OR (low IS NOT NULL AND high IS NOT NULL)",
            name=op.f("ck_proposed_figure_range_has_both"),
        ),
        sa.CheckConstraint(
            "comparator IN ('exactly', 'over', 'at_least', 'under', 'at_most', 'nearly', 'about',"
            " 'odd', 'range', 'multiple_of')",
            name=op.f("ck_proposed_figure_comparator_04fba2"),
        ),
        sa.CheckConstraint(
            "observation_status IN ('normal', 'estimated', 'provisional', 'forecast', 'target')",
            name=op.f("ck_proposed_figure_observation_status_43901a"),
        ),
        sa.CheckConstraint(
            "period_source IN ('stated', 'carried', 'article_date', 'editor')",
            name=op.f("ck_proposed_figure_period_source_890ffc"),
        ),
        sa.CheckConstraint(
            "role <> 'rank' OR low IS NULL OR (CAST(low AS DOUBLE PRECISION) >= 1 AND CAST(low AS"
            " DOUBLE PRECISION) = CAST(CAST(low AS BIGINT) AS DOUBLE PRECISION))",
            name=op.f("ck_proposed_figure_rank_whole"),
        ),
        sa.CheckConstraint(
            "role IN ('value', 'from', 'to', 'low', 'high', 'base', 'count', 'rank',"
            " 'difference', 'ratio')",
            name=op.f("ck_proposed_figure_role_89e8c4"),
        ),
        sa.CheckConstraint(
            "role NOT IN ('from', 'to') OR pair IS NOT NULL",
            name=op.f("ck_proposed_figure_from_to_paired"),
        ),
        sa.CheckConstraint(
            "strength IN ('strong', 'weak')", name=op.f("ck_proposed_figure_strength_12067c")
        ),
        sa.CheckConstraint(
            "unit <> 'pp' OR (change_kind IS NOT NULL AND change_kind = 'percentage_points')",
            name=op.f("ck_proposed_figure_pp_is_a_change"),
        ),
        sa.CheckConstraint(
            "CAST(low AS DOUBLE PRECISION) <= CAST(high AS DOUBLE PRECISION)",
            name=op.f("ck_proposed_figure_low_not_above_high"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_proposed_figure_number_positive")),
        sa.CheckConstraint(
            "period IS NULL OR period_source IS NOT NULL",
            name=op.f("ck_proposed_figure_period_has_source"),
        ),
        sa.CheckConstraint("start >= 0 AND start < stop", name=op.f("ck_proposed_figure_span")),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["quantity_mention.id"], name=op.f("fk_proposed_figure_mention_id")
        ),
        sa.ForeignKeyConstraint(
            ["period_mention_id"],
            ["quantity_mention.id"],
            name=op.f("fk_proposed_figure_period_mention_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposed_figure_proposal_id")
        ),
        *bounded("low"),
        *bounded("high"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_figure")),
        sa.UniqueConstraint(
            "proposal_id", "number", name=op.f("uq_proposed_figure_proposal_id_number")
        ),
    )
    op.create_index(
        "ix_proposed_figure_mention_id", "proposed_figure", ["mention_id"], unique=False
    )
    op.create_index(
        "ix_proposed_figure_period_mention_id",
        "proposed_figure",
        ["period_mention_id"],
        unique=False,
    )


def downgrade() -> None:
    """Drop the tables, the dependent ones first."""
    op.drop_table("reading_difference")
    op.drop_table("proposed_figure")
    op.drop_table("proposal")
    op.drop_table("triage_act")
    op.drop_table("reading")
