"""The document of an issued public appendix, as short as a review needs it."""

from typing import Any

Document = dict[str, Any]
HIDDEN = {"withheld": "ab" * 32}
SIGNED = {"decision": "signed", "level": 1, "by": "editor:zhang.min", "void": False}


def a_claim(number: int = 4, **facts: Any) -> Document:
    """A signed claim about one source."""
    return {
        "number": number,
        "statement": {"zh": "份额是 5%。", "en": "The share was 5 %."},
        "quote": "份额为 5%",
        "attribution": [],
        "status": "supported",
        "stage": "signed_off",
        "reasoning": {"zh": "年报如此。", "en": "The annual report says so."},
        "content_sha256": "cd" * 32,
        "evidence": [{"number": 1, "source": 1, "withdrawn": None}],
        "sign_offs": [{**SIGNED, "at": "2026-11-20T08:00:00+00:00"}],
        **facts,
    }


def a_source(number: int = 1, **facts: Any) -> Document:
    """A source anybody may know."""
    return {
        "number": number,
        "key": f"report-{number}",
        "title": "Annual report 2024",
        "publisher": "Example plc",
        "url": "https://example.org/report",
        "issued": "2025-03",
        "language": "en",
        **facts,
    }


def an_issue(*claims: Document, sources: list[Document] | None = None, **facts: Any) -> Document:
    """The document of issue 3; ``facts`` are those of the issue."""
    return {
        "format": "claim-desk/appendix/3",
        "issue": {
            "number": 3,
            "profile": "public",
            "language": "en",
            "issued_at": "2026-11-21T09:00:00+00:00",
            **facts,
        },
        "content": {
            "article": "ten-years",
            "title": {"zh": "十年", "en": "Ten years"},
            "language": "zh-Hans",
            "claims": list(claims),
            "sources": [a_source()] if sources is None else sources,
        },
        "integrity": {
            "act": {"values": {"n.root": {"value": f'"{"0" * 64}"'}}},
            "claims": [
                {"number": claim["number"], "root": "1" * 64}
                for claim in claims
                if "number" in claim
            ],
        },
    }
