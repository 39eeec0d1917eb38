"""Evidence of the desk does not wait; an answer nobody accepted is withdrawn on the way back."""  # noqa: N999 - like its revision.

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
REPRINT = {**SOURCE, "id": "01900000-0000-7000-8000-000000000008", "key": "reprint"}
SAID = {
    "id": "01900000-0000-7000-8000-000000000009",
    "claim_id": CLAIM["id"],
    "number": 1,
    "kind": "personal_communication",
    "stance": "supports",
    "quote": "电话里这样说。",
    "version": 1,
    **MADE,
}
ANSWERED = {
    **SAID,
    "id": "01900000-0000-7000-8000-000000000010",
    "number": 2,
    "stance": "refutes",
    "quote": "不是这样。",
    "pending": True,
}
INVITATION = {
    "id": "01900000-0000-7000-8000-000000000011",
    "article_id": ARTICLE["id"],
    "version_id": VERSION["id"],
    "side": "expert",
    "name": "王教授",
    "question": "这个份额对吗？",
    "language": "zh",
    "show_title": True,
    "token_sha256": "b" * 64,
    "expires_at": "2026-01-16T03:04:05.678901Z",
    "version": 1,
    **MADE,
}
ASKED = {
    "id": "01900000-0000-7000-8000-000000000012",
    "invitation_id": INVITATION["id"],
    "claim_id": CLAIM["id"],
    "number": 1,
    "sentence": "份额为 41.5%",
    "figures": '{"en":"41.5 %","zh":"41.5%"}',
    "version_sha256": "a" * 64,
    "material_sha256": "c" * 64,
    **MADE,
}
ANSWER = {
    "id": "01900000-0000-7000-8000-000000000013",
    "invited_claim_id": ASKED["id"],
    "claim_id": CLAIM["id"],
    "evidence_id": ANSWERED["id"],
    "choice": "dispute",
    "by_name": False,
    "version_sha256": "a" * 64,
    "material_sha256": "c" * 64,
    "version": 1,
    **MADE,
}
LIKENESS = {
    "id": "01900000-0000-7000-8000-000000000014",
    "source_id": SOURCE["id"],
    "other_id": REPRINT["id"],
    "outcome": "dismissed",
    "likeness": 88,
    **MADE,
}

BEFORE: Rows = {
    "article": [ARTICLE],
    "article_version": [VERSION],
    "claim": [CLAIM],
    "source": [SOURCE, REPRINT],
    "evidence": [SAID],
}
AFTER: Rows = {**BEFORE, "evidence": [{**SAID, "pending": False}]}
ADDED: Rows = {
    "evidence": [ANSWERED],
    "invitation": [INVITATION],
    "invited_claim": [ASKED],
    "answer": [ANSWER],
    "likeness_answer": [LIKENESS],
}
BACK: Rows = {
    **BEFORE,
    "evidence": [
        SAID,
        {
            **{name: value for name, value in ANSWERED.items() if name != "pending"},
            "withdrawn_by": "system:migration",
            "withdrawal_reason": "[0012] 未经接受 Not accepted",
        },
    ],
}
