"""Raising a contest, settling it as a third person, and withdrawing one's own."""

import uuid
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.contests import BlockForm, ContestForm, ContestWithdrawForm, SettleForm
from app.forms.sending import send
from app.forms.texts import as_words
from app.meanwhile import asked_again, version_to_add
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims import contests
from claims.contests import raise_contest, settlement_bar
from claims.errors import Missing
from claims.models import Claim, Contest
from claims.queries.claims import claim_with_all
from claims.queries.invitations import invitations_of_contest
from claims.vocabulary import Bearing, ContestOutcome

blueprint = Blueprint("contests", __name__)
SEE_OTHER = 303
Closing = SettleForm | ContestWithdrawForm | BlockForm
DOING = {SettleForm: "settle", ContestWithdrawForm: "withdraw", BlockForm: "block"}


@blueprint.get("/claims/<uuid:claim_id>/contests/new")
@requires(Permission.CONTEST)
def new(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form that raises a contest."""
    claim = claim_with_all(session(), claim_id)
    return _page(claim, ContestForm(formdata=None, version=str(claim.version)))


@blueprint.post("/claims/<uuid:claim_id>/contests/new")
@requires(Permission.CONTEST)
def add(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Raise a contest; the claim's status stays what it is."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = ContestForm().offer(claim)

    def act() -> None:
        seen = version_to_add(form, claim)
        raise_contest(session(), claim, form.dispute(), by=actor(), seen_version=seen)

    refused = send(form, act)
    if refused:
        asked_again(form, claim)
        return _page(claim, form), refused
    undoable(_("The contest is raised. The status stays as it is."))
    if request.args.get("then") == "card":
        show, key = request.args.get("show"), claim.article.key
        place = url_for("articles.page", key=key, claim=claim.number, show=show)
        return redirect(place, SEE_OTHER)
    return redirect(_back(claim), SEE_OTHER)


@blueprint.get("/contests/<uuid:contest_id>/settle")
@requires(Permission.SETTLE)
def settlement(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Show both sides and the form that settles."""
    contest = _contest(contest_id, lock=False)
    return _settlement(contest, SettleForm(formdata=None, version=str(contest.version)))


@blueprint.post("/contests/<uuid:contest_id>/settle")
@requires(Permission.SETTLE)
def settle(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Settle a contest as somebody who neither raised it nor assessed the claim."""
    contest = _contest(contest_id)
    form = SettleForm()

    def act() -> None:
        contests.settle(
            session(),
            contest,
            outcome=form.outcome.data,
            settlement=as_words(form.settlement.data) or {},
            by=actor(),
            seen_version=form.seen_version,
        )

    return _closed(contest, form, act, _("Settled. Both sides stay in the record."))


@blueprint.get("/contests/<uuid:contest_id>/withdraw")
@requires(Permission.CONTEST)
def withdrawal(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the raiser why they take the contest back."""
    contest = _contest(contest_id, lock=False)
    return _settlement(contest, ContestWithdrawForm(formdata=None, version=str(contest.version)))


@blueprint.post("/contests/<uuid:contest_id>/withdraw")
@requires(Permission.CONTEST)
def withdraw(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Take one's own contest back."""
    contest = _contest(contest_id)
    form = ContestWithdrawForm()

    def act() -> None:
        contests.settle(
            session(),
            contest,
            outcome=ContestOutcome.WITHDRAWN,
            settlement=as_words(form.settlement.data) or {},
            by=actor(),
            seen_version=form.seen_version,
        )

    return _closed(contest, form, act, _("Withdrawn. It stays in the record."))


@blueprint.get("/contests/<uuid:contest_id>/block")
@requires(Permission.CONTEST)
def blockage(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Ask whether a contest is to forbid the sign-off."""
    contest = _contest(contest_id, lock=False)
    return _settlement(contest, BlockForm(formdata=None, version=str(contest.version)))


@blueprint.post("/contests/<uuid:contest_id>/block")
@requires(Permission.CONTEST)
def block(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Let a contest forbid the sign-off until it is settled."""
    contest = _contest(contest_id)
    form = BlockForm()

    def act() -> None:
        contests.let_block(session(), contest, by=actor(), seen_version=form.seen_version)

    return _closed(contest, form, act, _("It blocks the sign-off until it is settled."))


def _contest(contest_id: uuid.UUID, *, lock: bool = True) -> Contest:
    """Return a contest with its claim, which a writing request locks; raise Missing."""
    claim_id = session().scalar(select(Contest.claim_id).where(Contest.id == contest_id))
    if claim_id is None:
        raise Missing(
            "no_such_contest", {"zh": "没有这项争议。", "en": "There is no such contest."}
        )
    claim = claim_with_all(session(), claim_id, lock=lock)
    return next(contest for contest in claim.contests if contest.id == contest_id)


def _closed(
    contest: Contest,
    form: Closing,
    act: Callable[[], None],
    done: str,
) -> ResponseReturnValue:
    refused = send(form, act)
    if refused:
        asked_again(form, contest)
        return _settlement(contest, form), refused
    flash(done)
    return redirect(_back(contest.claim, contest), SEE_OTHER)


def _page(claim: Claim, form: ContestForm) -> str:
    return render_template(
        "contests/new.html", claim=claim, article=claim.article, form=form.offer(claim)
    )


def _settlement(contest: Contest, form: Closing) -> str:
    doing = DOING[type(form)]
    outcome = ContestOutcome.WITHDRAWN if doing == "withdraw" else ContestOutcome.UPHELD
    return render_template(
        "contests/settle.html",
        claim=contest.claim,
        article=contest.claim.article,
        contest=contest,
        sides={
            bearing: [row.evidence for row in contest.items if row.bearing is bearing]
            for bearing in Bearing
        },
        form=form,
        doing=doing,
        invitations=invitations_of_contest(session(), contest.id),
        my_bar=None if doing == "block" else settlement_bar(contest, actor(), outcome),
    )


def _back(claim: Claim, contest: Contest | None = None) -> str:
    anchor = f"contest-{contest.number}" if contest is not None else "contests"
    return url_for("claims.page", claim_id=claim.id, _anchor=anchor)
