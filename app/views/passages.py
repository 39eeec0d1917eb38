"""A passage marked in a copy, read at once for the form beside it."""

import uuid

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.roles import Permission
from app.forms.evidence import EvidenceForm
from app.passage_reading import reading
from app.permissions import requires
from app.unit_of_work import session
from claims.evidence_places import copy_of
from claims.queries.claims import claim_with_all
from sources.snapshots import find

blueprint = Blueprint("passages", __name__)


@blueprint.get("/claims/<uuid:claim_id>/passage/<uuid:snapshot_id>")
@requires(Permission.ADD_EVIDENCE)
def read(claim_id: uuid.UUID, snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """Answer what a passage says, as a part of the form's page; nothing is kept."""
    claim = claim_with_all(session(), claim_id)
    form = EvidenceForm(formdata=request.args)
    found = reading(form, claim, None, copy_of(find(session(), snapshot_id)))
    return render_template("evidence/_reading.html", reading=found, article=claim.article)
