"""Figures and evidence stay as they are; a calculation goes back to being somebody's word."""  # noqa: N999 - like its revision.

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
FIGURE = {
    "id": "01900000-0000-7000-8000-000000000007",
    "claim_id": CLAIM["id"],
    "number": 1,
    "role": "value",
    "stated_text": "41.5%",
    "comparator": "exactly",
    "low": "41.50",
    "high": "41.50",
    "unit": "%",
    "observation_status": "normal",
    "material": True,
    "verification_status": "unchecked",
    "version": 1,
    **MADE,
}
SPOKEN = {
    "id": "01900000-0000-7000-8000-000000000008",
    "claim_id": CLAIM["id"],
    "number": 1,
    "kind": "personal_communication",
    "stance": "supports",
    "quote": "41.5%",
    "version": 1,
    **MADE,
}
CALCULATED = {
    **SPOKEN,
    "id": "01900000-0000-7000-8000-000000000009",
    "number": 2,
    "kind": "calculation",
    "formula": "F1 * 2",
    "quote": None,
}
REMOVED = {
    **FIGURE,
    "id": "01900000-0000-7000-8000-000000000010",
    "number": 2,
    "removed_by": "editor:li.wei",
    "removal_reason": "多列了",
}
CHECK = {
    "id": "01900000-0000-7000-8000-000000000011",
    "claim_id": CLAIM["id"],
    "number": 1,
    "formula": "F1 = F2",
    "version": 1,
    **MADE,
}
AUTHOR = {
    "id": "01900000-0000-7000-8000-000000000012",
    "claim_id": CLAIM["id"],
    "created_at": MADE["created_at"],
    "created_by": "editor:zhang.min",
}

BEFORE: Rows = {
    "article": [ARTICLE],
    "claim": [CLAIM],
    "figure": [FIGURE],
    "evidence": [SPOKEN],
}
AFTER: Rows = {
    **BEFORE,
    "figure": [{**FIGURE, "removed_by": None, "removal_reason": None}],
    "evidence": [{**SPOKEN, "formula": None}],
}
ADDED: Rows = {
    "figure": [REMOVED],
    "evidence": [CALCULATED],
    "formula_check": [CHECK],
    "claim_author": [AUTHOR],
}
BACK: Rows = {
    **BEFORE,
    "figure": [
        FIGURE,
        {name: value for name, value in REMOVED.items() if not name.startswith("remov")},
    ],
    "evidence": [
        SPOKEN,
        {
            **{name: value for name, value in CALCULATED.items() if name != "formula"},
            "kind": "personal_communication",
        },
    ],
}
