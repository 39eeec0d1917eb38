"""A valid form for every address that writes: as its page gives it, with what a person types."""

from typing import Any
from urllib.parse import urlsplit

from app.selection import short
from claims.models import Claim
from claims.vocabulary import AnchorState
from tests.app.access.desk import OWNER, AccessDesk
from tests.app.browser import PASSWORD
from tests.app.forms.test_base import form_on
from tests.app.forms.words import WORDS

ALWAYS = {"csrf_token", "typist", "draft", "receipt"}
"""What belongs to whoever opened the form, and not to what is typed."""
Typed = dict[str, Any]
TYPED: dict[str, Typed] = {
    **WORDS,
    "accounts.language": {"language": "en"},
    "accounts.signed_in": {"name": OWNER, "password": PASSWORD},
    "administration.change_roles": {"roles": ["reporter", "admin"]},
    "assessments.save": {"reasoning": "Otherwise."},
    "captures.accept": {"chosen": "title"},
    "citations.take": {"text": "@book{a, title={A}, year={2020}}", "choice": "0"},
    "claim_edits.save": {"kind": "rank"},
    "confidences.name": {"reader": "editor:zhang.min"},
    "differences.leave": {"number": "1"},
    "drafts.discard": {"draft": "comment/mine"},
    "drafts.keep": {"body": "half"},
    "evidence.save": {"note": "Also."},
    "formulas.add": {"formula": "F1 * 3 = F1", "note": "why"},
    "formulas.calculate": {"formula": "E1 / 4", "stance": "supports"},
    "formulas.save": {"formula": "E1 / 5"},
    "looks.take_copy": {"figure": "6.2 %"},
    "queue.rows": {"rows": "compact"},
    "saved_filters.change": {"name": "Renamed"},
    "sign_offs.answer": {"answer": "sign"},
    "snapshots.upload": {"file": (b"5 %", "a.txt")},
    "snoozes.snooze": {"how_long": "3"},
    "triage.edit": {"statement": "3nm没有客户"},
    "triage.split": {"at": "2"},
    "verifying.verify": {"file": (b"5 %", "a.html")},
    "versions.add": {"way": "paste", "text": "别的文字，5%。"},
}
"""What a person types here besides; the rest stands as the page gives it."""
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
