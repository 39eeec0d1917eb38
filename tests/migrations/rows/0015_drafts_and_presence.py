"""Claims and accounts stay; what was typed and who was there go on the way back."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}
ARTICLE = {
    "id": "01900000-0000-7000-8000-000000000004",
    "key": "chips",
    "title": '{"zh":"芯片"}',
    "language": "zh-Hans",
    "sample": False,
    "version": 1,
    **MADE,
}
CLAIM = {
    "id": "01900000-0000-7000-8000-000000000006",
    "article_id": ARTICLE["id"],
    "number": 1,
    "key": "C1",
    "kind": "quantity",
    "statement": '{"zh":"份额为 41.5%"}',
    "verification_status": "unchecked",
    "stage": "open",
    "submission": 0,
    "version": 2,
    **MADE,
}
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
DRAFT = {
    "account_id": ACCOUNT["id"],
    "form": "assessment",
    "object": CLAIM["id"],
    "fields": '{"reasoning":["half a sentence"]}',
    "receipt": "receipt",
    "updated_at": "2026-02-02T03:04:05.678901Z",
}
PRESENCE = {
    "account_id": ACCOUNT["id"],
    "claim_id": CLAIM["id"],
    "seen_at": "2026-02-02T03:04:05.678901Z",
}

BEFORE: Rows = {"article": [ARTICLE], "claim": [CLAIM], "account": [ACCOUNT]}
AFTER: Rows = BEFORE
ADDED: Rows = {"draft": [DRAFT], "presence": [PRESENCE]}
