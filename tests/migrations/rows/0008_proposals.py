"""Claims stay as they are; readings, proposals and acts can be written."""  # noqa: N999 - named like its revision.

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
MENTION = {
    "id": "01900000-0000-7000-8000-000000000010",
    "version_id": VERSION["id"],
    "start": 4,
    "stop": 9,
    "text": "41.5%",
    "kind": "percentage",
    "low": "41.5",
    "high": "41.5",
    "unit": "%",
    "comparator": "exactly",
    "rule": "percent-sign",
    "reader_version": "1.0.0",
    "version": 1,
    **MADE,
}
READING = {
    "id": "01900000-0000-7000-8000-000000000011",
    "version_id": VERSION["id"],
    "number": 1,
    "reader_version": "1.0.0",
    "extractor_version": "1.0.0",
    "tables_sha256": "d" * 64,
    "language": "zh-Hans",
    "read_to": 10,
    "finished_at": "2026-01-02T03:04:05.678901Z",
    "version": 1,
    **MADE,
}
PROPOSAL = {
    "id": "01900000-0000-7000-8000-000000000012",
    "version_id": VERSION["id"],
    "reading_id": READING["id"],
    "number": 1,
    "start": 0,
    "stop": 9,
    "sentence_start": 0,
    "sentence_stop": 10,
    "statement": "份额为 41.5%",
    "kind": "share",
    "strength": "strong",
    "rule": "percent-sign",
    "state": "accepted",
    "claim_id": CLAIM["id"],
    "decided_by": "editor:li.wei",
    "decided_at": "2026-01-02T03:04:05.678901Z",
    "version": 2,
    **MADE,
}
FIGURE = {
    "id": "01900000-0000-7000-8000-000000000013",
    "proposal_id": PROPOSAL["id"],
    "mention_id": MENTION["id"],
    "number": 1,
    "strength": "strong",
    "rule": "percent-sign",
    "role": "value",
    "stated_text": "41.5%",
    "start": 4,
    "stop": 9,
    "comparator": "exactly",
    "low": "41.5",
    "high": "41.5",
    "unit": "%",
    "observation_status": "normal",
    "material": True,
    "version": 1,
    **MADE,
}
ACT = {
    "id": "01900000-0000-7000-8000-000000000014",
    "version_id": VERSION["id"],
    "number": 1,
    "kind": "accept",
    "about": "1",
    "changes": "[]",
    "version": 1,
    **MADE,
}
DIFFERENCE = {
    "id": "01900000-0000-7000-8000-000000000015",
    "reading_id": READING["id"],
    "number": 1,
    "kind": "number_new",
    "start": 4,
    "stop": 9,
    "becomes": '{"en":"41.5%"}',
    "state": "open",
    "version": 1,
    **MADE,
}

BEFORE: Rows = {
    "article": [ARTICLE],
    "article_version": [VERSION],
    "claim": [CLAIM],
    "quantity_mention": [MENTION],
}
AFTER: Rows = BEFORE
ADDED: Rows = {
    "reading": [READING],
    "proposal": [PROPOSAL],
    "proposed_figure": [FIGURE],
    "triage_act": [ACT],
    "reading_difference": [DIFFERENCE],
}
