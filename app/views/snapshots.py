"""Snapshots: taking a file in, and handing it out again unaltered or not at all."""

import hashlib
import uuid
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.evidence_store import as_file, store
from app.forms.brought import Brought
from app.forms.sending import send
from app.forms.sources import SnapshotForm
from app.ledger import acts
from app.once.course import shown_again
from app.permissions import requires
from app.unit_of_work import beforehand, session
from app.views.evidence import tell_remarks
from app.views.sources import shown
from claims.errors import Damaged
from sources import snapshots
from sources.models import Snapshot, Source
from sources.registry import find
from sources.snapshots import Download
from sources.store import Store

blueprint = Blueprint("snapshots", __name__)
SEE_OTHER, BROKEN = 303, 500


def brought(key: str) -> Brought:  # noqa: ARG001 - the view's own argument
    """Read the file of the form before anything is written."""
    return Brought.read()


@blueprint.post("/sources/<key>/snapshots")
@requires(Permission.ADD_EVIDENCE)
@beforehand(brought)
def upload(key: str, prepared: Brought) -> ResponseReturnValue:
    """Take a file in as a snapshot of a source."""
    source, form, taken = find(session(), key), SnapshotForm(), list[Snapshot]()
    refused = send(form, lambda: taken.append(_taken_in(form, prepared, source)), prepared.problem)
    if refused is not None:
        return shown(source, upload=form, form=form), refused
    flash(_("Kept under SHA-256 %(start)s…", start=taken[0].sha256[:12]))
    tell_remarks(prepared)
    return redirect(url_for("sources.page", key=source.key, _anchor="snapshots"), SEE_OTHER)


def _taken_in(form: SnapshotForm, brought: Brought, source: Source) -> Snapshot:
    file = brought.received
    if file is None:
        message = "a form that is in order brings a file"
        raise LookupError(message)
    return snapshots.keep(session(), store(), source, file, actor(), retrieved_at=form.moment)


@blueprint.get("/snapshots/<uuid:snapshot_id>/file")
@requires(Permission.READ)
def download(snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Hand a snapshot out as a file to save; damaged bytes are never served."""
    return _handed_out(snapshots.find(session(), snapshot_id), snapshots.download)


@blueprint.post("/snapshots/<uuid:snapshot_id>/original")
@requires(Permission.SIGN_OFF)
@shown_again
def original(snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Hand out a sealed picture as it came, and write into the ledger who opened it."""
    snapshot = snapshots.find(session(), snapshot_id)
    story = {"name": snapshot.file_name or snapshot.sha256[:12], "source": snapshot.source.key}
    acts.record(session(), "read", "snapshot", str(snapshot.id), "open_sealed", story)
    return _handed_out(snapshot, snapshots.original)


def _handed_out(
    snapshot: Snapshot, take: Callable[[Store, Snapshot], Download]
) -> ResponseReturnValue:
    try:
        found = take(store(), snapshot)
    except Damaged as problem:
        page = render_template("sources/damaged.html", snapshot=snapshot, problem=problem)
        return page, BROKEN
    return as_file(found, hashlib.sha256(found.content).hexdigest())
