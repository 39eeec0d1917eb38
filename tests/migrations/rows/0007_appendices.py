"""What was checked stays as it is."""  # noqa: N999 - named like its revision.

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
    "text": "份额为 41.5%。",
    "sha256": "b" * 64,
    "characters": 10,
    "media_type": "text/plain",
    "charset": "utf-8",
    "received_sha256": "c" * 64,
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
    "version": 2,
    **MADE,
}
ASSESSMENT = {
    "id": "01900000-0000-7000-8000-000000000007",
    "claim_id": CLAIM["id"],
    "status": "supported",
    "reasoning": "见年报第 3 页",
    **MADE,
}

BEFORE: Rows = {"article": [ARTICLE], "claim": [CLAIM], "assessment": [ASSESSMENT]}
AFTER: Rows = BEFORE
ADDED: Rows = {}
