"""The document of an issued public appendix, as short as a review needs it."""

import json
from typing import Any

from claims.appendix.document import Document as Issued
from claims.appendix.document import read

Document = dict[str, Any]
HIDDEN = {"withheld": "ab" * 32}
SIGNED = {"decision": "signed", "level": 1, "by": "editor:zhang.min", "void": False}


def a_claim(number: int = 4, **facts: Any) -> Document:
    """A signed claim about one source."""
    return {
        "number": number,
        "statement": {"zh": "份额是 5%。", "en": "The share was 5 %."},
        "quote": "份额为 5%",
        "citations": [],
        "status": "supported",
        "stage": "signed_off",
        "assessment": reasoned({"zh": "年报如此。", "en": "The annual report says so."}),
        "content_sha256": "cd" * 32,
        "evidence": [an_item()],
        "sign_offs": [{**SIGNED, "at": "2026-11-20T08:00:00+00:00"}],
        **facts,
    }


def reasoned(words: object) -> Document:
    """The conclusion in force, for a reason."""
    return {"reasoning": words, "lowered_from": None, "by": 2, "at": "2026-11-19T08:00:00+00:00"}


def an_item(source: object = 1, **facts: Any) -> Document:
    """An evidence item."""
    return {"number": 1, "source": source, "terms": None, "withdrawn": None, **facts}


def a_citation(attribution: object, source: object = None) -> Document:
    """What the article gives as its source."""
    return {"source": source, "confidential": False, "attribution": attribution, "locator": None}


def a_source(number: int = 1, **facts: Any) -> Document:
    """A source anybody may know, with other facts about who it is."""
    identity = {
        "key": f"report-{number}",
        "title": "Annual report 2024",
        "publisher": "Example plc",
        "url": "https://example.org/report",
        "issued": "2025-03",
        "language": "en",
        **facts,
    }
    return {"number": number, "confidential": False, "identity": identity}


def an_issue(*claims: Document, sources: list[Document] | None = None, **facts: Any) -> Document:
    """The document of issue 3; ``facts`` are those of the issue."""
    return {
        "format": "claim-desk/appendix/3",
        "issue": {
            "number": 3,
            "profile": "public",
            "language": "en",
            "style": "apa",
            "ledger_position": 700,
            "as_of": "2026-11-21T08:59:00+00:00",
            "issued_at": "2026-11-21T09:00:00+00:00",
            "issued_by": None,
            "replaces": None,
            "profiles_version": "1",
            "withholds": [],
            **facts,
        },
        "content": {
            "article": {
                "key": "ten-years",
                "title": {"zh": "十年", "en": "Ten years"},
                "language": "zh-Hans",
                "published": "2026-11-21",
            },
            "claims": list(claims),
            "sources": [a_source()] if sources is None else sources,
        },
        "salts": {},
        "integrity": {
            "keys": [],
            "checkpoint": "",
            "marks": "",
            "act": {"values": {"n.root": {"value": f'"{"0" * 64}"'}}},
            "claims": [
                {"number": claim["number"], "root": "1" * 64}
                for claim in claims
                if "number" in claim
            ],
        },
    }


def a_document(*claims: Document, sources: list[Document] | None = None, **facts: Any) -> Issued:
    """The same as it is read from the store."""
    return read(json.dumps(an_issue(*claims, sources=sources, **facts)).encode())
