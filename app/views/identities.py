"""The identities bound to an account: by the person, and by an administrator for another one."""

import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import twins
from app.accounts import current, identities
from app.accounts.journeys import Purpose
from app.accounts.models import Account
from app.accounts.provider import provider
from app.accounts.register import account_of
from app.accounts.roles import Permission
from app.forms.base import DeskForm
from app.forms.identities import SubjectForm
from app.forms.sending import send
from app.once.course import repeatable
from app.permissions import requires
from app.unit_of_work import beforehand, session
from app.views.provider import BEGINS, own_errand, ready, sent_away

if TYPE_CHECKING:
    from app.oidc.provider import Provider

blueprint = Blueprint("identities", __name__)
SEE_OTHER = 303


@blueprint.get("/account/identities")
@blueprint.get("/account/identities.json", endpoint="as_json")
@requires(Permission.READ, in_person=True)
def page() -> ResponseReturnValue:
    """List the identities with which one can sign in."""
    return _page(DeskForm())


@blueprint.post("/account/identities")
@requires(Permission.READ, fresh=True)
@repeatable(BEGINS)
@beforehand(ready)
def begin(prepared: "Provider") -> ResponseReturnValue:
    """Send the person to the provider, to bind who they are there."""
    return sent_away(prepared, own_errand(Purpose.BIND, url_for("identities.page")))


@blueprint.post("/account/identities/<uuid:identity_id>/unbind")
@requires(Permission.READ, fresh=True)
def unbind(identity_id: uuid.UUID) -> ResponseReturnValue:
    """Let one of one's identities go; this very session stays."""
    row, form = current.own_row(session()), DeskForm()

    def act() -> None:
        identities.refuse_only_proof(session(), row)
        identities.unbind(session(), identity_id, row, keep=current.session_key())

    refused = send(form, act)
    if refused:
        return _page(form), refused
    flash(_("Let go: this identity opens your account no more."))
    return redirect(url_for("identities.page"), SEE_OTHER)


@blueprint.get("/admin/accounts/<uuid:account_id>/identities")
@blueprint.get("/admin/accounts/<uuid:account_id>/identities.json", endpoint="account_as_json")
@requires(Permission.ADMINISTER)
def of_account(account_id: uuid.UUID) -> ResponseReturnValue:
    """List the identities of somebody's account, and show the form that binds one more."""
    return _account_page(account_of(session(), account_id), SubjectForm(formdata=None))


@blueprint.post("/admin/accounts/<uuid:account_id>/identities")
@requires(Permission.ADMINISTER, fresh=True)
def bind(account_id: uuid.UUID) -> ResponseReturnValue:
    """Bind what the provider calls somebody to their account."""
    found, form = account_of(session(), account_id, lock=True), SubjectForm()

    refused = send(
        form,
        lambda: identities.bind(
            session(),
            found,
            issuer=provider().client.issuer,
            subject=form.subject.data or "",
            label="",
            by=current.actor(),
        ),
    )
    if refused:
        return _account_page(found, form), refused
    flash(_("Bound: this identity opens the account from now on."))
    return redirect(url_for("identities.of_account", account_id=found.id), SEE_OTHER)


@blueprint.post("/admin/accounts/<uuid:account_id>/identities/<uuid:identity_id>/unbind")
@requires(Permission.ADMINISTER, fresh=True)
def unbind_for(account_id: uuid.UUID, identity_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody's identity go; the sessions it began end."""
    found = account_of(session(), account_id, lock=True)
    refused = send(DeskForm(), lambda: identities.unbind(session(), identity_id, found))
    if refused:
        return _account_page(found, SubjectForm(formdata=None)), refused
    flash(_("Let go: this identity opens the account no more."))
    return redirect(url_for("identities.of_account", account_id=found.id), SEE_OTHER)


def _page(form: DeskForm) -> twins.Shown:
    rows = identities.identities_of(session(), current.own_row(session()).id)
    return twins.shown(
        "identities/page.html",
        lambda: {"identities": [twins.columns(row) for row in rows]},
        rows=rows,
        form=form,
    )


def _account_page(found: Account, form: SubjectForm) -> twins.Shown:
    rows = identities.identities_of(session(), found.id)
    return twins.shown(
        "identities/account.html",
        lambda: {"identities": [twins.columns(row) for row in rows]},
        found=found,
        rows=rows,
        form=form,
    )
