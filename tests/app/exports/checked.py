"""A claim with everything an appendix can tell of one, and its file in a format."""

import html
import json
import re
import zipfile
from io import BytesIO
from typing import Any

from app.exports import FORMATS, seals
from app.exports.verifier.bodies import ITEM
from app.exports.view import View, view_of
from claims.appendix.document import read
from tests.app.exports.an_issue import Document, a_claim, a_source, an_issue

SNAPSHOT = {
    "sha256": "ef" * 32,
    "media_type": "text/html",
    "size": 2048,
    "retrieved_at": "2026-11-18T08:00:00+00:00",
}
TAG = re.compile("<[^>]*>")
CHECKPOINT = (
    "desk.example/ledger\n42\n" + "A" * 43 + "=\n\n— desk.example/ledger " + "B" * 90 + "\n"
)


def a_figure(number: int = 1, **facts: Any) -> Document:
    """A figure of a claim: 5 %, which reads as an interval."""
    return {
        "number": number,
        "role": "value",
        "stated_text": "5%",
        "comparator": "exactly",
        "low": "4.5",
        "high": "5.5",
        "unit": "%",
        "reads": {"zh": "5%", "en": "5 %"},
        "interval": {"zh": "4.5% 至 5.5%", "en": "4.5 to 5.5 %"},
        "period_words": {"zh": "2024 年", "en": "2024"},
        "measure": {"zh": "份额", "en": "share"},
        "observation_status": "normal",
        "material": True,
        "status": "supported",
        **facts,
    }


def evidence(number: int = 1, **facts: Any) -> Document:
    """An item of evidence with its passage and its copy."""
    return {
        "number": number,
        "kind": "source",
        "stance": "supports",
        "source": 1,
        "figures": [1],
        "passage": {
            "says": {"zh": "年报给出 5%", "en": "The report gives 5 %"},
            "quote": "a share of 5 %",
            "locator_kind": "page",
            "locator": "12",
            "formula": None,
        },
        "note": None,
        "given": None,
        "comparison": {"zh": "在区间内", "en": "within the interval"},
        "counts": True,
        "terms": None,
        "withdrawn": None,
        "snapshot": SNAPSHOT,
        "by": 2,
        "at": "2026-11-19T08:00:00+00:00",
        **facts,
    }


def a_contest(**facts: Any) -> Document:
    """An open dispute with evidence on both sides."""
    return {
        "number": 1,
        "about": "claim",
        "reason": "party_denies",
        "side": "subject",
        "party": {"zh": "该公司", "en": "The company"},
        "statement": {"zh": "我们不同意。", "en": "We disagree."},
        "blocking": False,
        "due_on": None,
        "evidence_for": [2],
        "evidence_against": [1],
        "raised_by": 2,
        "raised_at": "2026-11-20T08:00:00+00:00",
        "outcome": None,
        "settlement": None,
        **facts,
    }


def a_checked_claim(number: int = 4, **facts: Any) -> Document:
    """A signed claim with two figures, two items of evidence and a dispute."""
    return a_claim(
        number,
        **{
            "figures": [a_figure(1), a_figure(2, status="refuted")],
            "evidence": [evidence(1), evidence(2, stance="refutes")],
            "contests": [a_contest()],
            "origins": {"links": 2, "words": {"zh": "2 条链接", "en": "2 links"}},
            **facts,
        },
    )


def a_view(*claims: Document, **facts: Any) -> View:
    """The view of an issue of these claims with a signed head, or of a preview, which has none."""
    previewed = facts.pop("previewed", False)
    facts.setdefault("sources", [{**a_source(), "kind": "report", "used_by": [4]}])
    found = an_issue(*claims, **facts)
    if previewed:
        found["integrity"] = None
        return view_of(read(json.dumps(found).encode()))
    found["integrity"] |= {"checkpoint": CHECKPOINT, "keys": ["desk.example/ledger+1a2b3c4d+AQID"]}
    return view_of(read(json.dumps(found).encode()))


def written(form: str, *claims: Document, **facts: Any) -> bytes:
    """The bytes of such an issue in a format."""
    return to_bytes(form, a_view(*claims, **facts))


def to_bytes(form: str, view: View) -> bytes:
    """The file of a view in a format."""
    out = BytesIO()
    FORMATS[form].render(view, out, lambda _done, _all: None)
    return out.getvalue()


def handed_out(form: str, *claims: Document, **facts: Any) -> BytesIO:
    """The same with its seal in it, as it leaves the desk."""
    out = BytesIO(written(form, *claims, **facts))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(seals.member(ITEM), seals.item("seal", "{}"))
    return out


def all_words(data: bytes) -> str:
    """Every text in every part of a package, as whoever looks into it would find it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = [package.read(name).decode("utf-8", "ignore") for name in package.namelist()]
    return html.unescape("\n".join(TAG.sub("", part) for part in parts))
