"""No row is touched: only the ledger gains indexes."""  # noqa: N999 - named like its revision.

from tests.migrations.steps import Rows

ARTICLE = {
    "id": "01900000-0000-7000-8000-000000000010",
    "key": "chips",
    "title": '{"zh":"芯片"}',
    "language": "zh-Hans",
    "sample": False,
    "version": 1,
    "created_at": "2026-01-02T03:04:05.678901Z",
    "created_by": "editor:li.wei",
}

BEFORE: Rows = {"article": [ARTICLE]}
AFTER: Rows = BEFORE
ADDED: Rows = {}
