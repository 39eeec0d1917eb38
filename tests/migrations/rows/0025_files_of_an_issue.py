"""An issue's one file becomes a row of its own; on the way back its first file is its only one."""  # noqa: N999 - like its revision.

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
SHARED = {
    "id": "01900000-0000-7000-8000-000000000006",
    "article_id": ARTICLE["id"],
    "version_id": VERSION["id"],
    "number": 1,
    "profile": "editor",
    "language": "zh",
    "ledger_position": 40,
    "schema_revision": "0024_watching",
    "policy_version": "2026-11",
    "replaces_id": None,
    **MADE,
}
FIRST = {**SHARED, "format": "html", "content_sha256": "d" * 64, "file_sha256": "e" * 64}
SECOND = {
    **FIRST,
    "id": "01900000-0000-7000-8000-000000000007",
    "number": 2,
    "format": "csv",
    "file_sha256": "f" * 64,
    "replaces_id": FIRST["id"],
}
NEW = dict.fromkeys(("style", "state_sha256", "root_sha256", "document_sha256"))
FORMER = ("format", "file_sha256")


def issue_of(row: dict[str, object]) -> dict[str, object]:
    return {**{name: value for name, value in row.items() if name not in FORMER}, **NEW}


def file_of(row: dict[str, object]) -> dict[str, object]:
    """No entry of the ledger says that a copy of these files was kept."""
    moved = {name: row[name] for name in ("id", *FORMER, "created_at", "created_by")}
    return {**moved, "appendix_id": row["id"], "kept": False, "size": None, "proof_sha256": None}


THIRD = {
    **SHARED,
    "id": "01900000-0000-7000-8000-000000000008",
    "number": 3,
    "language": "both",
    "style": "gb7714",
    "content_sha256": None,
    "state_sha256": "1" * 64,
    "root_sha256": "2" * 64,
    "document_sha256": "3" * 64,
}
FOURTH = {**THIRD, "id": "01900000-0000-7000-8000-000000000009", "number": 4}
PAGE = {
    "id": "01900000-0000-7000-8000-000000000010",
    "appendix_id": THIRD["id"],
    "format": "html",
    "file_sha256": "4" * 64,
    "kept": True,
    "size": 12,
    "proof_sha256": None,
    **MADE,
}
PAPER = {
    **PAGE,
    "id": "01900000-0000-7000-8000-000000000011",
    "format": "pdf",
    "file_sha256": "5" * 64,
    "proof_sha256": "6" * 64,
}
BEFORE: Rows = {"article": [ARTICLE], "article_version": [VERSION], "appendix": [FIRST, SECOND]}
AFTER: Rows = {
    **BEFORE,
    "appendix": [issue_of(FIRST), issue_of(SECOND)],
    "appendix_file": [file_of(FIRST), file_of(SECOND)],
}
ADDED: Rows = {"appendix": [THIRD, FOURTH], "appendix_file": [PAGE, PAPER]}


def back(row: dict[str, object], form: str, digest: str) -> dict[str, object]:
    kept = {name: value for name, value in row.items() if name not in NEW}
    return {**kept, "format": form, "content_sha256": "2" * 64, "file_sha256": digest}


BACK: Rows = {
    **BEFORE,
    "appendix": [FIRST, SECOND, back(THIRD, "html", "4" * 64), back(FOURTH, "json", "3" * 64)],
}
