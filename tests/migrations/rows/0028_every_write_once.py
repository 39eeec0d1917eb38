"""Keys are kept as hashes that belong to an account; what was answered goes on the way back."""  # noqa: N999 - like its revision.

import hashlib
from typing import Any

from tests.migrations.steps import Rows

THEN = "2026-01-02T03:04:05.678901Z"
ACCOUNT: dict[str, Any] = {
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
OWN = {"key": "sent", "actor": "editor:li.wei", "path": "/sources/new", "received_at": THEN}
GUEST = {"key": "told", "actor": "guest:one", "path": "/answers/<token>", "received_at": THEN}
DRAFT = {
    "sent_as": None,
    "account_id": ACCOUNT["id"],
    "form": "comment",
    "object": "claims.1",
    "fields": "{}",
    "receipt": "waiting",
    "updated_at": THEN,
}


def kept(holder: object, key: object) -> str:
    return hashlib.sha256(f"{holder}\n{key}".encode()).hexdigest()


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


RECEIPTS = [
    {**OWN, "key": kept(ACCOUNT["id"], "sent")},
    {**GUEST, "key": kept("visitor", "told")},
]
BEFORE: Rows = {
    "account": [ACCOUNT],
    "form_receipt": [OWN, GUEST],
    "draft": [without(DRAFT, "sent_as")],
}
AFTER: Rows = {
    "account": [ACCOUNT],
    "form_receipt": RECEIPTS,
    "draft": [{**DRAFT, "sent_as": kept(ACCOUNT["id"], "waiting")}],
}
ADDED: Rows = {
    "form_receipt": [
        {
            "key": "a" * 64,
            "actor": "editor:li.wei",
            "path": "/sources/new",
            "received_at": THEN,
            "request_sha256": "b" * 64,
            "status": 303,
            "forget_at": THEN,
        }
    ]
}
BACK: Rows = {**BEFORE, "form_receipt": RECEIPTS}
