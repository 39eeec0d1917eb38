"""Keeping a narrowing of the queue under a name; renaming, sharing and removing it."""

import uuid
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import current
from app.accounts import saved_filters as kept
from app.accounts.models import SavedFilter
from app.accounts.roles import Permission
from app.forms.saved_filters import SavedFilterForm
from app.forms.sending import send
from app.permissions import requires
from app.unit_of_work import session

blueprint = Blueprint("saved_filters", __name__)
SEE_OTHER = 303


@blueprint.get("/queue/filters")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """List what the person asking keeps, to be changed, and what others share."""
    return _page()


@blueprint.get("/queue/filters.json")
@requires(Permission.READ)
def as_json() -> ResponseReturnValue:
    """Answer the same list for a machine."""
    return jsonify(filters=[_plain(row) for row in kept.saved_filters(session(), _me())])


@blueprint.post("/queue/filters")
@requires(Permission.READ)
def add() -> ResponseReturnValue:
    """Keep the narrowing a person sees."""
    form, made = SavedFilterForm(), list[SavedFilter]()

    def act() -> None:
        row = kept.keep(
            session(),
            # Held, so that a person who saves twice at once is told, and not an error of ours.
            current.own_row(session()).id,
            name=form.title,
            query=form.address,
            shared=bool(form.shared.data),
            by=current.actor(),
        )
        made.append(row)

    refused = send(form, act)
    if refused:
        return _page(adding=form), refused
    flash(_("“%(name)s” is kept above the list.", name=made[0].name))
    return redirect(address(made[0].query), SEE_OTHER)


@blueprint.post("/queue/filters/<uuid:key>")
@requires(Permission.READ)
def change(key: uuid.UUID) -> ResponseReturnValue:
    """Rename a filter, share it, let the queue open with it, or remove it."""
    form, me = SavedFilterForm(), current.own_row(session()).id
    row = kept.own(session(), me, key)
    wanted = request.form.get("act", "rename")
    if wanted == "remove":
        kept.remove(session(), row)
        flash(_("“%(name)s” is removed.", name=row.name))
        return redirect(url_for("saved_filters.index"), SEE_OTHER)
    if wanted in {"open", "close"}:
        kept.open_with(session(), row, first=wanted == "open")
        flash(_("The queue opens with “%(name)s”.", name=row.name) if row.first else _opens_whole())
        return redirect(url_for("saved_filters.index"), SEE_OTHER)

    def act() -> None:
        shared, seen = bool(form.shared.data), form.seen_version
        kept.rename(session(), row, form.title, shared=shared, seen=seen)

    refused = send(form, act)
    if refused:
        return _page(changing=(key, form)), refused
    flash(_("“%(name)s” is saved.", name=row.name))
    return redirect(url_for("saved_filters.index"), SEE_OTHER)


def address(query: str) -> str:
    """The queue narrowed so."""
    return f"{url_for('queue.page')}?{query or 'view=all'}"


def _opens_whole() -> str:
    return str(_("The queue opens with all claims."))


def _me() -> uuid.UUID:
    return current.myself().id


def _page(
    adding: SavedFilterForm | None = None,
    changing: tuple[uuid.UUID, SavedFilterForm] | None = None,
) -> str:
    """The list with a form for each own filter; a refused one keeps what was typed."""
    found = kept.saved_filters(session(), _me())
    key, refused = changing or (None, None)
    own = [
        (row, refused if row.id == key else _form(row)) for row in found if row.account_id == _me()
    ]
    return render_template(
        "saved_filters/page.html",
        own=own,
        others=[row for row in found if row.account_id != _me()],
        adding=adding,
        form=adding or refused,
        address=address,
    )


def _form(row: SavedFilter) -> SavedFilterForm:
    data = {"name": row.name, "shared": row.shared, "version": str(row.version)}
    return SavedFilterForm(formdata=None, prefix="", data=data)


def _plain(row: SavedFilter) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "href": address(row.query),
        "shared": row.shared,
        "own": row.account_id == _me(),
        "opens": row.first and row.account_id == _me(),
    }
