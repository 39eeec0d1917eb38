"""A snapshot keeps its text; its places go on the way back."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}
SOURCE = {
    "id": "01900000-0000-7000-8000-000000000002",
    "key": "S1",
    "collection": "desk",
    "kind": "company_filing",
    "tier": "primary",
    "lineage": "original",
    "confidential": False,
    "version": 1,
    **MADE,
}
SNAPSHOT = {
    "id": "01900000-0000-7000-8000-000000000003",
    "source_id": SOURCE["id"],
    "capture": "upload",
    "sha256": "a" * 64,
    "media_type": "text/plain",
    "size": 12,
    "extracted_text": "营收 1.10 亿元",
    **MADE,
}
NEW = {"places": None, "remarks": None, "working_sha256": None}
PLACED = {
    **SNAPSHOT,
    "id": "01900000-0000-7000-8000-000000000004",
    "places": '[[0,"page","1"]]',
    "remarks": '{"zh":"第 2 页没有文字。"}',
    "working_sha256": "b" * 64,
}

BEFORE: Rows = {"source": [SOURCE], "snapshot": [SNAPSHOT]}
AFTER: Rows = {"source": [SOURCE], "snapshot": [{**SNAPSHOT, **NEW}]}
ADDED: Rows = {"snapshot": [PLACED]}
BACK: Rows = {
    "source": [SOURCE],
    "snapshot": [
        SNAPSHOT,
        {name: value for name, value in PLACED.items() if name not in NEW},
    ],
}
