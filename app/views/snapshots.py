"""Snapshots: taking a file in, and handing it out again unaltered or not at all."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.evidence_store import as_file, store
from app.forms.sending import send
from app.forms.sources import SnapshotForm
from app.permissions import requires
from app.unit_of_work import session
from app.views.sources import shown
from claims.errors import Damaged
from sources import snapshots
from sources.models import Snapshot, Source
from sources.registry import find

blueprint = Blueprint("snapshots", __name__)
SEE_OTHER, BROKEN = 303, 500


@blueprint.post("/sources/<key>/snapshots")
@requires(Permission.ADD_EVIDENCE)
def upload(key: str) -> ResponseReturnValue:
    """Take a file in as a snapshot of a source."""
    source, form, taken = find(session(), key), SnapshotForm(), list[Snapshot]()
    refused = send(form, lambda: taken.append(_taken_in(form, source)))
    if refused is not None:
        return shown(source, upload=form, form=form), refused
    flash(_("Kept under SHA-256 %(start)s…", start=taken[0].sha256[:12]))
    return redirect(url_for("sources.page", key=source.key, _anchor="snapshots"), SEE_OTHER)


def _taken_in(form: SnapshotForm, source: Source) -> Snapshot:
    file = form.file.data
    return snapshots.take_in(
        session(),
        store(),
        source,
        file.stream,
        file.filename,
        actor(),
        retrieved_at=form.moment,
    )


@blueprint.get("/snapshots/<uuid:snapshot_id>.json")
@requires(Permission.READ)
def as_json(snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Answer with what is known of a snapshot; the file itself is at the address without it."""
    snapshot = snapshots.find(session(), snapshot_id)
    return twins.told({**twins.columns(snapshot), "source": snapshot.source.key})


@blueprint.get("/snapshots/<uuid:snapshot_id>")
@requires(Permission.READ)
def download(snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Hand a snapshot out as a file to save; damaged bytes are never served."""
    snapshot = snapshots.find(session(), snapshot_id)
    try:
        found = snapshots.download(store(), snapshot)
    except Damaged as problem:
        page = render_template("sources/damaged.html", snapshot=snapshot, problem=problem)
        return page, BROKEN
    return as_file(found, snapshot.sha256)
