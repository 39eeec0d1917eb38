"""Sessions stay, both ways; the keys they had before go on the way back."""  # noqa: N999 - like its revision.

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
SESSION = {
    "id": "01900000-0000-7000-8000-000000000023",
    "account_id": ACCOUNT["id"],
    "key_sha256": "c" * 64,
    "browser": "Firefox",
    "address": "192.0.2.1",
    "started_at": THEN,
    "seen_at": THEN,
    "proofs": "password",
    "proved_at": THEN,
}
FORMER = {
    "key_sha256": "d" * 64,
    "session_id": SESSION["id"],
    "form_sha256": "e" * 64,
    "renewed_key": b"\0sealed",
    "replaced_at": THEN,
}

BEFORE: Rows = {"account": [ACCOUNT], "open_session": [SESSION]}
AFTER: Rows = BEFORE
ADDED: Rows = {"former_key": [FORMER]}
