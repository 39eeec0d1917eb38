"""Two entries of the register that are one document: compared, merged, or said to be two."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.current import actor, may
from app.accounts.roles import Permission
from app.field_labels import field_label
from app.filters import label, titled, words
from app.forms.merges import ApartForm, MergeForm
from app.forms.sending import send
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims.errors import Refused
from claims.merging import CHOSEN, CITED, differing, gaps, merge, value_of
from claims.queries.reliance import counts
from sources import names
from sources.duplicates import keep_apart
from sources.models import Source
from sources.registry import find
from sources.veil import refuse_veiled

blueprint = Blueprint("merges", __name__)
NAMES = (*CHOSEN, *CITED)
SEE_OTHER = 303


@blueprint.get("/sources/<key>/merge/<other>")
@requires(Permission.ADD_EVIDENCE)
def page(key: str, other: str) -> ResponseReturnValue:
    """Show both entries, field by field, with the one that stays on the left."""
    stays, goes = _pair(key, other)
    return _page(stays, goes, MergeForm(formdata=None))


@blueprint.post("/sources/<key>/merge/<other>")
@requires(Permission.ADD_EVIDENCE)
def save(key: str, other: str) -> ResponseReturnValue:
    """Let the one entry stand for both."""
    stays, goes = _pair(key, other)
    form, leads = MergeForm(), may(Permission.CONFIDE)

    def act() -> None:
        taken = form.taken(NAMES)
        merge(session(), stays, goes, taken, by=actor(), leads=leads, seen=form.seen)

    refused = send(form, act)
    if refused:
        session().expire_all()
        return _page(*_pair(key, other, form=form), form), refused
    undoable(_("Merged. The older key leads here."))
    return redirect(url_for("sources.page", key=stays.key), SEE_OTHER)


@blueprint.post("/sources/<key>/apart")
@requires(Permission.ADD_EVIDENCE)
def apart(key: str) -> ResponseReturnValue:
    """Note that two entries are two documents."""
    form, source = ApartForm(), find(session(), key)

    def act() -> None:
        keep_apart(session(), source, find(session(), form.other.data or ""), by=actor())

    refused = send(form, act)
    if refused:
        raise Refused(
            "no_pair", {"zh": "没有这一对来源。", "en": "There is no such pair of sources."}
        )
    flash(_("Noted. It is not proposed again."))
    return redirect(url_for("sources.page", key=source.key, _anchor="duplicates"), SEE_OTHER)


def _pair(key: str, other: str, form: MergeForm | None = None) -> tuple[Source, Source]:
    """The two entries; raise Refused for one that already stands for both."""
    stays, goes = find(session(), key), find(session(), other)
    refuse_veiled(stays, goes)
    if stays.id == goes.id and form is None:
        raise Refused(
            "same_entry",
            {
                "zh": "这两个键指向同一条来源，或者已经合并过了。",
                "en": "Both keys lead to one entry: it is the same, or they were merged already.",
            },
        )
    return stays, goes


def _page(stays: Source, goes: Source, form: MergeForm) -> str:
    differ = differing(stays, goes)
    form.version.data, form.other_version.data = str(stays.version), str(goes.version)
    uses = counts(session(), [stays.id, goes.id])
    return render_template(
        "merges/page.html",
        stays=stays,
        goes=goes,
        form=form,
        taken=form.taken(NAMES) if form.is_submitted() else gaps(stays, goes),
        rows=[
            (
                name,
                field_label(f"{name}_id" if name == "derived_from" else name),
                *_both(stays, goes, name),
            )
            for name in NAMES
            if name in CHOSEN or any(value_of(row, name) for row in (stays, goes))
        ],
        differ=set(differ),
        uses=uses,
    )


def _both(stays: Source, goes: Source, name: str) -> tuple[Any, Any]:
    mine, theirs = (_shown(value_of(row, name)) for row in (stays, goes))
    if name == "authors":
        return names.shown(mine) or None, names.shown(theirs) or None
    return mine, theirs


def _shown(value: Any) -> Any:
    """A value as a person reads it; None where there is none."""
    if isinstance(value, Source):
        return titled(value)
    if isinstance(value, dict):
        return words(value)
    return label(value) if value not in {None, ""} and not isinstance(value, int) else value
