"""Asking outside: opening an invitation, its page, its link made anew or ended, its answers."""

import datetime as dt
import uuid
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.invitations import AcceptForm, EndForm, InvitationForm, TermForm, contest_line
from app.forms.sending import send
from app.forms.texts import as_words
from app.ledger import history
from app.meanwhile import asked_again
from app.permissions import requires
from app.typed_numbers import whole
from app.unit_of_work import session
from claims import answers, invitations
from claims.errors import Missing, Refused
from claims.invitations import askable, invite, state_of
from claims.models import Claim, Contest, Evidence, Invitation
from claims.queries.claims import claim_with_all
from claims.queries.invitations import invitation_page
from sources.base import now

blueprint = Blueprint("invitations", __name__)
SEE_OTHER = 303
OPENINGS = 20


@blueprint.get("/claims/<uuid:claim_id>/invitations/new")
@requires(Permission.INVITE)
def new(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form that asks somebody outside about a claim, or about a contest of it."""
    claim = claim_with_all(session(), claim_id)
    return _form(claim, InvitationForm(formdata=None, claims=[claim.id]))


@blueprint.post("/claims/<uuid:claim_id>/invitations/new")
@requires(Permission.INVITE)
def add(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Open an invitation and show its link, once."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form, opened = InvitationForm(), list[invitations.Opened]()

    def act() -> None:
        chosen = _chosen(claim, form.claims.data or [])
        opened.append(invite(session(), chosen, form.asking(_contest(claim)), by=actor()))

    refused = send(form, act)
    if refused:
        return _form(claim, form), refused
    return _link(*opened[0])


@blueprint.get("/invitations/<uuid:invitation_id>")
@blueprint.get("/invitations/<uuid:invitation_id>.json", endpoint="as_json")
@requires(Permission.READ)
def page(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """Show who was asked what, how often the link was opened, and each answer."""
    return _page(invitation_page(session(), invitation_id))


@blueprint.post("/invitations/<uuid:invitation_id>/link")
@requires(Permission.INVITE)
def renew(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """Make the link anew and show it, once; the former one stops working."""
    invitation = invitation_page(session(), invitation_id, lock=True)
    form, made = TermForm(), list[str]()

    def act() -> None:
        token = invitations.renew(
            session(), invitation, form.days.data, seen_version=form.seen_version
        )
        made.append(token)

    refused = send(form, act)
    if refused:
        asked_again(form, invitation)
        return _page(invitation, form), refused
    return _link(invitation, made[0])


@blueprint.post("/invitations/<uuid:invitation_id>/revoke")
@requires(Permission.INVITE)
def revoke(invitation_id: uuid.UUID) -> ResponseReturnValue:
    """End the link now."""
    invitation = invitation_page(session(), invitation_id, lock=True)
    form = EndForm()

    def act() -> None:
        invitations.revoke(session(), invitation, by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    if refused:
        asked_again(form, invitation)
        return _page(invitation, form), refused
    flash(_("Revoked: the link no longer works. What was answered stays."))
    return redirect(url_for("invitations.page", invitation_id=invitation.id), SEE_OTHER)


@blueprint.get("/evidence/<uuid:evidence_id>/accept")
@requires(Permission.ASSESS)
def acceptance(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Show an answer with the stance its choice proposes."""
    given = _answer(evidence_id, lock=False)
    item = given.evidence
    form = AcceptForm(formdata=None, version=str(item.version), stance=item.stance)
    return _acceptance(given, form)


@blueprint.post("/evidence/<uuid:evidence_id>/accept")
@requires(Permission.ASSESS)
def accept(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Let an answer weigh."""
    given = _answer(evidence_id)
    item, form = given.evidence, AcceptForm()
    form.offer(item)

    def act() -> None:
        answers.accept(
            session(),
            given,
            stance=form.stance.data,
            addresses=form.addresses.data or (),
            note=as_words(form.note.data),
            by=actor(),
            seen_version=form.seen_version,
        )

    refused = send(form, act)
    if refused:
        asked_again(form, item)
        return _acceptance(given, form), refused
    flash(_("Accepted: the answer now weighs."))
    where = url_for("claims.page", claim_id=item.claim_id, _anchor=f"evidence-{item.number}")
    return redirect(where, SEE_OTHER)


def _chosen(claim: Claim, wanted: list[uuid.UUID]) -> list[Claim]:
    """Return the chosen claims, all of this article; raise Refused for any other."""
    known = {one.id for one in askable(session(), claim.article_id)}
    if not set(wanted) <= known:
        raise Refused(
            "claims_foreign",
            {
                "zh": "所选的论断不在这篇文章的最新版本里。",
                "en": "What was chosen does not stand in the newest version of this article.",
            },
            "claims",
        )
    return [claim_with_all(session(), one) for one in wanted]


def _contest(claim: Claim) -> Contest | None:
    """The contest of this claim that the address names, if it names one."""
    wanted = request.args.get("contest", type=whole)
    return next((one for one in claim.contests if one.number == wanted), None)


def _form(claim: Claim, form: InvitationForm) -> str:
    contest = _contest(claim)
    return render_template(
        "invitations/new.html",
        claim=claim,
        article=claim.article,
        contest=contest and contest_line(contest),
        form=form.offer(askable(session(), claim.article_id)),
    )


def _link(invitation: Invitation, token: str) -> str:
    return render_template(
        "invitations/link.html",
        invitation=invitation,
        article=invitation.article,
        link=url_for("answers.page", token=token, _external=True),
    )


def _page(invitation: Invitation, form: Any = None) -> twins.Shown:
    state, openings = state_of(invitation, now()), _openings(invitation)
    return twins.shown(
        "invitations/page.html",
        lambda: {**page_twins.invitation(invitation), "state": state, "openings": openings},
        invitation=invitation,
        article=invitation.article,
        state=state,
        openings=openings,
        form=form,
        term=form
        if isinstance(form, TermForm)
        else TermForm(formdata=None, version=str(invitation.version)),
        end=EndForm(formdata=None, version=str(invitation.version)),
    )


def _openings(invitation: Invitation) -> list[dt.datetime]:
    """When the page of the link was opened, the newest first, as the ledger has it."""
    key = str(invitation.id)
    found = history.entries(session(), kind="act", table="invitation", pk=key, limit=OPENINGS)
    return [dt.datetime.fromisoformat(entry.at) for entry in found]


def _answer(evidence_id: uuid.UUID, *, lock: bool = True) -> Any:
    """Return the answer of an evidence item, its claim locked by a writing request."""
    claim_id = session().scalar(select(Evidence.claim_id).where(Evidence.id == evidence_id))
    if claim_id is not None:
        claim = claim_with_all(session(), claim_id, lock=lock)
        item = next(item for item in claim.evidence if item.id == evidence_id)
        given = answers.answer_of(session(), item)
        if given is not None:
            return given
    raise Missing("no_such_answer", {"zh": "没有这条答复。", "en": "There is no such answer."})


def _acceptance(given: Any, form: AcceptForm) -> str:
    item = given.evidence
    return render_template(
        "invitations/accept.html",
        claim=item.claim,
        article=item.claim.article,
        given=given,
        item=item,
        form=form.offer(item),
    )
