"""An appendix of as many claims as one likes, the second of which has one of everything."""

from typing import Any

from claims.appendix.document import Document, Integrity, Issue, Replaces, drawn, withheld_matters
from claims.appendix.method import method
from claims.appendix.plain import PlainContent, Shelf, plain
from claims.appendix.profiles import policy_of
from claims.appendix.redaction import redacted
from claims.vocabulary import Profile
from tests.app.exports.claims_of_a_paper import AT, STATUSES, Plain, a_claim, a_full_claim, both

KEY = "gazette.example+1a2b3c4d+AWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6"
NOTE = f"gazette.example/ledger\n700\n{'A' * 43}=\n\n— gazette.example {'B' * 92}\n"


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


ARTICLE: Plain = {
    "key": "ten-years",
    "title": both("十年换位", "Ten years, places traded"),
    "language": "zh-Hans",
    "published": "2026-11-21",
    "byline": "Li Wei",
    "sample": True,
    "notice": both("这是样稿。", "This is a sample."),
}
MODEL: Plain = {
    "text": "A320",
    "start": 9,
    "reason": "designation",
    "note": both("型号", "a model"),
    "by": 2,
}


def a_content(claims: list[Plain], **facts: Any) -> PlainContent:
    """The content of a version whose claims these are."""
    head = {
        "article": ARTICLE,
        "version": {"number": 1, "sha256": "8d" * 32, "characters": 2520, "received_at": AT},
        "schema_revision": "0025_files_of_an_issue",
        "policy_version": "2026.2",
        "style": "apa",
        "summary": a_summary(claims),
        "sign_offs": [an_emergency()],
        "set_aside": [MODEL],
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


def a_summary(claims: list[Plain]) -> Plain:
    """What is counted of claims; one number of the text is not accounted for."""
    statuses = {name: sum(one["status"] == name for one in claims) for name in STATUSES}
    return {
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
    }


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
