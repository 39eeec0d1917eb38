"""Figures stay; a reconciliation goes on the way back."""  # noqa: N999 - like its revision.

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
    "version": 2,
    **MADE,
}


def figure(identifier: str, number: int) -> dict[str, object]:
    return {
        "id": identifier,
        "claim_id": CLAIM["id"],
        "number": number,
        "role": "value",
        "stated_text": "41.5%",
        "unit": "%",
        "subject": '{"zh":"三星"}',
        "measure": '{"zh":"份额"}',
        "observation_status": "normal",
        "material": True,
        "verification_status": "unchecked",
        "version": 1,
        **MADE,
    }


ONE = figure("01900000-0000-7000-8000-000000000011", 1)
OTHER = figure("01900000-0000-7000-8000-000000000012", 2)
RECONCILIATION = {
    "id": "01900000-0000-7000-8000-000000000013",
    "figure_id": ONE["id"],
    "other_id": OTHER["id"],
    "outcome": "revision",
    "note": "统计局修订",
    **MADE,
}

BEFORE: Rows = {"article": [ARTICLE], "claim": [CLAIM], "figure": [ONE, OTHER]}
AFTER: Rows = BEFORE
ADDED: Rows = {"reconciliation": [RECONCILIATION]}
