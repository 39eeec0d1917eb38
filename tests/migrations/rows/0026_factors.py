"""Sessions stay; factors, codes and failures go on the way back."""  # noqa: N999 - like its revision.

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
    "ended_at": THEN,
    "ended_as": "signed_out",
}
PASSKEY = {
    "id": "01900000-0000-7000-8000-000000000031",
    "account_id": ACCOUNT["id"],
    "kind": "passkey",
    "name": "Key on the ring",
    "credential_id": "AAAA",
    "public_key": "BBBB",
    "transports": "usb nfc",
    "confirmed_at": THEN,
    "version": 1,
    **MADE,
}
USE = {"factor_id": PASSKEY["id"], "counter": 4294967295, "used_at": THEN}
CODE = {
    "id": "01900000-0000-7000-8000-000000000032",
    "account_id": ACCOUNT["id"],
    "code_sha256": "d" * 64,
    "version": 1,
    **MADE,
}
FAILED = {
    "id": "01900000-0000-7000-8000-000000000033",
    "proof": "password",
    "browser": "Firefox",
    "address": "192.0.2.1",
    "tried_at": THEN,
}

BEFORE: Rows = {"account": [ACCOUNT], "open_session": [SESSION]}
AFTER: Rows = BEFORE
ADDED: Rows = {
    "factor": [PASSKEY],
    "factor_use": [USE],
    "recovery_code": [CODE],
    "spent_proof": [{"key_sha256": "e" * 64, "spent_at": THEN}],
    "failed_proof": [FAILED],
}
