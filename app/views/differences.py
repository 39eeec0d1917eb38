"""Reading an article again: what differs, taken over or left one by one or all at once."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.base import DeskForm
from app.forms.sending import send
from app.forms.triage import ActForm, SettleForm
from app.permissions import requires
from app.unit_of_work import session
from claims.difference_acts import settle
from claims.differences import read_again
from claims.models import ReadingDifference
from claims.queries.articles import newest, version_of
from claims.readings import expect_read, latest_reading
from claims.undo import last_act

blueprint = Blueprint("differences", __name__, url_prefix="/articles/<key>")
SEE_OTHER = 303


@blueprint.get("/differences")
@blueprint.get("/differences.json", endpoint="as_json")
@requires(Permission.READ)
def page(key: str) -> ResponseReturnValue:
    """Show what the newest reading sees differently."""
    return _shown(key)


def _shown(key: str, form: DeskForm | None = None) -> twins.Shown:
    article, version = newest(session(), key)
    reading = latest_reading(session(), version.id)
    rows = (
        session()
        .scalars(
            select(ReadingDifference)
            .where(ReadingDifference.reading_id == (reading.id if reading else None))
            .order_by(ReadingDifference.number)
        )
        .all()
    )
    return twins.shown(
        "differences/page.html",
        lambda: page_twins.differences(article, reading, rows),
        article=article,
        reading=reading,
        rows=rows,
        act=last_act(session(), version, actor()),
        form=form,
    )


@blueprint.post("/differences/read")
@requires(Permission.ADD_ARTICLE)
def again(key: str) -> ResponseReturnValue:
    """Read the newest version again with the reader and the tables of today."""
    form = ActForm()
    version = version_of(session(), key)
    refused = send(form, lambda: read_again(session(), version, by=actor()))
    if refused:
        session().expire_all()
        return _shown(key, form), refused
    flash(_("Read again. Nothing that stands was changed."))
    return redirect(url_for("differences.page", key=key), SEE_OTHER)


@blueprint.post("/differences/take")
@requires(Permission.ASSESS)
def take(key: str) -> ResponseReturnValue:
    """Take one difference over, or all that no editor holds."""
    return _settled(key, take=True)


@blueprint.post("/differences/leave")
@requires(Permission.ASSESS)
def leave(key: str) -> ResponseReturnValue:
    """Leave one difference, or all that are open."""
    return _settled(key, take=False)


def _settled(key: str, *, take: bool) -> ResponseReturnValue:
    form = SettleForm()
    version = version_of(session(), key)

    def act() -> None:
        reading = expect_read(latest_reading(session(), version.id))
        chosen = None if form.number.data is None else [form.number.data]
        settle(session(), version, reading, chosen, take=take, by=actor())

    refused = send(form, act)
    if refused:
        session().expire_all()
        return _shown(key, form), refused
    return redirect(url_for("differences.page", key=key), SEE_OTHER)
