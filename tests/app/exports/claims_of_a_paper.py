"""Claims with one of everything a page has to set: figures, evidence, contests, signatures."""

from typing import Any

Plain = dict[str, Any]
AT = "2026-11-20T08:30:15.123456+00:00"
SHARE = {"zh": "18.25 % – 18.35 %", "en": "18.25 % to 18.35 %"}
STATUSES = ("supported", "refuted", "conflicting", "misleading", "outdated", "unchecked")


def both(zh: str, en: str) -> Plain:
    """Words in both languages."""
    return {"zh": zh, "en": en}


def a_figure(number: int = 1, **facts: Any) -> Plain:
    """A share of a market."""
    return {
        "number": number,
        "role": "value",
        "stated_text": "18.3%",
        "comparator": "exactly",
        "low": "18.3",
        "high": "18.3",
        "unit": "%",
        "reads": both("18.3 %", "18.3 %"),
        "interval": SHARE,
        "period": "2024",
        "period_words": both("2024年", "2024"),
        "subject": both("三星", "Samsung"),
        "measure": both("手机份额", "share of phones"),
        "geography": both("全球", "world"),
        "basis": both("出货量", "shipments"),
        "observation_status": "estimated",
        "change_kind": None,
        "material": True,
        "status": "supported",
        "reasoning": both("与年报一致", "as in the annual report"),
        **facts,
    }


def an_item(number: int = 1, **facts: Any) -> Plain:
    """An item of evidence from source 1, with a copy."""
    return {
        "number": number,
        "kind": "source",
        "stance": "supports",
        "counts": True,
        "source": 1,
        "confidential": False,
        "terms": None,
        "figures": [1],
        "passage": a_passage(),
        "note": both("只是备注", "a note of the desk"),
        "said": None,
        "given": {
            "reads": both("18.3 %", "18.3 %"),
            "interval": SHARE,
            "low": "18.3",
            "high": "18.3",
            "unit": "%",
            "period": "2024",
            "period_words": both("2024年", "2024"),
            "observation_status": "normal",
        },
        "comparison": both("在区间之内。", "It lies within."),
        "snapshot": {
            "sha256": "5a" * 32,
            "retrieved_at": AT,
            "capture": "upload",
            "media_type": "text/html",
            "size": 4096,
        },
        "observed": None,
        "withdrawn": None,
        "by": 1,
        "at": AT,
        **facts,
    }


def a_passage(**facts: Any) -> Plain:
    """The words of a source on page 37."""
    return {
        "quote": "a share of 18.3 %",
        "says": both("份额为18.3%", "The share is 18.3 %"),
        "locator_kind": "page",
        "locator": "37",
        "formula": None,
        "stated_text": None,
        "measure": None,
        "geography": None,
        "basis": None,
        **facts,
    }


def a_call(number: int, **facts: Any) -> Plain:
    """What somebody said on the telephone, on background."""
    said = {
        "via": "call",
        "on": "2026-11-18",
        "speaker": {"name": "Kim Somebody", "role": "analyst"},
        "reached": "+82 2 555 0100",
    }
    own = {"kind": "personal_communication", "source": None, "terms": "background", "said": said}
    return an_item(number, **own, snapshot=None, stance="qualifies", **facts)


def a_contest(number: int = 1, **facts: Any) -> Plain:
    """A dispute about the definition, open and blocking."""
    return {
        "number": number,
        "about": "F1",
        "reason": "definition_or_scope",
        "side": "subject",
        "party": both("三星", "Samsung"),
        "statement": both("口径不同。", "The definition differs."),
        "blocking": True,
        "due_on": "2026-12-01",
        "evidence_for": [2],
        "evidence_against": [1],
        "raised_by": 2,
        "raised_at": AT,
        "outcome": None,
        "settlement": None,
        "settled_by": None,
        "settled_at": None,
        **facts,
    }


def settled(number: int) -> Plain:
    """A dispute that was settled."""
    return a_contest(
        number,
        blocking=False,
        outcome="partly_upheld",
        settlement=both("部分成立。", "It holds in part."),
        settled_by=1,
        settled_at=AT,
    )


def a_signature(**facts: Any) -> Plain:
    """A first check that stands."""
    return {
        "decision": "signed",
        "level": 1,
        "submission": 1,
        "by": 2,
        "at": AT,
        "content_sha256": "6b" * 32,
        "past": False,
        "reason": None,
        "void": False,
        **facts,
    }


def a_claim(number: int = 1, **facts: Any) -> Plain:
    """A claim as most are: one figure, two items of evidence, a signature."""
    return {
        "number": number,
        "key": f"claim-{number}",
        "id": f"00000000-0000-7000-8000-{number:012d}",
        "kind": "figure",
        "statement": both(f"第{number}条：份额为18.3%。", f"Claim {number}: the share was 18.3 %."),
        "quote": f"份额为18.3%（{number}）",
        "status": STATUSES[number % len(STATUSES)],
        **AS_MOST_ARE,
        "figures": [a_figure()],
        "evidence": [an_item(1), an_item(2, source=2, stance="refutes", note=None)],
        "sign_offs": [a_signature()],
        **facts,
    }


AS_MOST_ARE: Plain = {
    "place": {"start": 0, "end": 8, "state": "exact"},
    "citations": [],
    "stage": "signed_off",
    "disposition": "stet",
    "proposed_wording": None,
    "freshness": "current",
    "assessment": {
        "reasoning": both("年报第37页写明份额。", "The annual report states the share on page 37."),
        "lowered_from": None,
        "by": 1,
        "at": AT,
    },
    "earlier": [],
    "content_sha256": "7c" * 32,
    "origins": {
        "links": 2,
        "origins": 1,
        "primary": 1,
        "words": both("2 条链接，1 个独立来源", "2 links, 1 origin"),
    },
    "contests": [],
    "replies": [],
    "findings": [],
    "entered_by": 1,
    "submitted_by": 1,
    "levels": 2,
}
CITED: Plain = {
    "source": 1,
    "confidential": False,
    "attribution": both("据年报", "according to the report"),
    "locator": "p. 37",
}
ASKED: Plain = {
    "side": "expert",
    "name": "Lee Nobody",
    "question": "Is 18.3 % right?",
    "asked_by": 1,
    "asked_at": AT,
    "until": AT,
    "choice": "dispute",
    "answered_at": AT,
    "evidence": 3,
}
REMARK: Plain = {
    "code": "rounding",
    "severity": "warning",
    "figure": 1,
    "confidential": False,
    "message": both("口径没有写明", "the basis is not stated"),
    "waived_by": 2,
    "waiver_reason": "known",
}
REPLACED: Plain = {
    "figure": 1,
    "status": "supported",
    "reasoning": both("先前的理由", "the reasons before"),
    "disposition": "stet",
    "by": 2,
    "at": AT,
}


def a_full_claim(number: int = 2) -> Plain:
    """A claim with one of everything."""
    return a_claim(
        number,
        status="conflicting",
        stage="checking",
        disposition="correct",
        proposed_wording="份额约为18%。",
        freshness="source_changed",
        place={"start": 0, "end": 8, "state": "reworded"},
        citations=[CITED],
        figures=[a_figure(1), a_figure(2, material=False, interval={}, reasoning=None)],
        evidence=[
            an_item(1, observed="figure_changed"),
            a_call(2),
            an_item(3, withdrawn={"by": 1, "reason": "wrong page"}, counts=False),
            an_item(4, kind="calculation", source=None, passage=a_passage(formula="a * (1 + b)")),
            an_item(5, source=3, confidential=True),
        ],
        contests=[a_contest(1), settled(2)],
        replies=[ASKED],
        findings=[REMARK],
        earlier=[REPLACED],
        sign_offs=[
            a_signature(void=True, past=True),
            a_signature(decision="returned", reason="see page 38"),
        ],
    )
