"""A person's own keys: changed, left out, or all switched off."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app import twins
from app.accounts import current
from app.accounts.models import Account, KeyChoice
from app.accounts.roles import Permission
from app.forms.key_choices import RESET, KeyForm
from app.forms.sending import is_stale, send
from app.key_map import changed_keys, field_name, read, stored
from app.meanwhile import asked_again
from app.permissions import requires
from app.unit_of_work import session
from claims.errors import Conflict

blueprint = Blueprint("key_choices", __name__)
SEE_OTHER = 303


@blueprint.get("/account/keys")
@blueprint.get("/account/keys.json", endpoint="as_json")
@requires(Permission.READ)
def page() -> ResponseReturnValue:
    """Show the keys as they are for the person asking."""
    row = _choice()
    return twins.shown(
        "key_choices/page.html",
        lambda: {"single_keys": row.single_keys, "changed": read(row.changed)},
        form=_form(row),
    )


@blueprint.post("/account/keys")
@requires(Permission.READ)
def save() -> ResponseReturnValue:
    """Keep what was chosen, or go back to the desk's own keys."""
    row = _choice()
    form = KeyForm()

    def act() -> None:
        if is_stale(form, row.version or 0):
            raise Conflict(
                "stale",
                {
                    "zh": "您在别处改过这些按键。请看过现在的设置再改。",
                    "en": "You changed these keys elsewhere meanwhile. Look at them first.",
                },
            )
        if RESET in request.form:
            row.single_keys, row.changed = True, stored({})
        else:
            row.changed = stored(changed_keys(form.wanted))
            row.single_keys = bool(form.single_keys.data)
        session().add(row)
        session().flush()

    refused = send(form, act)
    if refused:
        asked_again(form, row)
        return render_template("key_choices/page.html", form=form), refused
    flash(_("Your keys are saved."))
    return redirect(url_for("key_choices.page"), SEE_OTHER)


def _choice() -> KeyChoice:
    """The row of the person asking; a new one, not yet kept, where there is none."""
    known = current.myself()
    row = session().scalar(
        select(KeyChoice)
        .join(Account, Account.id == KeyChoice.account_id)
        .where(Account.name == known.name)
    )
    if row is not None:
        return row
    return KeyChoice(
        account_id=known.id, single_keys=True, changed=stored({}), created_by=known.actor
    )


def _form(row: KeyChoice) -> KeyForm:
    shown = {field_name(key): pressed for key, pressed in read(row.changed).items()}
    form = KeyForm(formdata=None, data={"single_keys": row.single_keys, **shown})
    form.version.data = str(row.version or 0)
    return form
