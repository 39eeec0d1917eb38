"""Copies stay as they are; how the web was asked for them is lost on the way back."""  # noqa: N999 - like its revision.

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
SOURCE = {
    "id": "01900000-0000-7000-8000-000000000007",
    "key": "wire",
    "collection": "desk",
    "kind": "news_report",
    "tier": "established",
    "lineage": "unknown",
    "confidential": False,
    "version": 1,
    **MADE,
}
UPLOADED = {
    "id": "01900000-0000-7000-8000-000000000008",
    "source_id": SOURCE["id"],
    "capture": "upload",
    "sha256": "a" * 64,
    "media_type": "text/plain",
    "size": 8,
    "file_name": "摘录.txt",
    "extracted_text": "份额 5%",
    **MADE,
}
EVIDENCE = {
    "id": "01900000-0000-7000-8000-000000000009",
    "claim_id": CLAIM["id"],
    "number": 1,
    "kind": "source",
    "source_id": SOURCE["id"],
    "stance": "supports",
    "quote": "5%",
    "pending": False,
    "version": 1,
    **MADE,
}
OF_A_FETCH = {
    "text_sha256": "b" * 64,
    "final_url": "https://news.example/a",
    "http_status": 200,
    "http_headers": '[["Content-Type","text/html"]]',
    "warc_sha256": "c" * 64,
    "page_title": "份额",
    "page_authors": "李伟",
    "page_publisher": "例报",
    "page_published": "2025-03-11",
    "page_language": "zh-CN",
}
CAPTURED = {
    **UPLOADED,
    "id": "01900000-0000-7000-8000-000000000010",
    "capture": "web",
    "media_type": "text/html",
    **OF_A_FETCH,
}
KEPT = {
    "id": "01900000-0000-7000-8000-000000000011",
    "source_id": SOURCE["id"],
    "url": "https://news.example/a",
    "outcome": "kept",
    "http_status": 200,
    "final_url": "https://news.example/a",
    "warc_sha256": "c" * 64,
    "snapshot_id": CAPTURED["id"],
    "ended_at": MADE["created_at"],
    **MADE,
}
OPEN = {
    "id": "01900000-0000-7000-8000-000000000012",
    "source_id": SOURCE["id"],
    "url": "https://news.example/a",
    **MADE,
}
AWAITED = {
    "id": "01900000-0000-7000-8000-000000000013",
    "evidence_id": EVIDENCE["id"],
    "attempt_id": OPEN["id"],
    **MADE,
}

BEFORE: Rows = {
    "article": [ARTICLE],
    "claim": [CLAIM],
    "source": [SOURCE],
    "snapshot": [UPLOADED],
    "evidence": [EVIDENCE],
}
AFTER: Rows = {**BEFORE, "snapshot": [{**UPLOADED, **dict.fromkeys(OF_A_FETCH)}]}
ADDED: Rows = {"snapshot": [CAPTURED], "capture_attempt": [KEPT, OPEN], "awaited_copy": [AWAITED]}
BACK: Rows = {
    **BEFORE,
    "snapshot": [
        UPLOADED,
        {name: value for name, value in CAPTURED.items() if name not in OF_A_FETCH},
    ],
}
