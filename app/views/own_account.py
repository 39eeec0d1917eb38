"""One's own account: name, language and look, password, sessions, tokens, and what one did last."""

import uuid
from typing import Any, NamedTuple

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from app import timeline, twins
from app.accounts import attempts, current, failures, naming, sessions, tokens
from app.accounts.models import Account, ApiToken, OpenSession
from app.accounts.roles import Permission
from app.accounts.signin import hashed, matches
from app.accounts.vocabulary import Proof, SessionEnd, Theme
from app.forms.accounts import ChangePasswordForm, ProfileForm, TokenForm, named_scopes
from app.forms.base import DeskForm
from app.forms.sending import is_stale, send
from app.i18n import COOKIE, THEME_COOKIE
from app.ledger import acts, history
from app.object_names import names
from app.permissions import requires
from app.security import forget, recalled, remember
from app.unit_of_work import beforehand, database, session
from claims.errors import Conflict, Refused
from sources.base import now

blueprint = Blueprint("own_account", __name__)
SEE_OTHER = 303
LATELY = 10


@blueprint.get("/account")
@blueprint.get("/account.json", endpoint="as_json")
@requires(Permission.READ)
def page() -> ResponseReturnValue:
    """Show who one is at this desk and what one did last."""
    return _page(None)


@blueprint.post("/account")
@requires(Permission.READ)
def save() -> ResponseReturnValue:
    """Keep name and language with the account, and the look with this browser."""
    row, form = current.own_row(session()), ProfileForm()

    def act() -> None:
        if is_stale(form, row.version):
            raise Conflict(
                "stale",
                {
                    "zh": "您在别处改过这个账户。请看过现在的内容再改。",
                    "en": "You changed this account elsewhere meanwhile. Look at it first.",
                },
            )
        shown = (form.display_name.data or "").strip()
        if shown != row.display_name:
            naming.refuse_taken(session(), shown, row.id)
        row.display_name = shown
        row.language = form.language.data or None
        session().flush()

    refused = send(form, act)
    if refused:
        return _page(form), refused
    flash(_("Saved."))
    response = make_response(redirect(url_for("own_account.page"), SEE_OTHER))
    if form.language.data:
        remember(response, COOKIE, form.language.data)
    if form.theme.data == Theme.SYSTEM:
        forget(response, THEME_COOKIE)
    else:
        remember(response, THEME_COOKIE, form.theme.data, scripts=True)
    return response


@blueprint.get("/account/password")
@requires(Permission.READ)
def password() -> ResponseReturnValue:
    """Show the form that changes the password, or say that there is none."""
    if not current.own_row(session()).has_password:
        return render_template("own_account/no_password.html")
    return render_template("own_account/password.html", form=ChangePasswordForm())


class Guessed(NamedTuple):
    """A guess as it was counted, and the hash it was right for; None for a wrong one."""

    pair: str
    matched: str | None


def guessed() -> Guessed:
    """Count a guess at the password one has, as one at the door: a browser may be left alone.

    It is looked at before the transaction, as at the door, and noted there where it is wrong.
    """
    known, typed = current.myself(), ChangePasswordForm().old.data or ""
    counted = attempts.attempt(database(), known.name, request.remote_addr or "", familiar=True)
    if counted.wait is not None:
        raise TooManyRequests(retry_after=counted.wait)
    with database().reading() as opened:
        row = opened.get_one(Account, known.id)
        stored = row.password_hash if matches(row, typed) else None
    if stored is None:
        failures.note(database(), known.id, Proof.PASSWORD, current.visitor(), pair=counted.pair)
    return Guessed(counted.pair, stored)


@blueprint.post("/account/password")
@requires(Permission.READ)
@beforehand(guessed, alone=True)
def change_password(prepared: Guessed) -> ResponseReturnValue:
    """Change the password and end every other session."""
    row, form = current.own_row(session()), ChangePasswordForm()

    def act() -> None:
        if prepared.matched is None or prepared.matched != row.password_hash:
            raise Refused(
                "password_wrong",
                {"zh": "现在的密码不对。", "en": "That is not the password you have now."},
                "old",
            )
        row.password_hash = hashed(session(), form.password.data or "", row.name, row.display_name)
        attempts.forgive(session(), prepared.pair)
        _end_others(row, SessionEnd.PASSWORD, "password_changed")
        current.proved(session(), Proof.PASSWORD)

    refused = send(form, act)
    if refused:
        return render_template("own_account/password.html", form=form), refused
    current.stay_signed_in(row)
    flash(_("Your password is changed. Every other session has ended."))
    return redirect(url_for("own_account.page"), SEE_OTHER)


@blueprint.get("/account/sessions")
@blueprint.get("/account/sessions.json", endpoint="sessions_as_json")
@requires(Permission.READ, in_person=True)
def signed_in() -> ResponseReturnValue:
    """List the browsers in which one is signed in."""
    rows, own = _sessions()
    return twins.shown(
        "own_account/sessions.html",
        lambda: {"sessions": [_session(row, own) for row in rows]},
        rows=rows,
        own=own,
        browser=sessions.browser_name,
        form=DeskForm(),
    )


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@requires(Permission.READ, fresh=True)
def end_session(session_id: uuid.UUID) -> ResponseReturnValue:
    """End one session."""
    row = current.own_row(session())
    sessions.end(session(), session_id, row.id, SessionEnd.ELSEWHERE)
    acts.record(session(), "act", "account", str(row.id), "session_ended", {"name": row.name})
    flash(_("That session has ended."))
    return redirect(url_for("own_account.signed_in"), SEE_OTHER)


@blueprint.post("/account/sessions/end-others")
@requires(Permission.READ, fresh=True)
def end_other_sessions() -> ResponseReturnValue:
    """End every session but this one."""
    row = current.own_row(session())
    _end_others(row, SessionEnd.ELSEWHERE, "sessions_ended")
    current.stay_signed_in(row)
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("own_account.signed_in"), SEE_OTHER)


@blueprint.get("/account/tokens")
@blueprint.get("/account/tokens.json", endpoint="tokens_as_json")
@requires(Permission.READ, in_person=True)
def own_tokens() -> ResponseReturnValue:
    """List one's tokens, and show the form of a new one."""
    return _tokens(TokenForm(formdata=None))


@blueprint.post("/account/tokens")
@requires(Permission.READ, fresh=True)
def add_token() -> ResponseReturnValue:
    """Make a token and show it, once."""
    row, form, made = current.own_row(session()), TokenForm(), list[tokens.Issued]()

    def act() -> None:
        scopes, days = form.scopes.data or [], form.days.data
        made.append(
            tokens.issue(session(), row.id, form.name.data or "", scopes, days, current.actor())
        )

    refused = send(form, act)
    if refused:
        return _tokens(form), refused
    return render_template("own_account/token.html", token=made[0])


@blueprint.post("/account/tokens/<uuid:token_id>/revoke")
@requires(Permission.READ, fresh=True)
def revoke_token(token_id: uuid.UUID) -> ResponseReturnValue:
    """End one of one's tokens."""
    owner = current.own_row(session()).id
    tokens.revoke(session(), token_id, by=current.actor(), owner=owner)
    flash(_("Revoked: the token no longer works."))
    return redirect(url_for("own_account.own_tokens"), SEE_OTHER)


def _end_others(row: Account, how: SessionEnd, act: str) -> None:
    count = sessions.end_all(session(), row, how, keep=current.session_key())
    story = {"name": row.name, "sessions": count}
    acts.record(session(), "act", "account", str(row.id), act, story)


def _page(form: ProfileForm | None) -> twins.Shown:
    row = current.own_row(session())
    lately = history.entries(session(), actor=row.actor, limit=LATELY)
    known = names(session(), timeline.keys(lately))
    allowed = [one for one in Permission if one is not Permission.PUBLIC and current.may(one)]
    return twins.shown(
        "own_account/page.html",
        lambda: {
            **twins.columns(row),
            "roles": row.roles,
            "may": allowed,
            # A token for reading alone shows no entries of the ledger.
            "lately": [timeline.plain(entry) for entry in lately if current.may("audit")],
        },
        row=row,
        form=form or _profile(row),
        lately=[timeline.told(entry, known) for entry in lately],
        allowed=allowed,
    )


def _profile(row: Account) -> ProfileForm:
    kept = recalled(THEME_COOKIE)
    theme = kept if kept in set(Theme) else Theme.SYSTEM
    form = ProfileForm(formdata=None, obj=row, data={"theme": theme})
    form.language.data = row.language or ""
    form.version.data = str(row.version)
    return form


def _sessions() -> tuple[list[OpenSession], str | None]:
    key = current.session_key()
    rows = sessions.sessions_of(session(), current.own_row(session()).id)
    return rows, sessions.key_sha256(key) if key is not None else None


def _session(row: OpenSession, own: str | None) -> dict[str, Any]:
    return {**twins.columns(row, ("account_id",)), "this_one": row.key_sha256 == own}


def _tokens(form: TokenForm) -> twins.Shown:
    rows, used = tokens.tokens_of(session(), current.own_row(session()).id), tokens.uses(session())
    return twins.shown(
        "own_account/tokens.html",
        lambda: {"tokens": [told_token(row, used.get(row.id)) for row in rows]},
        rows=rows,
        used=used,
        moment=now(),
        live=tokens.is_live,
        scopes=named_scopes,
        form=form,
    )


def told_token(row: ApiToken, used: Any) -> dict[str, Any]:
    """A token for a program: everything but the token."""
    own = twins.columns(row, ("account_id",))
    return {
        **own,
        "scopes": row.scopes.split(),
        "used_at": used,
        "works": tokens.is_live(row, now()),
    }
