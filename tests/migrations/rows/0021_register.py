"""Sources stand for themselves; merged ones do so again on the way back, contacts are gone."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}
SOURCE = {
    "id": "01900000-0000-7000-8000-000000000002",
    "key": "wire",
    "collection": "desk",
    "kind": "news_report",
    "tier": "established",
    "lineage": "unknown",
    "confidential": False,
    "version": 1,
    **MADE,
}
CONFIDENTIAL = {
    **SOURCE,
    "id": "01900000-0000-7000-8000-000000000003",
    "key": "somebody",
    "confidential": True,
}
AGAIN = {**SOURCE, "id": "01900000-0000-7000-8000-000000000004", "key": "wire-again"}
CONTACT = {
    "id": "01900000-0000-7000-8000-000000000005",
    "source_id": CONFIDENTIAL["id"],
    "key_name": "0a1b2c3d",
    "sealed_sha256": "a" * 64,
    "destroyed_by": "editor:li.wei",
    "version": 2,
    **MADE,
}
NEEDED = {
    "id": "01900000-0000-7000-8000-000000000006",
    "source_id": CONFIDENTIAL["id"],
    "reader": "editor:chen.mo",
    "version": 1,
    **MADE,
}
APART = {
    "id": "01900000-0000-7000-8000-000000000007",
    "source_id": SOURCE["id"],
    "other_id": AGAIN["id"],
    "outcome": "merged",
    **MADE,
}

BEFORE: Rows = {"source": [SOURCE, CONFIDENTIAL]}
AFTER: Rows = BEFORE
ADDED: Rows = {
    "source": [{**AGAIN, "merged_into_id": SOURCE["id"]}],
    "contact": [CONTACT],
    "need_to_know": [NEEDED],
    "duplicate_answer": [APART],
}
BACK: Rows = {"source": [SOURCE, CONFIDENTIAL, AGAIN]}
