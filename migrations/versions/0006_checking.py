"""Assessments, signatures, contests, comments and findings.

What editors gain: who concluded what, who signed and who disputes is kept for good.
What they lose on the way back: every verdict, signature and dispute.

Revises: 0005_claims
Created: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_checking"
down_revision = "0005_claims"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "assessment",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("figure_id", IDENTIFIER, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("lowered_from", sa.Text(), nullable=True),
        sa.Column("reasoning", sa.Text(), nullable=True),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.Column("proposed_wording", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "disposition IN ('stet', 'correct', 'attribute', 'hedge', 'cut', 'hold')",
            name=op.f("ck_assessment_disposition_d0ca87"),
        ),
        sa.CheckConstraint(
            "figure_id IS NULL OR status NOT IN ('partly_supported')",
            name=op.f("ck_assessment_partly_only_by_fold"),
        ),
        sa.CheckConstraint(
            "status IN ('unchecked', 'supported', 'partly_supported', 'misleading', "
            "'refuted', 'conflicting', 'not_enough_evidence', 'outdated', 'not_checkable')",
            name=op.f("ck_assessment_status_0cd108"),
        ),
        sa.CheckConstraint(
            "lowered_from IS NULL OR reasoning IS NOT NULL",
            name=op.f("ck_assessment_lowering_has_reason"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_assessment_claim_id")),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name=op.f("fk_assessment_figure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_claim_id_id", "assessment", ["claim_id", "id"], unique=False)
    op.create_index(op.f("ix_assessment_figure_id"), "assessment", ["figure_id"], unique=False)
    op.create_table(
        "sign_off",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision = 'signed' OR reason IS NOT NULL", name=op.f("ck_sign_off_return_has_reason")
        ),
        sa.CheckConstraint(
            "decision IN ('signed', 'returned')", name=op.f("ck_sign_off_decision_fd8f1d")
        ),
        sa.CheckConstraint("length(content_sha256) = 64", name=op.f("ck_sign_off_sha256_hex")),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_sign_off_level_range")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_sign_off_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index(
        "uq_sign_off_one_level_each",
        "sign_off",
        ["claim_id", "content_sha256", "created_by", "decision"],
        unique=True,
    )
    op.create_table(
        "contest",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("figure_id", IDENTIFIER, nullable=True),
        sa.Column("evidence_id", IDENTIFIER, nullable=True),
        sa.Column("assessment_id", IDENTIFIER, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('upheld', 'partly_upheld', 'rejected', 'withdrawn', 'superseded')",
            name=op.f("ck_contest_outcome_29a4d5"),
        ),
        sa.CheckConstraint(
            "reason IN ('sources_disagree', 'single_origin', 'unconfirmed_report', "
            "'party_denies', 'definition_or_scope', 'period_mismatch', 'arithmetic', "
            "'misattribution', 'translation', 'superseded', 'superlative', 'legal', 'other')",
            name=op.f("ck_contest_reason_30dde0"),
        ),
        sa.CheckConstraint(
            "settled_by IS NULL OR outcome = 'withdrawn' OR settled_by <> created_by",
            name=op.f("ck_contest_settled_by_another"),
        ),
        sa.CheckConstraint(
            "side IN ('checker', 'reviewer', 'author', 'subject', 'expert', 'reader', 'rule')",
            name=op.f("ck_contest_side_3d62c1"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_by IS NULL) AND (outcome IS NULL) = (settled_at IS NULL)",
            name=op.f("ck_contest_settled_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_contest_assessment_id")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_contest_claim_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_contest_evidence_id")
        ),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name=op.f("fk_contest_figure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_contest_claim_id_number")),
    )
    op.create_index("ix_contest_open", "contest", ["outcome", "id"], unique=False)
    op.create_table(
        "contest_evidence",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("contest_id", IDENTIFIER, nullable=False),
        sa.Column("evidence_id", IDENTIFIER, nullable=False),
        sa.Column("bearing", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "bearing IN ('for', 'against')", name=op.f("ck_contest_evidence_bearing_e06fda")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contest.id"], name=op.f("fk_contest_evidence_contest_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_contest_evidence_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_evidence")),
        sa.UniqueConstraint(
            "contest_id", "evidence_id", name=op.f("uq_contest_evidence_contest_id_evidence_id")
        ),
    )
    op.create_table(
        "comment",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("figure_id", IDENTIFIER, nullable=True),
        sa.Column("reply_to_id", IDENTIFIER, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(resolved_by IS NULL) = (resolved_at IS NULL)", name=op.f("ck_comment_resolved_whole")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_comment_claim_id")),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name=op.f("fk_comment_figure_id")),
        sa.ForeignKeyConstraint(
            ["reply_to_id"], ["comment.id"], name=op.f("fk_comment_reply_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_claim_id"), "comment", ["claim_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("figure_id", IDENTIFIER, nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("waived_by", sa.Text(), nullable=True),
        sa.Column("waiver_reason", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "severity IN ('mandatory', 'warning', 'suggestion')",
            name=op.f("ck_finding_severity_fcf187"),
        ),
        sa.CheckConstraint(
            "(waived_by IS NULL) = (waiver_reason IS NULL)",
            name=op.f("ck_finding_waiver_has_reason"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_finding_claim_id")),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name=op.f("fk_finding_figure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_claim_id"), "finding", ["claim_id"], unique=False)
    op.create_index(op.f("ix_finding_code"), "finding", ["code"], unique=False)


def downgrade() -> None:
    """Drop the tables, the dependent ones first."""
    op.drop_table("finding")
    op.drop_table("comment")
    op.drop_table("contest_evidence")
    op.drop_table("contest")
    op.drop_table("sign_off")
    op.drop_table("assessment")
