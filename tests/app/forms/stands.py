"""A desk on which every form of the product can be opened, and where each of them stands."""

from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.accounts.factor_models import Factor
from app.accounts.links import make_link
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.saved_filters import keep
from app.accounts.signin import add_account
from app.accounts.vocabulary import LinkPurpose
from app.db import Database
from app.ledger.tables import EVENT, options
from claims.models import (
    Comment,
    Contest,
    Evidence,
    Finding,
    FormulaCheck,
    Invitation,
    QuantityMention,
)
from sources.models import Source
from sources.registry import add_source
from tests.app.browser import PASSWORD, Person
from tests.app.claim_desk import Desk, assess, attach
from tests.claims.newsroom import a_claim, a_submitted_claim, attached
from tests.claims.outside import answered, claims_in_text, invited
from tests.claims.sorting import an_article_to_sort
from tests.claims.watching.pages import seen

EVERYBODY = "wu.yi"
ROLES = {Role.CHECKER, Role.REVIEWER, Role.DESK_LEAD, Role.APPROVER, Role.ADMIN}
PAGES = {
    "administration.change_roles": "/admin/accounts/{account_id}",
    "administration.disable": "/admin/accounts/{account_id}",
    "appendix_issues.make": "/articles/{key}/appendix/{number}",
    "comments.add": "/claims/{claim_id}",
    "comments.resolve": "/claims/{claim_id}",
    "invitations.renew": "/invitations/{invitation_id}",
    "invitations.revoke": "/invitations/{invitation_id}",
    "numbers.dismiss_many": "/articles/{key}/numbers",
    "numbers.reopen": "/articles/{key}/numbers?view=dismissed",
    "saved_filters.add": "/queue?status=refuted",
    "saved_filters.change": "/queue/filters",
    "snapshots.upload": "/sources/{key}",
    "sources.take_publisher": "/sources/{key}",
    "triage.accept": "/articles/{key}/intake?at={number}",
    "triage.merge": "/articles/{key}/intake?at={number}",
    "triage.reject": "/articles/{key}/intake?at={number}",
    "triage.reopen": "/articles/{key}/intake?at={number}",
    "triage.split": "/articles/{key}/intake?at={number}",
}
"""Where a form stands whose own address shows no page."""
BUTTONS = {
    "accounts.link_used": "any words are a password; test_accounts asks for one that is too short",
    "accounts.language": "a button for each language",
    "accounts.sign_out": "a button",
    "administration.change_roles": "ticks",
    "administration.enable": "a button",
    "administration.link": "a button",
    "administration.reset_factors": "a button",
    "administration.revoke_token": "a button",
    "administration.sign_out": "a button",
    "confirming.challenge": "an answer for scripts",
    "confirming.prove": "a proof; what it refuses is asked in test_confirming",
    "factors.challenge": "an answer for scripts",
    "factors.codes_file": "a button",
    "factors.new_codes": "a button",
    "factors.remove": "a button",
    "second_step.challenge": "an answer for scripts",
    "second_step.given": "needs a first step; what it refuses is asked in test_second_step",
    "second_step.passkey": "a button",
    "second_step.second_challenge": "an answer for scripts",
    "appendices.export": "ticks; what it refuses is asked in test_appendices",
    "appendix_issues.make": "a button beside each format",
    "article_sign_offs.sign": "a button",
    "audit.ask_verification": "a button",
    "verifying.verify": "a file; what it refuses is asked in test_verifying",
    "citations.take": "a file, then ticks; what it refuses is asked in test_citations",
    "claims.submit": "a button",
    "captures.accept": "a button for each thing a page says",
    "captures.ask": "a button",
    "captures.take": "a button",
    "comments.resolve": "a button",
    "confidences.destroy": "a button",
    "confidences.let_go": "a button",
    "confidences.name": "a list to choose from",
    "confidences.read": "a button",
    "contests.block": "a button",
    "differences.again": "a button",
    "differences.leave": "a button beside each difference",
    "differences.take": "a button beside each difference",
    "drafts.discard": "a button",
    "invitations.revoke": "a button",
    "looks.look": "a button",
    "looks.take_copy": "a button, and a figure that test_looks types",
    "jobs.cancel": "a button",
    "jobs.retry": "a button",
    "merges.apart": "a button",
    "merges.save": "a choice for each field",
    "numbers.reopen": "a button",
    "numbers.take_back": "a button",
    "own_account.end_other_sessions": "a button",
    "own_account.end_session": "a button",
    "own_account.revoke_token": "a button",
    "farewells.said": "a program's own; test_farewells sends it",
    "identities.begin": "a button",
    "identities.bind": "a subject; test_bindings asks for one that is empty",
    "identities.unbind": "a button",
    "identities.unbind_for": "a button",
    "provider.confirm": "a button",
    "provider.owned": "a button",
    "provider.sign_in": "a button",
    "provider.take_over": "a button",
    "queue.rows": "a button",
    "queue_bulk.act": "ticks and buttons; what it asks for is asked in test_queue_bulk",
    "queue_bulk.choice": "ticks",
    "queue_bulk.export": "ticks and a button",
    "snapshots.original": "a button",
    "snoozes.wake": "a button",
    "sources.judge": "a button for each answer",
    "sources.take_publisher": "a button",
    "triage.accept": "a button",
    "triage.accept_all": "a button",
    "triage.merge": "a button",
    "triage.read": "a button",
    "triage.reject": "a button for each reason",
    "triage.reopen": "a button",
    "triage.split": "a button for each figure",
    "triage.take_back": "a button",
    "undo.take_back": "a button",
    "versions.confirm": "a button",
    "versions.place": "a button",
    "versions.take_over": "a button",
}
"""What has nothing to fill in, and so nothing that could be filled in wrongly."""


class Stands:
    """The desk, and one row of everything that a form can be about."""

    def __init__(self, database: Database) -> None:
        self.desk = Desk(database)
        with database.writing("editor:li.wei") as session:
            add_account(
                session,
                name=EVERYBODY,
                display_name="Wu Yi",
                password=PASSWORD,
                roles=ROLES,
                by="system:test",
            )
            self.sorting = an_article_to_sort(session).article.key
            asked = claims_in_text(session)
            self.invitation = invited(session, asked[0])
            answered(session, self.invitation.invitation, asked[0])
            self.asked = asked[0].id
            self.told = asked[0].article.key
            self.second = a_submitted_claim(session).id
            looked_at = attached(session, a_claim(session))
            self.observation = seen(session, looked_at).id
        self.person = self.desk.person(EVERYBODY)
        self._furnish(self.person)
        with database.writing(f"editor:{EVERYBODY}") as session:
            kept = self._of_accounts(session)
        with database.reading() as session:
            self.known = self._known(session) | kept

    @property
    def app(self) -> Flask:
        return self.desk.app

    def _furnish(self, person: Person) -> None:
        """Attach, assess, say and dispute something on the claim."""
        desk = self.desk
        attach(desk, person, figure="10%", period="2024")
        assess(desk, person)
        person.fill(desk.path, "body", body="A remark.")
        person.fill(f"{desk.path}/formulas/new", "formula", formula="F1 * 2 = F1", note="twice?")
        calculation = {"formula": "E1 / 2", "stance": "supports"}
        person.fill(f"{desk.path}/calculations/new", "formula", **calculation)
        contest = {"about": "", "reason": "other", "side": "checker"}
        person.fill(f"{desk.path}/contests/new", "statement", statement="No.", **contest)
        person.fill(f"{desk.path}/edit", "kind", kind="another kind")
        person.fill("/account/factors/telephone", "name", name="my telephone")

    @staticmethod
    def _of_accounts(session: Session) -> dict[str, Any]:
        """A colleague with a one-time link, and a saved filter of one's own."""
        by = f"editor:{EVERYBODY}"
        me = session.scalars(select(Account.id).where(Account.name == EVERYBODY)).one()
        colleague = add_account(
            session,
            name="qian.er",
            display_name="Qian Er",
            password=PASSWORD,
            roles={Role.CHECKER},
            by="system:test",
        )
        link = make_link(session, colleague, LinkPurpose.RESET, by=by)
        secret = add_source(session, by=by, title="Somebody", confidential=True)
        mine = keep(session, me, name="Mine", query="view=mine", shared=False, by=by)
        return {
            "account_id": colleague.id,
            "link": link.token,
            "filter": mine.id,
            "confidential": secret.key,
        }

    def _known(self, session: Session) -> dict[str, Any]:
        first = {
            "comment_id": select(Comment.id),
            "factor_id": select(Factor.id),
            "contest_id": select(Contest.id),
            "finding_id": select(Finding.id).where(Finding.claim_id == self.desk.claim_id),
            "check_id": select(FormulaCheck.id),
            "invitation_id": select(Invitation.id),
            "evidence_id": select(Evidence.id).order_by(Evidence.number),
            "mention": select(QuantityMention.id),
            "source": select(Source.key).where(Source.confidential.is_(False)),
        }
        found: dict[str, Any] = {
            name: session.scalars(query.limit(1)).first() for name, query in first.items()
        }
        found["calculated"] = session.scalars(
            select(Evidence.id).where(Evidence.formula.is_not(None))
        ).first()
        own = select(Contest.id).where(Contest.created_by == f"editor:{EVERYBODY}")
        found["raised"] = session.scalars(own).first()
        standing = select(Evidence.id).where(~Evidence.pending, Evidence.formula.is_(None))
        found["standing"] = session.scalars(standing.order_by(Evidence.number)).first()
        found["waiting"] = session.scalars(select(Evidence.id).where(Evidence.pending)).first()
        changed = select(EVENT.c.eid).where(
            EVENT.c.tbl == "claim", EVENT.c.op == "U", EVENT.c.new.contains("another kind")
        )
        found["eid"] = session.scalars(changed.limit(1), execution_options=options(session)).first()
        found |= {
            "claim_id": self.desk.claim_id,
            "figure_id": self.desk.figure_id,
            "other_id": self.desk.other_id,
            "number": 2,
            "observation_id": self.observation,
            "token": self.invitation.token,
        }
        return found

    def path(self, rule: Rule, pattern: str) -> str:
        """Return an address with what it names filled in."""
        others: dict[str, dict[str, Any]] = {
            "accounts.link": {"token": self.known["link"]},
            "accounts.link_used": {"token": self.known["link"]},
            "saved_filters.change": {"key": self.known["filter"]},
            "confidences.add": {"key": self.known["confidential"]},
            "contests.withdraw": {"contest_id": self.known["raised"]},
            "evidence.save": {"evidence_id": self.known["standing"]},
            "formulas.save": {"evidence_id": self.known["calculated"]},
            "invitations.accept": {"evidence_id": self.known["waiting"]},
            "invitations.add": {"claim_id": self.asked},
            "sign_offs.answer": {"claim_id": self.second},
        }
        key: dict[str, Any] = {"key": self._key(rule), **others.get(rule.endpoint, {})}
        for name in rule.arguments:
            pattern = pattern.replace(f"<uuid:{name}>", f"{{{name}}}")
            pattern = pattern.replace(f"<int:{name}>", f"{{{name}}}").replace(
                f"<{name}>", f"{{{name}}}"
            )
        return pattern.format(**{**self.known, **key})

    def _key(self, rule: Rule) -> object:
        group = rule.endpoint.partition(".")[0]
        if group in {"looks", "sources", "snapshots", "captures"}:
            return self.known["source"]
        if group in {"triage", "claims_by_hand", "numbers"}:
            return self.sorting
        return self.told
