"""Accounts stay; their saved filters go on the way back."""  # noqa: N999 - like its revision.

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
FILTER = {
    "id": "01900000-0000-7000-8000-000000000015",
    "account_id": ACCOUNT["id"],
    "name": "今天要审的",
    "query": "due=day&turn=reviewer",
    "shared": True,
    "first": True,
    "version": 1,
    **MADE,
}

BEFORE: Rows = {"account": [ACCOUNT]}
AFTER: Rows = BEFORE
ADDED: Rows = {"saved_filter": [FILTER]}
