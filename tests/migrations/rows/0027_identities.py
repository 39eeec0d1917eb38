"""Accounts and sessions stay; who they are at a provider goes on the way back."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

THEN = "2026-01-02T03:04:05.678901Z"
ACCOUNT = {
    "id": "01900000-0000-7000-8000-000000000001",
    "name": "li.wei",
    "display_name": "李伟",
    "active": True,
    "password_hash": "argon2id",
    "session_token": "token",
    "version": 1,
    "created_at": THEN,
    "created_by": "editor:li.wei",
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
    "unfamiliar": False,
}
FAILED = {
    "id": "01900000-0000-7000-8000-000000000051",
    "account_id": ACCOUNT["id"],
    "proof": "password",
    "browser": "Firefox",
    "address": "192.0.2.1",
    "tried_at": THEN,
}
TWICE = {**FAILED, "id": "01900000-0000-7000-8000-000000000052", "proof": "provider_mfa"}
IDENTITY = {
    "id": "01900000-0000-7000-8000-000000000053",
    "account_id": ACCOUNT["id"],
    "issuer": "https://id.example.org",
    "subject": "248289761001",
    "label": "li.wei@news.example",
    "created_at": THEN,
    "created_by": "editor:li.wei",
}
BEGAN = {"session_id": SESSION["id"], "identity_id": IDENTITY["id"], "sid": "08a5019c"}

BEFORE: Rows = {"account": [ACCOUNT], "open_session": [SESSION], "failed_proof": [FAILED]}
AFTER: Rows = BEFORE
ADDED: Rows = {
    "account_identity": [IDENTITY],
    "provider_session": [BEGAN],
    "failed_proof": [TWICE],
}
BACK: Rows = {**BEFORE, "failed_proof": [FAILED, {**TWICE, "proof": "provider"}]}
