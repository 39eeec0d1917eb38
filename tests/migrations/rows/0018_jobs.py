"""Accounts stay; the list of jobs goes on the way back."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}
ACCOUNT = {
    "id": "01900000-0000-7000-8000-000000000001",
    "name": "li.wei",
    "display_name": "李伟",
    "active": True,
    "password_hash": "argon2id",
    "session_token": "token",
    "version": 1,
    **MADE,
}
JOB = {
    "id": "01900000-0000-7000-8000-000000000031",
    "kind": "capture",
    "payload": '{"url":"https://example.org/"}',
    "key": "capture:https://example.org/",
    "subject_table": "source",
    "subject_id": "01900000-0000-7000-8000-000000000032",
    "state": "running",
    "attempts": 1,
    "most_attempts": 5,
    "holder": "0123456789abcdef0123456789abcdef",
    "leased_until": "2026-01-02T03:05:05.678901Z",
    "heartbeat_at": "2026-01-02T03:04:05.678901Z",
    **MADE,
}
WORKER = {
    "id": "01900000-0000-7000-8000-000000000033",
    "place": "desk-1/4711",
    "threads": 4,
    "started_at": MADE["created_at"],
    "seen_at": MADE["created_at"],
}

BEFORE: Rows = {"account": [ACCOUNT]}
AFTER: Rows = BEFORE
ADDED: Rows = {"job": [JOB], "job_worker": [WORKER]}
