"""Accounts stay; links, tokens and what was noted of sessions go on the way back."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}
THEN = MADE["created_at"]
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
LINK = {
    "id": "01900000-0000-7000-8000-000000000021",
    "account_id": ACCOUNT["id"],
    "purpose": "reset",
    "token_sha256": "a" * 64,
    "expires_at": "2026-02-02T03:04:05.678901Z",
    "version": 1,
    **MADE,
}
TOKEN = {
    "id": "01900000-0000-7000-8000-000000000022",
    "account_id": ACCOUNT["id"],
    "name": "dashboard",
    "scopes": "audit read",
    "token_sha256": "b" * 64,
    "expires_at": "2026-02-02T03:04:05.678901Z",
    "version": 1,
    **MADE,
}
USE = {"token_id": TOKEN["id"], "used_at": THEN}
SESSION = {
    "id": "01900000-0000-7000-8000-000000000023",
    "account_id": ACCOUNT["id"],
    "key_sha256": "c" * 64,
    "browser": "Firefox",
    "address": "192.0.2.1",
    "started_at": THEN,
    "seen_at": THEN,
    "ended_at": THEN,
    "ended_as": "signed_out",
}
ATTEMPT = {
    "id": "01900000-0000-7000-8000-000000000024",
    "pair_sha256": "d" * 64,
    "tried_at": THEN,
}

BEFORE: Rows = {"account": [ACCOUNT]}
AFTER: Rows = BEFORE
ADDED: Rows = {
    "account_link": [LINK],
    "api_token": [TOKEN],
    "api_token_use": [USE],
    "open_session": [SESSION],
    "sign_in_attempt": [ATTEMPT],
}
