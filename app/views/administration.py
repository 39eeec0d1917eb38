"""Administration: accounts and their roles, what each role may do, policy, tokens and health."""

import uuid
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import health as desk_health
from app import timeline, twins
from app.accounts import (
    administration,
    current,
    factors,
    recovery_codes,
    register,
    sessions,
    tokens,
)
from app.accounts.current import actor
from app.accounts.holders import holders
from app.accounts.links import Made
from app.accounts.models import Account
from app.accounts.register import Registered, account_of, keys_of
from app.accounts.roles import GRANTS, Permission, Role
from app.accounts.vocabulary import AccountState
from app.forms.accounts import DisableForm, InviteForm, RolesForm, named_scopes
from app.forms.base import DeskForm
from app.forms.sending import is_stale, send
from app.ledger import search
from app.ledger.search import Asked
from app.object_names import names
from app.permissions import requires
from app.unit_of_work import database, session
from app.views.factors import is_required, told_factor
from claims.appendix.method import widths
from claims.errors import Conflict
from claims.policy import current_policy, sign_off_levels
from sources.base import now

blueprint = Blueprint("administration", __name__, url_prefix="/admin")
SEE_OTHER, CONFLICT = 303, 409
LATELY = 20


@blueprint.get("")
@requires(Permission.ADMINISTER)
def index() -> ResponseReturnValue:
    """Lead to the accounts."""
    return redirect(url_for("administration.accounts"), SEE_OTHER)


@blueprint.get("/accounts")
@blueprint.get("/accounts.json", endpoint="accounts_as_json")
@requires(Permission.ADMINISTER)
def accounts() -> ResponseReturnValue:
    """List the accounts."""
    rows = register.accounts(session())
    return twins.shown(
        "administration/accounts.html",
        lambda: {"accounts": [_account(row) for row in rows]},
        rows=rows,
    )


@blueprint.get("/accounts/new")
@requires(Permission.ADMINISTER)
def new() -> ResponseReturnValue:
    """Show the form that invites somebody."""
    return render_template("administration/new.html", form=InviteForm())


@blueprint.post("/accounts/new")
@requires(Permission.ADMINISTER, fresh=True)
def invite() -> ResponseReturnValue:
    """Make an account that its owner takes over through a link, shown once."""
    form, made = InviteForm(), list[Made]()

    def act() -> None:
        made.append(
            administration.invite(
                session(),
                name=form.name.data or "",
                display_name=form.display_name.data or "",
                roles=set(form.roles.data or ()),
                by=actor(),
            )
        )

    refused = send(form, act)
    if refused:
        return render_template("administration/new.html", form=form), refused
    return _link(made[0])


@blueprint.get("/accounts/<uuid:account_id>")
@blueprint.get("/accounts/<uuid:account_id>.json", endpoint="account_as_json")
@requires(Permission.ADMINISTER)
def account(account_id: uuid.UUID) -> ResponseReturnValue:
    """Show an account: its roles, its sessions, and what was done to it."""
    return _page(account_of(session(), account_id))


@blueprint.post("/accounts/<uuid:account_id>/roles")
@requires(Permission.ADMINISTER, fresh=True)
def change_roles(account_id: uuid.UUID) -> ResponseReturnValue:
    """Give an account exactly the roles that are ticked."""
    found, form = account_of(session(), account_id, lock=True), RolesForm()

    def act() -> None:
        _expect_unmoved(form, found)
        roles = set(form.roles.data or ())
        if roles != found.roles:
            administration.change_roles(session(), found, roles, by=actor())

    return _done(found, form, act, _("The roles are changed, from the next page on."))


@blueprint.post("/accounts/<uuid:account_id>/link")
@requires(Permission.ADMINISTER, fresh=True)
def link(account_id: uuid.UUID) -> ResponseReturnValue:
    """Make a one-time link and show it, once; a former one stops working."""
    found, form, made = account_of(session(), account_id, lock=True), DeskForm(), list[Made]()
    refused = send(form, lambda: made.append(administration.new_link(session(), found, by=actor())))
    if refused:
        return _page(found, form), refused
    return _link(made[0])


@blueprint.post("/accounts/<uuid:account_id>/disable")
@requires(Permission.ADMINISTER, fresh=True)
def disable(account_id: uuid.UUID) -> ResponseReturnValue:
    """Shut an account; whoever is signed in with it is out at once."""
    found, form = account_of(session(), account_id, lock=True), DisableForm()

    def act() -> None:
        administration.disable(session(), found, typed=form.typed.data or "", by=actor())

    return _done(found, form, act, _("Disabled: sessions, tokens and links no longer work."))


@blueprint.post("/accounts/<uuid:account_id>/enable")
@requires(Permission.ADMINISTER, fresh=True)
def enable(account_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody in again; they sign in with the password they had."""
    found, form = account_of(session(), account_id, lock=True), DeskForm()
    return _done(
        found,
        form,
        lambda: administration.enable(session(), found),
        _("The account is open again."),
    )


@blueprint.post("/accounts/<uuid:account_id>/sign-out")
@requires(Permission.ADMINISTER, fresh=True)
def sign_out(account_id: uuid.UUID) -> ResponseReturnValue:
    """End every session of somebody whose device was lost or stolen."""
    found, form = account_of(session(), account_id, lock=True), DeskForm()

    def act() -> None:
        administration.sign_out(session(), found, by=current.myself().id)

    return _done(found, form, act, _("Signed out: every session of this account has ended."))


@blueprint.post("/accounts/<uuid:account_id>/factors/reset")
@requires(Permission.ADMINISTER, fresh=True)
def reset_factors(account_id: uuid.UUID) -> ResponseReturnValue:
    """Remove every second factor of somebody who lost them; whoever is signed in with it is out."""
    found, form = account_of(session(), account_id, lock=True), DeskForm()

    def act() -> None:
        administration.reset_factors(session(), found, by=current.myself().id)

    return _done(found, form, act, _("Reset: the password alone opens the account until then."))


@blueprint.get("/roles")
@blueprint.get("/roles.json", endpoint="roles_as_json")
@requires(Permission.AUDIT)
def roles() -> ResponseReturnValue:
    """Show what each role may do, and who holds it."""
    held = {role: holders(session(), [role]) for role in Role}
    return twins.shown(
        "administration/roles.html",
        lambda: {
            "roles": [
                {"role": role, "may": GRANTS[role] - {Permission.PUBLIC}, "held_by": held[role]}
                for role in Role
            ]
        },
        permissions=[one for one in Permission if one is not Permission.PUBLIC],
        roles=list(Role),
        grants=GRANTS,
        held=held,
    )


@blueprint.get("/policy")
@blueprint.get("/policy.json", endpoint="policy_as_json")
@requires(Permission.ADMINISTER)
def policy() -> ResponseReturnValue:
    """Show every value of the policy with its meaning; the file is where it is changed."""
    found, version, levels = widths(), current_policy().version, sign_off_levels(session())
    return twins.shown(
        "administration/policy.html",
        lambda: {
            "version": version,
            "values": {one.name: one.value for one in found},
            "sign_off_levels_in_force": levels,
        },
        widths=found,
        version=version,
        levels=levels,
    )


@blueprint.get("/tokens")
@blueprint.get("/tokens.json", endpoint="tokens_as_json")
@requires(Permission.ADMINISTER)
def all_tokens() -> ResponseReturnValue:
    """List the tokens of the whole desk: their names, never more."""
    rows, used, moment = tokens.tokens_of(session()), tokens.uses(session()), now()
    return twins.shown(
        "administration/tokens.html",
        lambda: {
            "tokens": [
                {
                    **twins.columns(row),
                    "used_at": used.get(row.id),
                    "works": tokens.is_live(row, moment) and row.account.active,
                }
                for row in rows
            ]
        },
        rows=rows,
        used=used,
        moment=moment,
        live=tokens.is_live,
        scopes=named_scopes,
    )


@blueprint.post("/tokens/<uuid:token_id>/revoke")
@requires(Permission.ADMINISTER, fresh=True)
def revoke_token(token_id: uuid.UUID) -> ResponseReturnValue:
    """End somebody's token."""
    tokens.revoke(session(), token_id, by=actor())
    flash(_("Revoked: the token no longer works."))
    return redirect(url_for("administration.all_tokens"), SEE_OTHER)


@blueprint.get("/health")
@blueprint.get("/health.json", endpoint="health_as_json")
@requires(Permission.ADMINISTER)
def health() -> ResponseReturnValue:
    """Show how this installation stands, and the settings in force with their secrets masked."""
    found = desk_health.vitals(database(), session())
    settings = current_app.extensions["settings"].public()
    return twins.shown(
        "administration/health.html",
        lambda: {
            "vitals": {one.what: {"well": one.well, **one.seen} for one in found},
            "settings": settings,
        },
        vitals=found,
        settings=settings,
    )


def _expect_unmoved(form: RolesForm, found: Account) -> None:
    """Refuse roles ticked on a page that is no longer true; raise Conflict."""
    if is_stale(form, mark(found)):
        raise Conflict(
            "stale",
            {
                "zh": "另一位管理员刚改过这些角色。下面是现在的样子。",
                "en": "Another administrator changed these roles meanwhile. Below they stand as "
                "they are now.",
            },
            "roles",
        )


def mark(found: Account) -> int:
    """A number that changes with the roles: grants are rows of their own, without a version."""
    return sum(1 << place for place, role in enumerate(Role) if role in found.roles)


def _done(found: Account, form: DeskForm, act: Any, said: str) -> ResponseReturnValue:
    refused = send(form, act)
    if refused:
        session().expire_all()
        return _page(account_of(session(), found.id), form), refused
    flash(said)
    return redirect(url_for("administration.account", account_id=found.id), SEE_OTHER)


def _page(found: Account, form: DeskForm | None = None) -> twins.Shown:
    state = administration.state_of(found)
    lately = search.entries(session(), Asked(rows=keys_of(session(), found.id)), limit=LATELY)
    known = names(session(), timeline.keys(lately))
    lasting = sessions.sessions_of(session(), found.id)
    held = tokens.tokens_of(session(), found.id)
    working = [row for row in held if tokens.is_live(row, now())]
    own = factors.factors_of(session(), found.id)
    used = factors.uses(session(), own)
    ticked = RolesForm(formdata=None, roles=sorted(found.roles), version=str(mark(found)))
    return twins.shown(
        "administration/account.html",
        lambda: {
            **twins.columns(found),
            "state": state,
            "roles": found.roles,
            "sessions": [twins.columns(row, ("id", "account_id", "address")) for row in lasting],
            "tokens": [twins.columns(row) for row in working],
            "factors": [told_factor(row, used) for row in own],
            "lately": [timeline.plain(entry) for entry in lately],
        },
        found=found,
        state=state,
        states=AccountState,
        sessions=lasting,
        tokens=working,
        factors=own,
        used=used,
        codes_left=recovery_codes.left(session(), found.id),
        required=is_required(found),
        browser=sessions.browser_name,
        lately=[timeline.told(entry, known) for entry in lately],
        form=form,
        ticked=ticked,
        closing=form if isinstance(form, DisableForm) else DisableForm(formdata=None),
    )


def _link(made: Made) -> str:
    return render_template(
        "administration/link.html",
        made=made.link,
        found=made.link.account,
        link=url_for("accounts.link", token=made.token, _external=True),
    )


def _account(row: Registered) -> dict[str, Any]:
    return {
        **twins.columns(row.account),
        "state": row.state,
        "roles": row.account.roles,
        "last_seen": row.seen,
        "sessions": row.sessions,
        "tokens": row.tokens,
        "factors": row.factors,
    }
