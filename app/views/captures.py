"""Capturing a source at its address: asking for it, the record of the fetch, and what follows."""

import uuid

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import captures
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.evidence_store import as_file, store
from app.forms.captures import AcceptForm, CaptureForm, LateCopyForm
from app.forms.sending import send
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from app.views.sources import shown
from claims.awaited import take_late
from claims.errors import Missing
from claims.models import Evidence
from claims.queries.claims import claim_with_all
from sources import attempts, suggestions
from sources.registry import find
from sources.snapshots import Download
from sources.veil import refuse_veiled

blueprint = Blueprint("captures", __name__)
SEE_OTHER = 303
PACKED = "application/gzip"


@blueprint.post("/sources/<key>/capture")
@requires(Permission.ADD_EVIDENCE)
def ask(key: str) -> ResponseReturnValue:
    """Ask for a copy of a source at its address."""
    source, form = find(session(), key), CaptureForm()
    refuse_veiled(source)
    refused = send(form, lambda: captures.ask(session(), source, by=actor()))
    if refused is not None:
        return shown(source, form=form), refused
    flash(_("The address is being captured. The page may be left meanwhile."))
    return redirect(url_for("sources.page", key=source.key, _anchor="captures"), SEE_OTHER)


@blueprint.post("/sources/<key>/suggestions")
@requires(Permission.ADD_EVIDENCE)
def accept(key: str) -> ResponseReturnValue:
    """Fill empty fields of a source with what its captured page says."""
    source, form, taken = find(session(), key), AcceptForm(), list[str]()
    refuse_veiled(source)
    refused = send(form, lambda: taken.extend(suggestions.accept(session(), source, form.names)))
    if refused is not None:
        return shown(source, form=form), refused
    flash(ngettext("%(num)s field was filled.", "%(num)s fields were filled.", len(taken)))
    return redirect(url_for("sources.page", key=source.key, _anchor="about"), SEE_OTHER)


@blueprint.post("/evidence/<uuid:evidence_id>/copy")
@requires(Permission.ADD_EVIDENCE)
def take(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Rest an item on the copy of its source that came after its claim was handed over."""
    item = session().get(Evidence, evidence_id)
    if item is None:
        raise Missing(
            "no_such_evidence", {"zh": "没有这条证据。", "en": "There is no such evidence."}
        )
    claim_with_all(session(), item.claim_id, lock=True)
    form = LateCopyForm()
    refused = send(form, lambda: take_late(session(), item))
    if refused is not None:
        flash(" ".join(map(str, form.form_errors)))
    else:
        undoable(_("The evidence rests on the snapshot now."))
    return redirect(url_for("evidence.page", evidence_id=item.id), SEE_OTHER)


@blueprint.get("/captures/<uuid:attempt_id>/record")
@requires(Permission.READ)
def record(attempt_id: uuid.UUID) -> ResponseReturnValue:
    """Hand out the WARC record of what a site answered; damaged bytes are never served."""
    attempt = attempts.find(session(), attempt_id)
    refuse_veiled(attempt.source)
    attempts.refuse_sealed(attempt)
    if attempt.warc_sha256 is None:
        raise Missing(
            "no_record",
            {"zh": "这次抓取没有留下记录。", "en": "This attempt left no record."},
        )
    content = store().read(attempt.warc_sha256)
    name = f"{attempt.source.key}-{attempt.created_at:%Y%m%d}.warc.gz"
    return as_file(Download(content, name, PACKED), attempt.warc_sha256)
