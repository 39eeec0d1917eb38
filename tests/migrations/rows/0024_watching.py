"""Sources, claims and evidence stay; what the looks found goes on the way back."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Rows

THEN = "2026-01-02T03:04:05.678901Z"
MADE = {"created_at": THEN, "created_by": "system:watch"}
SOURCE = {
    "id": "01900000-0000-7000-8000-000000000041",
    "key": "rain-office",
    "collection": "desk",
    "kind": "statistics_office",
    "tier": "primary",
    "title": "Rain in 2024",
    "url": "https://example.org/rain",
    "lineage": "original",
    "confidential": False,
    "version": 1,
    **MADE,
}
LOOK = {
    "source_id": SOURCE["id"],
    "url": SOURCE["url"],
    "looks": 3,
    "looked_at": THEN,
    "answered_at": THEN,
    "strikes": 0,
    "missed": 0,
    "etag": '"a1"',
    "asked_for": SOURCE["url"],
    "compared": "a" * 64,
}
PACE = {
    "host": "example.org",
    "free_at": THEN,
    "robots": "",
    "robots_at": THEN,
    "refuses_all": False,
}
STATE = {
    "id": "01900000-0000-7000-8000-000000000042",
    "source_id": SOURCE["id"],
    "url": SOURCE["url"],
    "answer": "missing",
    "http_status": 404,
    "reason": '{"en":"The site has no such page (404)."}',
    **MADE,
}
WISH = {
    "id": "01900000-0000-7000-8000-000000000043",
    "source_id": SOURCE["id"],
    "every_days": 7,
    "reason": "weekly bulletin",
    "set_by": "editor:li.wei",
    "version": 1,
    **MADE,
}

BEFORE: Rows = {"source": [SOURCE]}
AFTER: Rows = BEFORE
ADDED: Rows = {
    "source_look": [LOOK],
    "host_pace": [PACE],
    "page_state": [STATE],
    "watch_wish": [WISH],
}
