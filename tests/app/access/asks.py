"""What is asked of the desk: each address and method, about an object of one's own or another's."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.routing import Rule

from tests.app.access.desk import OWNER, SHUT, STRANGER, AccessDesk
from tests.app.access.duties import DUTIES
from tests.app.access.forms import Typed, valid
from tests.app.forms.stands import PAGES

PART = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>|\{(\w+)\}")
"""What is to be filled in: of a rule, or of the address of a page on which a form stands."""
NOBODY_S = uuid.UUID(int=0)
ANY = "-"
MINE, THEIRS = "own", "another's"
KNOWN, UNKNOWN = "may know", "may not know"
OWNED = {
    "factors.remove": "factor",
    "identities.unbind": "identity",
    "comments.reply": "remark",
    "comments.resolve": "remark",
    "jobs.cancel": "queued",
    "jobs.one": "failed",
    "jobs.one_as_json": "failed",
    "jobs.retry": "failed",
    "own_account.end_session": "session",
    "own_account.revoke_token": "revocable",
    "saved_filters.change": "filter",
}
"""What is about something that belongs to a person, and what of the owner's that is."""
CLOSED = {
    "appendix_issues.again",
    "appendix_issues.make",
    "appendix_issues.page",
    "appendix_issues.page_as_json",
    "appendix_issues.proof",
    "captures.ask",
    "citations.one",
    "confidences.add",
    "confidences.destroy",
    "confidences.let_go",
    "confidences.name",
    "confidences.page",
    "confidences.read",
    "evidence.edit",
    "evidence.page",
    "evidence.page_as_json",
    "evidence.save",
    "evidence.withdraw",
    "evidence.withdrawal",
    "looks.watch",
    "looks.watching",
    "snapshot_texts.page",
    "snapshots.download",
    "snapshots.original",
    "snapshots.upload",
    "sources.correct",
    "sources.edit",
    "sources.page",
    "sources.page_as_json",
}
"""What is asked about a confidential source as well: by who may know it, and by who may not."""
SIGNING = {"sign_offs.page": "", "sign_offs.answer": "", "article_sign_offs.sign": ", signed"}
DISPUTED = {
    "contests.settle": ("disputed", "raised", "judged"),
    "contests.withdraw": ("disputed", "raised"),
}
RELATIONS = {"disputed": THEIRS, "judged": "assessed its claim", "nothing": THEIRS}
GROUPS = {
    **dict.fromkeys(("sources", "snapshots", "captures", "looks", "citations", "merges"), "source"),
    **dict.fromkeys(("triage", "claims_by_hand", "numbers"), "sorting"),
    **dict.fromkeys(("versions", "differences"), "harbour"),
    "publishers": "publisher",
    "confidences": "confidential",
}
"""Which key stands in the addresses of a blueprint, where it is not an article's."""


@dataclass(frozen=True)
class Ask:
    """One request, and in whose name it is sent when somebody signed in sends it."""

    method: str
    rule: str
    endpoint: str
    about: str
    who: str
    path: str
    data: Typed = field(default_factory=dict)
    page: str = ""
    """Where the form stands, if anywhere."""

    @property
    def row(self) -> tuple[str, str, str]:
        """Which row of the table it answers."""
        return self.rule, self.method, self.about

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET"


class Asks:
    """Every request there is to send, filled in."""

    def __init__(self, desk: AccessDesk) -> None:
        """Know what the addresses can name."""
        self.desk = desk
        self.keys = {
            "source": desk.desk.source_key,
            "sorting": desk.sorting,
            "harbour": desk.harbour,
            "publisher": "trendforce",
            "confidential": desk.closed["key"],
        }
        self.named: dict[str, Any] = {
            **desk.known,
            "about": "mine",
            "attempt_id": desk.fallen,
            "contact_id": desk.closed["contact_id"],
            "filename": "css/desk.css",
            "factor_id": desk.factor,
            "identity_id": desk.identity,
            "form": "csl-json",
            "job_id": desk.failed,
            "name": "roles-changed",
            "number": 2,
            "other": desk.twin,
            "reader_id": desk.closed["reader_id"],
            "session_id": desk.session,
            "snapshot_id": desk.copy,
            "token_id": desk.revocable,
            "topic": "review",
            "txn": NOBODY_S,
        }

    def all(self) -> list[Ask]:
        """The requests in the order of their addresses."""
        found = [
            ask
            for rule in self.desk.app.url_map.iter_rules()
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            for ask in self._of(rule, method)
        ]
        return sorted(found, key=lambda ask: ask.row)

    def _of(self, rule: Rule, method: str) -> Iterator[Ask]:
        for about, who, named in self._objects(rule):
            path = self._filled(rule.rule, rule, named)
            if rule.endpoint == "claims_by_hand.add":
                path = f"{path}?start=4&stop=12"
            page = self._page(rule, path, named) if method != "GET" else ""
            data = valid(self.desk, rule.endpoint, page, path, named) if page else {}
            yield Ask(method, rule.rule, rule.endpoint, about, who, path, data, page)

    def _objects(self, rule: Rule) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The objects a rule is asked about: in which relation, by whom, and their names."""
        name, desk = rule.endpoint, self.desk
        if name == "saved_filters.change":
            yield "another's, shared", STRANGER, {"key": desk.shared}
        if name in OWNED:
            own = {part: getattr(desk, OWNED[name]) for part in rule.arguments}
            yield MINE, OWNER, own
            yield THEIRS, STRANGER, own
            return
        if name in SIGNING:
            for part in DUTIES:
                yield self._duty(part), OWNER, desk.duty[part + SIGNING[name]]
            return
        if name in DISPUTED:
            for part in DISPUTED[name]:
                yield self._duty(part), OWNER, desk.duty[part]
            return
        if name == "undo.take_back":
            yield MINE, OWNER, {"txn": desk.undo[OWNER]}
            yield THEIRS, STRANGER, {"txn": desk.undo[OWNER]}
            return
        if name in CLOSED:
            yield KNOWN, OWNER, self._closed(rule)
            yield UNKNOWN, STRANGER, self._closed(rule)
        if name not in CLOSED or not name.startswith("confidences."):
            yield ANY, STRANGER, {}

    @staticmethod
    def _duty(part: str) -> str:
        return RELATIONS.get(part, f"{part} it")

    def _closed(self, rule: Rule) -> dict[str, Any]:
        closed = self.desk.closed
        if rule.endpoint.startswith("appendix_issues."):
            form = "csv" if rule.endpoint == "appendix_issues.proof" else "json"
            return {"key": closed["article"], "number": 1, "form": form}
        return closed

    def _filled(self, pattern: str, rule: Rule, named: dict[str, Any]) -> str:
        known = {**self.named, "key": self._key(rule), **self._special(rule), **named}
        return PART.sub(lambda found: str(known[found[1] or found[2]]), pattern)

    def _key(self, rule: Rule) -> Any:
        group = GROUPS.get(rule.endpoint.partition(".")[0], "")
        if rule.endpoint == "citations.of_article":
            group = ""
        return self.keys.get(group, self.desk.told)

    def _special(self, rule: Rule) -> dict[str, Any]:
        """What an address names that is another row than the usual one."""
        desk = self.desk
        special: dict[str, dict[str, Any]] = {
            "accounts.link": {"token": desk.known["link"]},
            "accounts.link_used": {"token": desk.known["link"]},
            "drafts.keep": {"form": "comment"},
            "formulas.save": {"evidence_id": desk.known["calculated"]},
            "formulas.edit": {"evidence_id": desk.known["calculated"]},
            "invitations.acceptance": {"evidence_id": desk.known["waiting"]},
            "invitations.accept": {"evidence_id": desk.known["waiting"]},
            "invitations.add": {"claim_id": desk.asked},
            "invitations.new": {"claim_id": desk.asked},
            "identities.unbind_for": {"account_id": desk.accounts[OWNER]},
            "administration.enable": {"account_id": desk.accounts[SHUT]},
            "provider.take_over": {"token": desk.known["link"]},
            "appendix_issues.proof": {"number": 1, "form": "csv"},
            "articles.received": {"key": desk.harbour},
            "captures.accept": {"key": desk.wire},
            "captures.record": {"attempt_id": desk.fallen},
            "captures.take": {"evidence_id": desk.late},
            "claims.reopen": {"claim_id": desk.duty["nothing, signed"]["claim_id"]},
            "claims.submit": {"claim_id": desk.ready},
            "differences.leave": {"key": desk.aged},
            "differences.take": {"key": desk.aged},
            "evidence.save": {"evidence_id": desk.own_item},
            "evidence.withdraw": {"evidence_id": desk.own_item},
            "numbers.reopen": {"mention": desk.sorted.dismissed},
            "sources.judge": {"key": desk.reprint},
            "sources.take_publisher": {"key": desk.wire},
            "triage.merge": {"number": desk.sorted.wide},
            "triage.reopen": {"number": desk.sorted.accepted},
            "triage.split": {"number": desk.sorted.wide},
        }
        group = rule.endpoint.partition(".")[0]
        if group in {"appendix_issues", "reviews"} and rule.endpoint not in special:
            return {"number": 1 if group == "appendix_issues" else 2, "form": "html"}
        return special.get(rule.endpoint, {})

    def _page(self, rule: Rule, path: str, named: dict[str, Any]) -> str:
        if rule.endpoint == "claims_by_hand.add":
            return path
        return self._filled(PAGES.get(rule.endpoint, rule.rule), rule, named)
