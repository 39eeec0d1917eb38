"""A desk whose every form was sent with payloads in each of its texts, and what it answered."""

import io
from typing import Any
from urllib.parse import urlsplit

from lxml import html
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.appendix_issue.issuing import issue
from app.appendix_issue.making import made_at_once
from app.appendix_issue.wish import Wish
from app.db import Database
from claims.models import Appendix
from claims.vocabulary import Profile
from sources.store import Store
from tests.app.forms.stands import EVERYBODY, PAGES, Stands
from tests.app.payloads import PAYLOADS, TOGETHER, fitting
from tests.claims.newsroom import printed

BY = f"editor:{EVERYBODY}"
SPARED = frozenset({
    "accounts.sign_out", "accounts.signed_in", "accounts.link_used", "administration.disable",
    "own_account.end_session", "own_account.end_other_sessions", "own_account.change_password",
    "claims.drop", "claims.reopen", "citations.take", "factors.add_passkey",
})  # fmt: skip
"""What ends the session, takes away what the other forms are about, or waits for a device."""
LAST = ("claims.drop", "claims.reopen")
FORMATS = ("html", "csv", "md", "xlsx", "docx", "json")
ROUNDS = 8
"""How often a form that was refused is tried again, without what it was refused for."""
NO_WORDS = dict.fromkeys(
    ("sources.add", "sources.correct"),
    {"url", "language", "issued", "derived_from"}
    | {f"csl_{name}" for name in ("doi", "isbn", "issn", "accessed")},
)
"""What a form refuses one after the other where words are typed; the first refusal is shown."""
VALID: dict[str, Any] = {
    "administration.invite name": "zhao.wu",
    "article_sign_offs.publish known": "y",
    "claim_figures.add low": "5",
    "claim_figures.add reading": "parts",
    "claim_figures.add stated_text": "5 %",
    "evidence.save figure": "5 %",
    "formulas.add formula": "F2 * 2 = F2",
    "formulas.calculate formula": "E1 / 2",
    "formulas.save formula": "E1 / 2",
    "snapshots.upload file": (TOGETHER.encode(), f"{PAYLOADS[7]}.html"),
}
"""What a field takes that takes no words, where its form wants something."""
NOT_TEXT = ("version", "receipt", "csrf_token", "draft", "typist", "next")
TICKED = ("roles", "scopes")
OPTIONS = {"stance": "supports", "kind": "news_report", "tier": "established", "reason": "other",
           "side": "checker", "disposition": "stet", "lineage": "unknown", "locator_kind": "page",
           "way": "text", "origin": "registered", "outcome": "rejected"}  # fmt: skip
"""What is chosen where a list or a set of buttons has nothing chosen."""


class Poisoned:
    """A desk of :class:`Stands`, after all its forms; every answer that shows a payload is kept."""

    def __init__(self, database: Database) -> None:
        self.database, self.turn = database, 0
        self.taken: set[str] = set()
        self.sent: set[str] = set()
        """The forms with texts in them that were sent."""
        self.accepted: set[str] = set()
        self.refused: dict[str, TestResponse] = {}
        self.stands = Stands(database)
        with database.writing("system:test") as session:
            printed(session)
        self.person = self.stands.person
        rules = [r for r in self.stands.app.url_map.iter_rules() if "POST" in (r.methods or ())]
        for rule in sorted(rules, key=lambda r: r.endpoint):
            if rule.endpoint not in SPARED:
                self._send(rule)
        for rule in sorted(rules, key=lambda r: r.endpoint):
            if rule.endpoint in LAST:
                self._send(rule)

    def _send(self, rule: Rule) -> None:
        """Send the form of an address, and again without the texts it was refused for."""
        try:
            action = self.stands.path(rule, rule.rule)
        except KeyError:
            return
        page = self.person.get(self.stands.path(rule, PAGES.get(rule.endpoint, rule.rule)))
        form = form_to(page.text, action) if page.mimetype == "text/html" else None
        if form is None or not texts(form):
            return
        kept: set[str] = set()
        self.sent.add(rule.endpoint)
        for _ in range(ROUNDS):
            self.turn += 1
            texted = {name: fitting(most, self.turn) for name, most in texts(form).items()}
            typed = {name: text for name, text in texted.items() if text and name not in kept}
            left = {name: value for name, value in chosen(form).items() if name not in kept}
            valid = {name: VALID.get(f"{rule.endpoint} {name}") for name in kept}
            sent = {**left, **typed, **{name: value for name, value in valid.items() if value}}
            sent |= {
                name: (io.BytesIO(value[0]), value[1])
                for name, value in valid.items()
                if isinstance(value, tuple)
            }
            answer = self.person.client.post(action, data=sent)
            assert answer.status_code < 500, (rule.endpoint, answer.text[-300:])
            if answer.status_code < 400:
                self.taken.update(f"{rule.endpoint} {name}" for name in typed)
                self.accepted.add(rule.endpoint)
                return
            self.refused.setdefault(rule.endpoint, answer)
            kept |= invalid(answer.text) | NO_WORDS.get(rule.endpoint, set())

    def pages(self) -> dict[str, TestResponse]:
        """Every page that shows a payload, by its address."""
        found = {}
        for rule in self.stands.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            try:
                path = self.stands.path(rule, rule.rule)
            except KeyError:
                continue
            answer = self.person.get(path)
            if "canary" in answer.text or "evil.example" in answer.text:
                found[path] = answer
        return found

    def appendices(self) -> list[tuple[str, dict[str, bytes]]]:
        """The issued files: of the whole article for the house, and in public."""
        store, found = Store(self.database.settings.store), []
        for profile, formats in ((Profile.INTERNAL, FORMATS), (Profile.PUBLIC, FORMATS[:1])):
            wish = Wish(self.stands.told, profile, "both")
            key = issue(self.database, store, wish, by=BY).key
            assert not made_at_once(self.database, store, key, formats, by=BY).problems
            with self.database.reading() as session:
                kept = {
                    file.format: file.file_sha256 for file in session.get_one(Appendix, key).files
                }
            files = {form: store.read(kept[form]) for form in formats}
            found.append((profile.value, files))
        return found


def form_to(page: str, action: str) -> Any:
    """The form of a page that goes to an address; None where there is none."""
    if not page.strip():
        return None
    for form in html.fromstring(page).forms:
        if form.method == "POST" and urlsplit(form.get("action") or action).path == action:
            return form
    return None


def texts(form: Any) -> dict[str, int | None]:
    """The fields of a form into which words are typed, each with the most it takes."""
    found = form.xpath(".//textarea | .//input[not(@type) or @type='text' or @type='search']")
    return {
        one.get("name"): int(one.get("maxlength")) if one.get("maxlength") else None
        for one in found
        if one.get("name") and one.get("name") not in NOT_TEXT
    }


def chosen(form: Any) -> dict[str, Any]:
    """What the form would send untouched, with a choice where it needs one and has none."""
    sent: dict[str, Any] = {}
    for name in {one.get("name") for one in form.inputs if one.get("name")}:
        controls = form.xpath(".//*[@name=$name]", name=name)
        values = [value for key, value in form.form_values() if key == name]
        options = [
            one.get("value")
            for one in controls[0].xpath(".//option") or controls
            if one.get("value")
        ]
        if values and any(values):
            sent[name] = values
        elif controls[0].get("type") == "checkbox":
            sent |= {name: options[0]} if name in TICKED else {}
        elif controls[0].tag == "select" or controls[0].get("type") == "radio":
            preferred = OPTIONS.get(name)
            sent[name] = preferred if preferred in options else next(iter(options), "")
    return sent


def invalid(page: str) -> set[str]:
    """The fields a page complains about."""
    marked = html.fromstring(page).xpath("//*[@aria-invalid='true']")
    return {inner.get("name") for one in marked for inner in one.iter() if inner.get("name")}


def escaped(page: str) -> list[str]:
    """Whatever of a payload has become an element, an attribute or a script of a page."""
    found = []
    for one in html.fromstring(page).iter():
        if not isinstance(one.tag, str):
            found += ["a comment"] * ("canary" in (one.text or ""))
            continue
        inside = one.tag in {"script", "style", "iframe", "object", "base", "math"}
        if inside and ("canary" in (one.text or "") or one.tag not in {"script", "style"}):
            found.append(f"<{one.tag}>")
        for name, value in one.attrib.items():
            address = name in {"href", "src", "action", "formaction", "data", "poster"}
            leads = address and (value.strip().lower().startswith(("javascript:", "data:"))
                                 or "//evil.example" in value.partition("?")[0])  # fmt: skip
            if name.startswith("on") or name in {"srcdoc", "style"} or leads:
                found.append(f"{one.tag} {name}={value[:60]}")
    return found


assert len(PAYLOADS) == 40
