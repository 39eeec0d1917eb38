"""An appendix that holds one of everything a page has to set, and as many claims as one likes."""

from typing import Any

from claims.appendix.document import Document, Integrity, Issue, Replaces, drawn, withheld_matters
from claims.appendix.method import method
from claims.appendix.plain import PlainContent, Shelf, plain
from claims.appendix.profiles import policy_of
from claims.appendix.redaction import redacted
from claims.vocabulary import Profile

Plain = dict[str, Any]
AT = "2026-11-20T08:30:15.123456+00:00"
KEY = "gazette.example+1a2b3c4d+AWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6"
NOTE = f"gazette.example/ledger\n700\n{'A' * 43}=\n\n— gazette.example {'B' * 92}\n"
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
        "place": {"start": 0, "end": 8, "state": "exact"},
        "citations": [],
        "status": STATUSES[number % len(STATUSES)],
        "stage": "signed_off",
        "disposition": "stet",
        "proposed_wording": None,
        "freshness": "current",
        "assessment": {
            "reasoning": both(
                "年报第37页写明份额。", "The annual report states the share on page 37."
            ),
            "lowered_from": None,
            "by": 1,
            "at": AT,
        },
        "content_sha256": "7c" * 32,
        "origins": {
            "links": 2,
            "origins": 1,
            "primary": 1,
            "words": both("2 条链接，1 个独立来源", "2 links, 1 origin"),
        },
        "figures": [a_figure()],
        "evidence": [an_item(1), an_item(2, source=2, stance="refutes", note=None)],
        "contests": [],
        "replies": [],
        "findings": [],
        "sign_offs": [a_signature()],
        "entered_by": 1,
        "submitted_by": 1,
        "levels": 2,
        **facts,
    }


def a_full_claim(number: int = 2) -> Plain:
    """A claim with one of everything."""
    asked = {
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
    remark = {
        "code": "rounding",
        "severity": "warning",
        "figure": 1,
        "confidential": False,
        "message": both("口径没有写明", "the basis is not stated"),
        "waived_by": 2,
        "waiver_reason": "known",
    }
    taken_back = {"by": 1, "reason": "wrong page"}
    return a_claim(
        number,
        status="conflicting",
        stage="checking",
        disposition="correct",
        proposed_wording="份额约为18%。",
        freshness="source_changed",
        place={"start": 0, "end": 8, "state": "reworded"},
        citations=[
            {
                "source": 1,
                "confidential": False,
                "attribution": both("据年报", "according to the report"),
                "locator": "p. 37",
            }
        ],
        figures=[a_figure(1), a_figure(2, material=False, interval={}, reasoning=None)],
        evidence=[
            an_item(1, observed="figure_changed"),
            a_call(2),
            an_item(3, withdrawn=taken_back, counts=False),
            an_item(4, kind="calculation", source=None, passage=a_passage(formula="a * (1 + b)")),
            an_item(5, source=3, confidential=True),
        ],
        contests=[a_contest(1), settled(2)],
        replies=[asked],
        findings=[remark],
        sign_offs=[
            a_signature(void=True, past=True),
            a_signature(decision="returned", reason="see page 38"),
        ],
    )


def a_source(number: int = 1, **facts: Any) -> Plain:
    """A report, cited in the style of a manual."""
    url = f"https://example.org/report-{number}?a=1&b=2"
    return {
        "number": number,
        "kind": "company_filing",
        "tier": "primary",
        "lineage": "original",
        "confidential": False,
        "derived_from": None,
        "reliability": "A",
        "credibility": 1,
        "used_by": [1],
        "identity": {
            "key": f"report-{number}",
            "title": "Annual report",
            "authors": None,
            "publisher": "Example plc",
            "original_publisher": None,
            "url": url,
            "issued": "2025-03",
            "language": "en",
            "retrieval": None,
            "retrieved": "2026-11-20",
            "citation": f"Example plc. Annual report. {url}.",
            "citation_html": f"Example plc. <i>Annual report</i>. {url.replace('&', '&amp;')}.",
        },
        **facts,
    }


def a_content(claims: list[Plain], **facts: Any) -> PlainContent:
    """The content of a version whose claims these are."""
    statuses = {name: sum(one["status"] == name for one in claims) for name in STATUSES}
    head = {
        "article": {
            "key": "ten-years",
            "title": both("十年换位", "Ten years, places traded"),
            "language": "zh-Hans",
            "published": "2026-11-21",
            "byline": "Li Wei",
            "sample": True,
            "notice": both("这是样稿。", "This is a sample."),
        },
        "version": {"number": 1, "sha256": "8d" * 32, "characters": 2520, "received_at": AT},
        "schema_revision": "0025_files_of_an_issue",
        "policy_version": "2026.2",
        "style": "apa",
        "summary": {
            "claims": len(claims),
            "figures": sum(len(one["figures"]) for one in claims),
            "statuses": {name: count for name, count in statuses.items() if count},
            "dispositions": {},
            "stages": {"signed_off": sum(one["stage"] == "signed_off" for one in claims)},
            "open_contests": 1,
            "numbers_accounted": 9,
            "numbers_total": 10,
            "dismissed": {},
            "sources": 3,
        },
        "sign_offs": [an_emergency()],
        "sources": [
            a_source(1),
            a_source(2, lineage="reprint", derived_from=1),
            a_source(3, confidential=True),
        ],
        "people": [
            a_person(1, "editor:li.wei", "李薇", ["attached", "assessed", "submitted"]),
            a_person(2, "editor:zhang.min", "张敏", ["signed"]),
            a_person(3, "system:rules", None, ["contested"]),
        ],
        "method": plain(method(2)),
        **facts,
    }
    return PlainContent(head, Shelf(claims))


def an_emergency() -> Plain:
    """The article went out unfinished."""
    return {
        "decision": "emergency",
        "version": 1,
        "by": 2,
        "at": AT,
        "state_sha256": "9e" * 32,
        "reason": "the quake",
        "missing": [both("没有第二级签发", "no second reading")],
        "void": False,
        "past": False,
    }


def a_person(number: int, account: str, display: str | None, acts: list[str]) -> Plain:
    """Somebody of the newsroom, or the program itself."""
    kind = account.partition(":")[0]
    name = {"account": account, "display": display}
    return {"number": number, "kind": kind, "acts": acts, "name": name}


def a_document(
    content: PlainContent, language: str = "en", profile: str = "internal", number: int = 3
) -> Document:
    """The document of an issue, as a profile shows it; number 0 is a preview."""
    shown = redacted(content, policy_of(Profile(profile)), b"k" * 32)
    issue = Issue(
        number=number,
        profile=profile,
        language=language,
        style="apa",
        ledger_position=700,
        as_of=AT,
        issued_at=AT if number else "",
        issued_by="editor:li.wei" if profile != "public" else None,
        replaces=Replaces(2, [1], [2], [9], []),
        profiles_version="1",
        withholds=withheld_matters(shown.hidden),
    )
    act = {"index": 700, "values": {"n.root": {"value": f'"{shown.root.hex()}"'}}}
    claims = [{"number": one, "root": root.hex()} for one, root in shown.roots]
    return drawn(issue, shown, Integrity([KEY], NOTE, act, claims, "") if number else None)


def a_paper(language: str = "en", profile: str = "internal", claims: int = 2) -> Document:
    """An appendix of plain claims, the second of which has everything."""
    rows = [a_full_claim(2) if one == 2 else a_claim(one) for one in range(1, claims + 1)]
    return a_document(a_content(rows), language, profile)
