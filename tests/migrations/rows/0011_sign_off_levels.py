"""What was submitted needs two levels; twins of an answer go on the way back."""  # noqa: N999 - like its revision.

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
VERSION = {
    "id": "01900000-0000-7000-8000-000000000005",
    "article_id": ARTICLE["id"],
    "number": 1,
    "text": "份额为 41.5%",
    "sha256": "a" * 64,
    "characters": 8,
    "media_type": "text/plain",
    "charset": "utf-8",
    "received_sha256": "a" * 64,
    **MADE,
}
CLAIM = {
    "id": "01900000-0000-7000-8000-000000000006",
    "article_id": ARTICLE["id"],
    "number": 1,
    "key": "C1",
    "kind": "quantity",
    "statement": '{"zh":"份额为 41.5%"}',
    "verification_status": "supported",
    "stage": "submitted",
    "disposition": "stet",
    "submitted_by": "editor:li.wei",
    "version": 2,
    **MADE,
}
UNTOUCHED = {
    **CLAIM,
    "id": "01900000-0000-7000-8000-000000000007",
    "number": 2,
    "key": "C2",
    "stage": "open",
    "submitted_by": None,
}
SIGNATURE = {
    "id": "01900000-0000-7000-8000-000000000008",
    "claim_id": CLAIM["id"],
    "decision": "returned",
    "level": 2,
    "content_sha256": "b" * 64,
    "reason": "缺口径",
    "created_at": MADE["created_at"],
    "created_by": "editor:zhang.min",
}
TWIN = {**SIGNATURE, "id": "01900000-0000-7000-8000-000000000009", "submission": 2}
ARTICLE_SIGN_OFF = {
    "id": "01900000-0000-7000-8000-000000000010",
    "article_id": ARTICLE["id"],
    "version_id": VERSION["id"],
    "decision": "emergency",
    "version_sha256": "a" * 64,
    "state_sha256": "c" * 64,
    "reason": "突发",
    "missing": '[{"en":"C-1 is not signed off.","zh":"C-1 未签发。"}]',
    **MADE,
}

BEFORE: Rows = {
    "article": [ARTICLE],
    "article_version": [VERSION],
    "claim": [CLAIM, UNTOUCHED],
    "sign_off": [SIGNATURE],
}
AFTER: Rows = {
    **BEFORE,
    "claim": [
        {**CLAIM, "submission": 1, "sign_off_levels": 2},
        {**UNTOUCHED, "submission": 0, "sign_off_levels": None},
    ],
    "sign_off": [{**SIGNATURE, "submission": 1}],
}
ADDED: Rows = {"sign_off": [TWIN], "article_sign_off": [ARTICLE_SIGN_OFF]}
