"""What a person types so that each form of the desk is taken in, and where it goes.

What is not named here goes as its page shows it, or as a bare button where its page shows none.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import tokens
from app.accounts.links import make_link
from app.accounts.models import Account, ApiToken, OpenSession
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import LinkPurpose, Scope
from app.jobs import orders
from app.jobs.queue import enqueue
from app.once.asked import new_key
from app.selection import short
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    Evidence,
    InvitedClaim,
    Proposal,
    QuantityMention,
)
from claims.triage_vocabulary import ProposalState
from sources.confidential_models import Contact, NeedToKnow
from sources.registry import add_source
from tests.app.browser import PASSWORD, Person
from tests.app.forms.stands import EVERYBODY, Stands
from tests.app.forms.words import WORDS

BY = f"editor:{EVERYBODY}"
BIB = "@article{a, title = {Shares}, author = {Li, Wei}, journal = {News}, year = {2024}}"
LONGER = "2024年，公司的市场份额为19.3%，比去年高。工厂有三座。"
"""The text of the article the outside was asked about, with another figure in it."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What is typed, and the address where the desk's own list has none."""

    typed: Callable[[Stands], dict[str, Any]] = lambda _stands: {}
    path: Callable[[Stands], str] | None = None
    files: dict[str, tuple[str, str]] = field(default_factory=dict)

    def sent(self, stands: Stands) -> dict[str, Any]:
        """What is typed, with files that were not read yet."""
        opened = {
            name: (io.BytesIO(text.encode()), file) for name, (file, text) in self.files.items()
        }
        return self.typed(stands) | opened


def told(path: Callable[[Stands], str] | None = None, **typed: Any) -> Filling:
    """The same words whatever is on the desk."""
    return Filling(lambda _stands: typed, path)


def newest_of(stands: Stands, model: Any, *where: Any) -> Any:
    """The newest row of a kind."""
    with stands.desk.database.reading() as session:
        return session.scalars(select(model.id).where(*where).order_by(model.id.desc())).first()


def made(act: Callable[[Session, Stands], object]) -> Callable[[Stands], Any]:
    """Something that is put on the desk just before it is acted upon."""

    def put(stands: Stands) -> Any:
        with stands.desk.database.writing(BY) as session:
            return act(session, stands)

    return put


def me(session: Session) -> Any:
    return session.scalars(select(Account.id).where(Account.name == EVERYBODY)).one()


def job(session: Session, _stands: Stands) -> Any:
    return enqueue(session, "capture", {}, by=BY).id


def token(session: Session, _stands: Stands) -> Any:
    tokens.issue(session, me(session), "for a program", [next(iter(Scope))], 90, BY)
    return session.scalars(select(ApiToken.id).order_by(ApiToken.id.desc())).first()


def source(session: Session, _stands: Stands, title: str = "Twice") -> Any:
    url = f"https://example.org/{new_key()}"
    return add_source(session, by=BY, title=title, url=url).key


def fresh_link(session: Session, _stands: Stands) -> str:
    found = session.scalars(select(Account).where(Account.name == "qian.er")).one()
    return make_link(session, found, LinkPurpose.RESET, by=BY).token


def proposal(stands: Stands, state: ProposalState) -> int:
    """The number of a proposal of the article that is being sorted."""
    with stands.desk.database.reading() as session:
        found = (
            select(Proposal.number)
            .join(ArticleVersion, ArticleVersion.id == Proposal.version_id)
            .join(Article, Article.id == ArticleVersion.article_id)
            .where(Article.key == stands.sorting, Proposal.state == state)
        )
        return session.scalars(found.order_by(Proposal.number)).all()[-1]


def intake(what: str, state: ProposalState = ProposalState.PENDING) -> Callable[[Stands], str]:
    """The address of an act upon a proposal."""
    return lambda stands: f"/articles/{stands.sorting}/intake/{proposal(stands, state)}/{what}"


def about(pattern: str, act: Callable[[Session, Stands], object]) -> Callable[[Stands], str]:
    """An address about something that is put on the desk just before."""
    return lambda stands: pattern.format(made(act)(stands))


def newest(pattern: str, model: Any, *where: Any) -> Callable[[Stands], str]:
    """An address about the newest row of a kind."""
    return lambda stands: pattern.format(newest_of(stands, model, *where), **stands.known)


def upload(text: str, **typed: Any) -> Filling:
    return Filling(lambda _stands: typed, None, {"file": ("a.txt", text)})


def failed(session: Session, stands: Stands) -> Any:
    key = job(session, stands)
    orders.cancel(session, key)
    return key


def shut(session: Session, _stands: Stands) -> Any:
    account = add_account(
        session,
        name="zhao.liu",
        display_name="Zhao Liu",
        password=PASSWORD,
        roles={Role.CHECKER},
        by=BY,
    )
    account.active = False
    return account.id


def answer(stands: Stands) -> dict[str, Any]:
    """What somebody outside says about the first thing they are asked."""
    asked = newest_of(stands, InvitedClaim)
    return {f"choice_{asked.hex}": "dispute", f"statement_{asked.hex}": "It is 18.9%."}


def dismissed(stands: Stands) -> str:
    mention = newest_of(stands, QuantityMention, QuantityMention.dismissed_as.is_not(None))
    return f"/articles/{stands.sorting}/numbers/{mention}/reopen"


def twins(session: Session, stands: Stands) -> tuple[str, str]:
    return source(session, stands, "One"), source(session, stands, "The same")


def session_of_mine(stands: Stands) -> str:
    """The address that ends a session of another browser."""
    Person(stands.app, EVERYBODY)
    return f"/account/sessions/{newest_of(stands, OpenSession)}/end"


def commented(stands: Stands) -> str:
    """The address that takes a remark back."""
    done = stands.person.fill(stands.desk.path, "body", body="To be undone.")
    return f"/undo/{done.headers['X-Request-ID']}"


def chosen(stands: Stands) -> list[str]:
    with stands.desk.database.reading() as session:
        return [
            short(key, version) for key, version in session.execute(select(Claim.id, Claim.version))
        ]


WEIGHING = (Evidence.withdrawn_by.is_(None), Evidence.formula.is_(None))
FILLINGS: dict[str, Filling] = {
    **{name: told(**typed) for name, typed in WORDS.items()},
    "accounts.link_used": told(
        about("/sign-in/link/{}", fresh_link), **WORDS["accounts.link_used"]
    ),
    "administration.change_roles": told(roles=["checker", "reviewer"]),
    "administration.enable": told(about("/admin/accounts/{}/enable", shut)),
    "administration.revoke_token": told(about("/admin/tokens/{}/revoke", token)),
    "answers.answer": Filling(answer),
    "claim_edits.save": told(statement_zh="另一句话。"),
    "formulas.save": told(note="Half of it."),
    "saved_filters.change": told(name="Mine again", act="rename"),
    "appendices.export": told(lambda stands: f"/articles/{stands.told}/appendix"),
    "appendix_issues.make": told(
        lambda stands: f"/articles/{stands.told}/appendix/1/files", **WORDS["appendix_issues.make"]
    ),
    "captures.ask": told(about("/sources/{}/capture", source)),
    "citations.take": told(text=BIB, format="bibtex"),
    "claims_by_hand.add": told(
        lambda stands: f"/articles/{stands.sorting}/claims/new?start=4&stop=12",
        statement="份额只有15%。",
        kind="quantity",
    ),
    "confidences.destroy": told(newest("/sources/{confidential}/contacts/{}/destroy", Contact)),
    "confidences.let_go": told(newest("/sources/{confidential}/readers/{}/revoke", NeedToKnow)),
    "confidences.name": told(
        lambda stands: f"/sources/{stands.known['confidential']}/readers", reader="editor:li.wei"
    ),
    "confidences.read": told(newest("/sources/{confidential}/contacts/{}/read", Contact)),
    "differences.again": told(lambda stands: f"/articles/{stands.sorting}/differences/read"),
    "evidence.add": Filling(
        lambda stands: {
            "source": stands.desk.source_key,
            "stance": "supports",
            "quote": "Five per cent.",
        }
    ),
    "evidence.save": told(newest("/evidence/{}/edit", Evidence, *WEIGHING), quote="Other."),
    "formulas.add": told(formula="F1 = F1"),
    "formulas.calculate": told(formula="F1 * 2", stance="supports"),
    "jobs.cancel": told(about("/jobs/{}/cancel", job)),
    "jobs.retry": told(about("/jobs/{}/retry", failed)),
    "merges.apart": Filling(
        lambda stands: {"other": stands.desk.source_key}, about("/sources/{}/apart", source)
    ),
    "merges.save": told(about("/sources/{0[0]}/merge/{0[1]}", twins)),
    "numbers.dismiss_many": told(reason="publication_date"),
    "numbers.reopen": Filling(lambda _stands: {}, dismissed),
    "own_account.end_session": told(session_of_mine),
    "own_account.revoke_token": told(about("/account/tokens/{}/revoke", token)),
    "queue_bulk.act": Filling(
        lambda stands: {"claims": chosen(stands), "act": "snooze", "aside": "3", "partly": "1"}
    ),
    "sign_offs.answer": told(answer="return", reason="Not yet."),
    "snapshots.upload": upload("The share was 5 %."),
    "triage.edit": told(intake("edit"), kind="a kind"),
    "triage.reopen": told(intake("reopen", ProposalState.REJECTED)),
    "triage.accept": told(intake("accept")),
    "triage.merge": told(intake("merge")),
    "triage.reject": told(intake("reject"), **WORDS["triage.reject"]),
    "undo.take_back": told(commented),
    "versions.add": told(text=LONGER),
}
