"""Sorting proposals: the page, each decision about one of them, undo, and reading on."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.base import DeskForm
from app.forms.conflicts import Edited, conflict
from app.forms.sending import is_stale, send
from app.forms.triage import ActForm, ReadForm, RejectForm, SplitForm, StatementForm, edit_form
from app.past.scope import of_proposal
from app.permissions import requires
from app.proposal_context import context
from app.typed_numbers import whole
from app.unit_of_work import session
from claims import proposal_edits, triage
from claims.models import ArticleVersion, Proposal
from claims.proposals import proposal_of
from claims.queries.articles import version_of
from claims.queries.triage import next_left, triage_page
from claims.readings import latest_reading, read_on
from claims.resemblance import Resembling, Statement, resembling
from claims.triage_vocabulary import ActKind, ProposalState, RejectionReason
from claims.undo import undo

blueprint = Blueprint("triage", __name__, url_prefix="/articles/<key>")
SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409
ABOUT_ONE = frozenset(
    {
        ActKind.ACCEPT,
        ActKind.REJECT,
        ActKind.EDIT,
        ActKind.MERGE,
        ActKind.SPLIT,
        ActKind.REOPEN,
    }
)
"""Acts about one proposal, which is shown again when they are undone."""
VARY = {"Vary": "X-Fragment, Cookie, Accept-Language"}


@blueprint.get("/intake")
@blueprint.get("/intake.json", endpoint="as_json")
@requires(Permission.READ)
def page(key: str) -> ResponseReturnValue:
    """Show one proposal in its place and the list; ``?at=`` chooses, ``X-Fragment`` asks for it."""
    return _shown(key, request.args.get("at", type=whole)), VARY


def _shown(key: str, at: int | None, form: DeskForm | None = None) -> twins.Shown:
    fragment = request.headers.get("X-Fragment")
    template = {"triage": "triage/_work.html", "reading": "triage/_reading.html"}
    found = triage_page(session(), key, at, actor())
    before = _before(found.current)
    return twins.shown(
        template.get(fragment or "", "triage/page.html"),
        lambda: page_twins.proposals(found, before),
        page=found,
        article=found.article,
        form=form,
        context=context(found.version.text, found.current) if found.current else None,
        before=before,
        reasons=list(RejectionReason),
        said=request.args.get("said"),
    )


def _before(proposal: Proposal | None) -> list[Resembling]:
    """The earlier claims that resemble the proposal shown."""
    if proposal is None:
        return []
    said = Statement(text=proposal.statement, figures=proposal.figures, claim_id=proposal.claim_id)
    return resembling(session(), said)


def _to(key: str, at: int | None, said: str) -> ResponseReturnValue:
    return redirect(url_for("triage.page", key=key, at=at, said=said), SEE_OTHER)


def _act(
    key: str, number: int, form: DeskForm, act: Callable[[ArticleVersion], object], said: str
) -> ResponseReturnValue:
    """Do one act about a proposal and go on to the next one left; a refusal shows it as it is."""
    version = version_of(session(), key)
    refused = send(form, lambda: act(version))
    if refused:
        session().expire_all()
        return _shown(key, number, form), refused, VARY
    return _to(key, next_left(session(), version, number), said)


@blueprint.post("/intake/<int:number>/accept")
@requires(Permission.ASSESS)
def accept(key: str, number: int) -> ResponseReturnValue:
    """Make a claim of a proposal."""
    form = ActForm()

    def act(version: ArticleVersion) -> None:
        triage.accept(session(), version, number, by=actor(), seen=form.seen_version)

    return _act(key, number, form, act, "accepted")


@blueprint.post("/intake/<int:number>/reject")
@requires(Permission.ASSESS)
def reject(key: str, number: int) -> ResponseReturnValue:
    """Leave a proposal out, with a reason."""
    form = RejectForm()

    def act(version: ArticleVersion) -> None:
        triage.reject(
            session(),
            version,
            number,
            form.reason.data,
            by=actor(),
            dismiss=form.dismiss.data,
            seen=form.seen_version,
        )

    return _act(key, number, form, act, "rejected")


@blueprint.post("/intake/<int:number>/merge")
@requires(Permission.ASSESS)
def merge(key: str, number: int) -> ResponseReturnValue:
    """Merge a proposal into the one left before it, and show what came of it."""
    form = ActForm()
    into: list[int] = []

    def act(version: ArticleVersion) -> None:
        done = proposal_edits.merge(session(), version, number, by=actor(), seen=form.seen_version)
        into.append(int((done.about or "").split()[-1]))

    answer = _act(key, number, form, act, "merged")
    return _to(key, into[0], "merged") if into else answer


@blueprint.post("/intake/<int:number>/split")
@requires(Permission.ASSESS)
def split(key: str, number: int) -> ResponseReturnValue:
    """Split a proposal before one of its figures."""
    form = SplitForm()

    def act(version: ArticleVersion) -> None:
        proposal_edits.split(
            session(), version, number, form.at.data or 0, by=actor(), seen=form.seen_version
        )

    return _act(key, number, form, act, "split")


@blueprint.post("/intake/<int:number>/reopen")
@requires(Permission.ASSESS)
def reopen(key: str, number: int) -> ResponseReturnValue:
    """Take a decision back."""
    form = ActForm()
    version = version_of(session(), key)
    refused = send(
        form,
        lambda: triage.reopen(session(), version, number, by=actor(), seen=form.seen_version),
    )
    if refused:
        session().expire_all()
        return _shown(key, number, form), refused, VARY
    return _to(key, number, "reopened")


@blueprint.post("/intake/accept-all")
@requires(Permission.ASSESS)
def accept_all(key: str) -> ResponseReturnValue:
    """Make claims of all strong proposals left, in one act with one undo."""
    form = ActForm()
    version = version_of(session(), key)
    refused = send(form, lambda: triage.accept_all(session(), version, by=actor()))
    if refused:
        return _shown(key, None, form), refused, VARY
    return _to(key, None, "accepted_all")


@blueprint.post("/intake/undo")
@requires(Permission.ASSESS)
def take_back(key: str) -> ResponseReturnValue:
    """Undo the last thing this person did here, exactly or not at all."""
    form = ActForm()
    version = version_of(session(), key)
    at: list[int] = []

    def act() -> None:
        done = undo(session(), version, by=actor())
        if done.kind in ABOUT_ONE:
            at.append(int((done.about or "0").split()[0]))

    refused = send(form, act)
    if refused:
        session().expire_all()
        return _shown(key, None, form), refused, VARY
    return _to(key, at[0] if at else None, "undone")


@blueprint.post("/intake/read")
@requires(Permission.ADD_ARTICLE)
def read(key: str) -> ResponseReturnValue:
    """Read the next portion of a long text."""
    form = ReadForm()
    version = version_of(session(), key)

    def act() -> None:
        read_on(session(), version, by=actor(), seen=form.read_to.data)

    refused = send(form, act)
    if refused and refused != CONFLICT:
        return _shown(key, None, form), refused, VARY
    return _to(key, request.args.get("at", type=whole), "read")


@blueprint.get("/intake/<int:number>/edit")
@requires(Permission.ASSESS)
def editing(key: str, number: int) -> ResponseReturnValue:
    """Show the form of a proposal."""
    version = version_of(session(), key)
    proposal = proposal_of(session(), version, number)
    return _edited(version, proposal, edit_form(proposal, _tongue(version), fresh=True))


@blueprint.post("/intake/<int:number>/edit")
@requires(Permission.ASSESS)
def edit(key: str, number: int) -> ResponseReturnValue:
    """Correct a proposal."""
    version = version_of(session(), key)
    proposal = proposal_of(session(), version, number)
    form = edit_form(proposal, _tongue(version))

    def act() -> None:
        figures = [form.figure(figure.number) for figure in proposal.figures]
        proposal_edits.edit(
            session(),
            version,
            number,
            statement=form.statement.data or "",
            kind=form.kind.data or "",
            figures=[figure for figure in figures if figure is not None],
            by=actor(),
            seen=form.seen_version,
        )

    refused = send(form, act)
    if refused is None:
        return _to(key, number, "edited")
    session().expire_all()
    proposal = proposal_of(session(), version, number)
    if refused == CONFLICT and is_stale(form, proposal.version):
        if proposal.state is not ProposalState.PENDING:
            return _shown(key, number, form), refused, VARY
        tongue, wanted = _tongue(version), proposal.id
        edited = Edited(
            "proposal",
            wanted,
            of_proposal(wanted),
            lambda: edit_form(session().get_one(Proposal, wanted), tongue, fresh=True),
        )
        here = url_for("triage.edit", key=key, number=number)
        back = url_for("triage.page", key=key, at=number)
        return conflict(form, edited, here, back)
    return _edited(version, proposal, form), refused


def _edited(version: ArticleVersion, proposal: Proposal, form: StatementForm) -> str:
    return render_template(
        "triage/edit.html",
        article=version.article,
        proposal=proposal,
        form=form,
        context=context(version.text, proposal),
        unread=latest_reading(session(), version.id) is None,
    )


def _tongue(version: ArticleVersion) -> str:
    return version.article.language.split("-", maxsplit=1)[0]
