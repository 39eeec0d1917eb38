"""What is told in confidence: who needs to know a source, and how it is reached."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, after_this_request, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from app.accounts.current import actor, may, reader
from app.accounts.models import Account
from app.accounts.roles import Permission, permissions
from app.evidence_store import contact_keys
from app.forms.base import DeskForm
from app.forms.confidences import ActForm, ContactForm, ReaderForm
from app.forms.sending import send
from app.ledger import acts
from app.ledger.erasure import empty_log
from app.once.course import shown_again
from app.permissions import requires
from app.unit_of_work import database, session
from claims.errors import Missing
from sources.contacts import (
    Reached,
    add_contact,
    contacts_of,
    destroy_contact,
    find_contact,
    read_contact,
)
from sources.models import Source
from sources.need_to_know import (
    find_reader,
    knows,
    may_name,
    name_reader,
    readers,
    refuse_unknowing,
    revoke,
)
from sources.registry import find

blueprint = Blueprint("confidences", __name__)
SEE_OTHER = 303


@blueprint.get("/sources/<key>/contacts")
@requires(Permission.READ)
def page(key: str) -> ResponseReturnValue:
    """Show who may know a confidential source, and that contacts are kept of it."""
    return _page(_source(key))


@blueprint.post("/sources/<key>/contacts")
@requires(Permission.ADD_EVIDENCE)
def add(key: str) -> ResponseReturnValue:
    """Keep a contact, encrypted."""
    source, form = _source(key), ContactForm()
    said = _("The contact is kept, encrypted. Each reading of it is entered in the ledger.")
    return _done(
        source,
        form,
        lambda: add_contact(session(), contact_keys(), source, form.told, by=actor()),
        said,
        contact=form,
    )


@blueprint.post("/sources/<key>/contacts/<uuid:contact_id>/read")
@requires(Permission.KNOW)
@shown_again
def read(key: str, contact_id: uuid.UUID) -> ResponseReturnValue:
    """Open a contact: the reading is in the ledger before anything is shown."""
    source, form, told = _source(key), ActForm(), list[Reached]()
    row = find_contact(session(), source, contact_id)

    def act() -> None:
        story = {"source": str(source.id)}
        acts.record(session(), "read", "contact", str(row.id), "read", story)
        told.append(read_contact(session(), contact_keys(), source, row, by=actor()))

    refused = send(form, act)
    if refused:
        return _page(source, form=form), refused
    return _page(source, told=told[0], opened_id=row.id)


@blueprint.post("/sources/<key>/contacts/<uuid:contact_id>/destroy")
@requires(Permission.ADD_EVIDENCE)
def destroy(key: str, contact_id: uuid.UUID) -> ResponseReturnValue:
    """Destroy a contact with its key."""
    source, form = _source(key), ActForm()
    row = find_contact(session(), source, contact_id)
    after_this_request(_forgotten)
    said = _("The contact is destroyed. Nobody can read it again.")
    return _done(source, form, lambda: destroy_contact(session(), source, row, by=actor()), said)


@blueprint.post("/sources/<key>/readers")
@requires(Permission.ADD_EVIDENCE)
def name(key: str) -> ResponseReturnValue:
    """Let a person know who the source is."""
    source = _source(key)
    form, leads = _offered(source), may(Permission.CONFIDE)
    return _done(
        source,
        form,
        lambda: name_reader(session(), source, form.reader.data, by=actor(), leads=leads),
        _("They may know it now."),
        reader=form,
    )


@blueprint.post("/sources/<key>/readers/<uuid:reader_id>/revoke")
@requires(Permission.ADD_EVIDENCE)
def let_go(key: str, reader_id: uuid.UUID) -> ResponseReturnValue:
    """Let a person know no more."""
    source, form = _source(key), ActForm()
    row = find_reader(session(), source, reader_id)
    leads = may(Permission.CONFIDE)
    return _done(
        source,
        form,
        lambda: revoke(session(), row, source, by=actor(), leads=leads),
        _("They may not know it any more."),
    )


def _forgotten(response: Response) -> Response:
    """Let the database's own log forget as well, when all is committed."""
    empty_log(database().engine)
    return response


def _source(key: str) -> Source:
    """The source, for whoever knows it or decides who does; raise Forbidden for others."""
    source = find(session(), key)
    if not source.confidential:
        raise Missing(
            "not_confidential",
            {"zh": "这个来源不是保密来源。", "en": "This source is not confidential."},
        )
    if not may_name(source, actor(), leads=may(Permission.CONFIDE)):
        refuse_unknowing(session(), source, reader())
    return source


def _done(
    source: Source, form: DeskForm, act: Callable[[], object], said: str, **shown: Any
) -> ResponseReturnValue:
    """Do what a form of the page asks for, and lead back to it."""
    refused = send(form, act)
    if refused:
        session().expire_all()
        return _page(source, form=form, **shown), refused
    flash(said)
    return redirect(url_for("confidences.page", key=source.key), SEE_OTHER)


def _offered(source: Source) -> ReaderForm:
    query = select(Account).where(Account.active).options(selectinload(Account.grants))
    rows = session().scalars(query.order_by(Account.display_name, Account.name))
    accounts = [row for row in rows if Permission.KNOW in permissions(row.roles)]
    standing = {row.reader for row in readers(session(), source) if row.revoked_by is None}
    return ReaderForm().offer(accounts, standing | {source.created_by})


def _page(source: Source, **shown: Any) -> str:
    known = knows(session(), source, reader())
    values = {
        "source": source,
        "known": known,
        "decides": may_name(source, actor(), leads=may(Permission.CONFIDE)),
        "readers": readers(session(), source),
        "contacts": contacts_of(session(), source),
        "contact": shown.get("contact") or ContactForm(formdata=None),
        "reader": shown.get("reader") or _offered(source),
        "act": ActForm(formdata=None),
    }
    return render_template("confidences/page.html", **{**values, **shown})
