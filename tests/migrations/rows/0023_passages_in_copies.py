"""Evidence keeps its words; where they stand and who said them goes on the way back."""  # noqa: N999 - like its revision.

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
    "version": 1,
    **MADE,
}
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
    "extracted_text": "份额为 41.5%",
    **MADE,
}
QUOTED = {
    "id": "01900000-0000-7000-8000-000000000008",
    "claim_id": CLAIM["id"],
    "number": 1,
    "kind": "source",
    "source_id": SOURCE["id"],
    "snapshot_id": SNAPSHOT["id"],
    "stance": "supports",
    "quote": "份额为 41.5%",
    "pending": False,
    "version": 1,
    **MADE,
}
SPOKEN = {
    **QUOTED,
    "id": "01900000-0000-7000-8000-000000000009",
    "number": 2,
    "kind": "personal_communication",
    "source_id": None,
    "snapshot_id": None,
}
PLACES = {"quote_start": 0, "quote_stop": 9, "figure_start": 4, "figure_stop": 9}
SAID = {
    "said_by": "王芳",
    "said_role": "公司发言人",
    "said_on": "2025-03-11",
    "said_via": "call",
    "said_terms": "on_record",
    "said_reached": "公司总机",
}
NEW = dict.fromkeys([*PLACES, *SAID])
PLACED = {**QUOTED, "id": "01900000-0000-7000-8000-000000000010", "number": 3}
TOLD = {**SPOKEN, "id": "01900000-0000-7000-8000-000000000011", "number": 4}

BEFORE: Rows = {
    "article": [ARTICLE],
    "claim": [CLAIM],
    "source": [SOURCE],
    "snapshot": [SNAPSHOT],
    "evidence": [QUOTED, SPOKEN],
}
AFTER: Rows = {**BEFORE, "evidence": [{**QUOTED, **NEW}, {**SPOKEN, **NEW}]}
ADDED: Rows = {"evidence": [{**PLACED, **PLACES}, {**TOLD, **SAID}]}
BACK: Rows = {**BEFORE, "evidence": [QUOTED, SPOKEN, PLACED, TOLD]}
