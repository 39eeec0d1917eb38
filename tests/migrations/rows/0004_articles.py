"""Sources stay as they are; articles and versions can be written."""  # noqa: N999 - named like its revision.

from tests.migrations.steps import Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}
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

BEFORE: Rows = {"source": [SOURCE], "snapshot": [SNAPSHOT]}
AFTER: Rows = BEFORE
ADDED: Rows = {"article": [ARTICLE], "article_version": [VERSION]}
