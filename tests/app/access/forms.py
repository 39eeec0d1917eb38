"""A valid form for every address that writes: as its page gives it, with what a person types."""

from typing import Any
from urllib.parse import urlsplit

from app.selection import short
from claims.models import Claim
from claims.vocabulary import AnchorState
from tests.app.access.desk import OWNER, AccessDesk
from tests.app.browser import PASSWORD
from tests.app.forms.test_base import form_on

ALWAYS = {"csrf_token", "typist", "draft", "receipt"}
"""What belongs to whoever opened the form, and not to what is typed."""
Typed = dict[str, Any]
NEW = f"{PASSWORD}!"
REASON = {"reason": "Because."}
SOURCE = {"title": "A report", "kind": "news_report", "tier": "established"}
TYPED: dict[str, Typed] = {
    "accounts.language": {"language": "en"},
    "accounts.link_used": {"password": PASSWORD, "again": PASSWORD},
    "accounts.signed_in": {"name": OWNER, "password": PASSWORD},
    "administration.change_roles": {"roles": ["reporter", "admin"]},
    "administration.disable": {"typed": "qian.er"},
    "administration.invite": {"name": "xin.lai", "display_name": "X", "roles": ["checker"]},
    "appendix_issues.make": {"format": "md"},
    "article_sign_offs.publish": {**REASON, "known": "y"},
    "articles.add": {"way": "paste", "text": "2024年的份额是5%。", "language": "zh-Hans"},
    "assessments.save": {"reasoning": "Otherwise."},
    "captures.accept": {"chosen": "title"},
    "citations.take": {"text": "@book{a, title={A}, year={2020}}", "choice": "0"},
    "claim_edits.save": {"kind": "rank"},
    "claim_figures.add": {"stated_text": "7%", "period": "2024"},
    "claim_figures.remove": REASON,
    "claim_figures.save": {"stated_text": "6%", "low": "6"},
    "claims.drop": REASON,
    "claims.reopen": REASON,
    "claims.waive_finding": REASON,
    "comments.add": {"body": "Also."},
    "confidences.add": {"phone": "2"},
    "confidences.name": {"reader": "editor:zhang.min"},
    "contest_dues.save": {"due_on": "2031-05-06"},
    "contests.add": {"reason": "other", "side": "checker", "statement": "No."},
    "contests.settle": {"outcome": "rejected", "settlement": "As the report says."},
    "contests.withdraw": {"settlement": "Seen."},
    "deadlines.save": {"deadline": "2031-05-06 18:00"},
    "differences.leave": {"number": "1"},
    "drafts.discard": {"draft": "comment/mine"},
    "drafts.keep": {"body": "half"},
    "evidence.save": {"note": "Also."},
    "evidence.withdraw": REASON,
    "figures.remember": {"outcome": "different_definition", "note": "Other."},
    "formulas.add": {"formula": "F1 * 3 = F1", "note": "why"},
    "formulas.calculate": {"formula": "E1 / 4", "stance": "supports"},
    "formulas.save": {"formula": "E1 / 5"},
    "formulas.withdraw": REASON,
    "invitations.add": {"name": "Wang", "question": "Is it?"},
    "looks.take_copy": {"figure": "6.2 %"},
    "looks.watch": {"often": "never", "reason": "Gone."},
    "own_account.add_token": {"name": "more", "scopes": ["read"], "days": "90"},
    "own_account.change_password": {"old": PASSWORD, "password": NEW, "again": NEW},
    "own_account.save": {"display_name": "Z"},
    "queue.rows": {"rows": "compact"},
    "restorations.add": REASON,
    "saved_filters.add": {"name": "More"},
    "saved_filters.change": {"name": "Renamed"},
    "sign_offs.answer": {"answer": "sign"},
    "snapshots.upload": {"file": (b"5 %", "a.txt")},
    "snoozes.snooze": {"how_long": "3"},
    "sources.add": SOURCE,
    "sources.correct": {"title": "Another title"},
    "sources.recheck": REASON,
    "triage.edit": {"statement": "3nm没有客户"},
    "triage.reject": {"reason": "opinion"},
    "triage.split": {"at": "2"},
    "verifying.verify": {"file": (b"5 %", "a.html")},
    "versions.add": {"way": "paste", "text": "别的文字，5%。"},
}
"""What a person types; the rest stands as the page gives it."""
SEEN = ("content_sha256", "state_sha256", "version")
"""What a form of signing or settling says of the content, which its page gives only to who may."""


def told(desk: AccessDesk, endpoint: str) -> Typed:
    """Return what is typed that names a row of the desk."""
    lost, ((start, stop), *_others) = desk.fates[AnchorState.ORPHANED]
    with desk.database.reading() as session:
        claim = short(desk.ready, session.get_one(Claim, desk.ready).version)
    asked: dict[str, Typed] = {
        "evidence.add": {"source": desk.desk.source_key, "stance": "supports", "quote": "5 %"},
        "merges.apart": {"other": desk.twin},
        "numbers.dismiss_many": {"mentions": [str(desk.sorted.open)], "reason": "idiom"},
        "queue_bulk.act": {"act": "snooze", "aside": "3", "claims": [claim]},
        "queue_bulk.choice": {"claims": [claim]},
        "queue_bulk.export": {"claims": [claim]},
        "sources.judge": {"other": desk.story, "judged": "dismissed"},
        "versions.confirm": {"claim": _moved(desk, AnchorState.REWORDED)},
        "versions.place": {"claim": str(lost), "start": str(start), "stop": str(stop)},
        "versions.take_over": {"claim": _moved(desk, AnchorState.FIGURE_CHANGED)},
    }
    return {**TYPED.get(endpoint, {}), **asked.get(endpoint, {})}


def _moved(desk: AccessDesk, state: AnchorState) -> str:
    return str(desk.fates[state][0])


def valid(desk: AccessDesk, endpoint: str, place: str, action: str, named: Typed) -> Typed:
    """What an address is sent: its form as the page at a place has it, with what is typed."""
    sent: Typed = {}
    asking = desk.app.test_client() if endpoint == "answers.answer" else desk.people[OWNER].client
    shown = asking.get(place)
    form = form_on(shown.text, urlsplit(action).path) if shown.status_code == 200 else None
    for name, value in form.form_values() if form is not None else ():
        if name not in ALWAYS:
            sent.setdefault(name, []).append(value.removeprefix("\n"))
    if endpoint == "answers.answer":
        sent |= dict.fromkeys(choices(form), "agree")
    known = {key: named[key] for key in SEEN if key in named}
    return {**sent, **told(desk, endpoint), **known}


def choices(form: Any) -> set[str]:
    """The questions somebody outside is asked."""
    return {name for name in form.xpath(".//@name") if name.startswith("choice_")}
