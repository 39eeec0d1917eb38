"""Accounts stay as they are; sources and snapshots can be written."""  # noqa: N999 - named like its revision.

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
SOURCE = {
    "id": "01900000-0000-7000-8000-000000000002",
    "key": "S1",
    "collection": "desk",
    "kind": "company_filing",
    "tier": "primary",
    "title": "年报 — “quoted” %",
    "lineage": "original",
    "confidential": False,
    "version": 1,
    **MADE,
}
SNAPSHOT = {
    "id": "01900000-0000-7000-8000-000000000003",
    "source_id": SOURCE["id"],
    "capture": "typed",
    "sha256": "a" * 64,
    "media_type": "text/plain",
    "size": 12,
    "extracted_text": "营收 1.10 亿元",
    **MADE,
}

BEFORE: Rows = {"account": [ACCOUNT]}
AFTER: Rows = BEFORE
ADDED: Rows = {"source": [SOURCE], "snapshot": [SNAPSHOT]}
