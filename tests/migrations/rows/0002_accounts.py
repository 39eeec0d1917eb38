"""The first accounts."""  # noqa: N999 - named like its revision.

from tests.migrations.steps import Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}
ACCOUNT = {
    "id": "01900000-0000-7000-8000-000000000001",
    "name": "li.wei",
    "display_name": "李薇",
    "active": True,
    "password_hash": "$argon2id$",
    "session_token": "token",
    "version": 3,
    **MADE,
}

BEFORE: Rows = {}
AFTER: Rows = BEFORE
ADDED: Rows = {"account": [ACCOUNT]}
