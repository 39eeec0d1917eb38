"""A line of authors keeps its words; what a comma would part now is kept together by braces."""  # noqa: N999 - like its revision.

from tests.migrations.steps import Row, Rows

MADE = {"created_at": "2026-01-02T03:04:05.678901Z", "created_by": "editor:li.wei"}


def source(number: int, authors: str | None, **more: object) -> Row:
    return {
        "id": f"01900000-0000-7000-8000-00000000010{number}",
        "key": f"S{number}",
        "collection": "desk",
        "kind": "news_report",
        "tier": "established",
        "authors": authors,
        "lineage": "unknown",
        "confidential": False,
        "version": 1,
        **MADE,
        **more,
    }


BEFORE: Rows = {
    "source": [
        source(1, None),
        source(2, "张三，李四"),
        source(3, "John Smith, Jane Doe and {others}"),
        source(4, "World Bank"),
    ]
}
AFTER: Rows = {
    "source": [
        source(1, None, csl=None),
        source(2, "张三，李四", csl=None),
        source(3, r"{John Smith, Jane Doe and \{others\}}", csl=None),
        source(4, "World Bank", csl=None),
    ]
}
ADDED: Rows = {
    "source": [source(5, "Smith, John; 王五", csl='{"DOI":"10.1000/182"}', issued="2024-21")]
}
BACK: Rows = {"source": [*BEFORE["source"], source(5, "Smith, John; 王五", issued="2024-21")]}
