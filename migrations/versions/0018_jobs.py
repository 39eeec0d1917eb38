"""Work that takes long is queued as jobs, which survive the death of whatever does them.

What editors gain: a page that waits for another server, or reads a large file, does so in the
background, with its progress shown, tried again by itself, and never done twice.
What they lose on the way back: the list of jobs, and what was still waiting in it.

Revises: 0017_accounts_and_tokens
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0018_jobs"
down_revision = "0017_accounts_and_tokens"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
UNFINISHED = sa.text("state IN ('queued', 'running')")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "job",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("subject_table", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("most_attempts", sa.Integer(), nullable=False),
        sa.Column("run_after", MOMENT, nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("heartbeat_at", MOMENT, nullable=True),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        *_checks(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(
        "uq_job_key_unfinished",
        "job",
        ["key"],
        unique=True,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )
    op.create_index("ix_job_state_run_after", "job", ["state", "run_after"])
    op.create_index("ix_job_subject_table_subject_id", "job", ["subject_table", "subject_id"])
    op.create_index("ix_job_created_by_id", "job", ["created_by", "id"])
    op.create_table(
        "job_worker",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("threads", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_worker")),
    )


def _checks() -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            name=op.f("ck_job_state_4de75b"),
        ),
        sa.CheckConstraint(
            "(state = 'running') = (holder IS NOT NULL)", name=op.f("ck_job_running_is_held")
        ),
        sa.CheckConstraint(
            "(holder IS NULL) = (leased_until IS NULL)", name=op.f("ck_job_lease_has_end")
        ),
        sa.CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)",
            name=op.f("ck_job_finished_has_when"),
        ),
        sa.CheckConstraint(
            "attempts >= 0 AND most_attempts >= 1", name=op.f("ck_job_attempts_counted")
        ),
        sa.CheckConstraint("done >= 0 AND total >= done", name=op.f("ck_job_done_of_total")),
        sa.CheckConstraint(
            "(subject_table IS NULL) = (subject_id IS NULL)", name=op.f("ck_job_subject_whole")
        ),
    ]


def downgrade() -> None:
    """Drop them."""
    op.drop_table("job_worker")
    op.drop_table("job")
