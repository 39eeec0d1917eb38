"""Until when a contest is to be settled: setting the day, moving it, taking it away."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.roles import Permission
from app.forms.conflicts import Edited, conflict
from app.forms.contest_dues import DueForm
from app.forms.sending import is_stale, send
from app.past.scope import of_claim
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims.contests import set_due
from claims.errors import Missing
from claims.models import Contest
from claims.queries.claims import claim_with_all

blueprint = Blueprint("contest_dues", __name__)
SEE_OTHER = 303


@blueprint.get("/contests/<uuid:contest_id>/due")
@requires(Permission.CONTEST)
def edit(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Show the day as it is set."""
    contest = _contest(contest_id, lock=False)
    return _page(contest, DueForm.of(contest))


@blueprint.post("/contests/<uuid:contest_id>/due")
@requires(Permission.CONTEST)
def save(contest_id: uuid.UUID) -> ResponseReturnValue:
    """Set the day."""
    contest, form = _contest(contest_id), DueForm()

    def act() -> None:
        set_due(session(), contest, form.day, seen_version=form.seen_version)

    refused = send(form, act)
    back = url_for("claims.page", claim_id=contest.claim_id, _anchor=f"contest-{contest.number}")
    if refused:
        session().expire_all()
    if refused and is_stale(form, contest.version) and contest.outcome is None:
        action = url_for("contest_dues.save", contest_id=contest_id)
        scope = of_claim(contest.claim_id)
        edited = Edited("contest", contest_id, scope, lambda: _as_saved(contest_id))
        return conflict(form, edited, action, back)
    if refused:
        return _page(contest, form), refused
    undoable(_("The day is set.") if form.day else _("No day is set any more."))
    return redirect(back, SEE_OTHER)


def _contest(contest_id: uuid.UUID, *, lock: bool = True) -> Contest:
    """Return a contest with its claim, which a writing request locks; raise Missing."""
    claim_id = session().scalar(select(Contest.claim_id).where(Contest.id == contest_id))
    if claim_id is None:
        raise Missing(
            "no_such_contest", {"zh": "没有这项争议。", "en": "There is no such contest."}
        )
    claim = claim_with_all(session(), claim_id, lock=lock)
    return next(contest for contest in claim.contests if contest.id == contest_id)


def _as_saved(contest_id: uuid.UUID) -> DueForm:
    return DueForm.of(_contest(contest_id, lock=False))


def _page(contest: Contest, form: DueForm) -> str:
    return render_template(
        "contest_dues/form.html",
        claim=contest.claim,
        article=contest.claim.article,
        contest=contest,
        form=form,
    )
