"""The sources that are found while somebody types, for the list beside the field."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app import twins
from app.accounts.roles import Permission
from app.forms.placed import key_or_none
from app.forms.source_choices import source_line, told_of
from app.permissions import requires
from app.unit_of_work import session
from claims.models import Claim
from claims.queries.choices import sources_to_choose

blueprint = Blueprint("source_choices", __name__)


@blueprint.get("/source-choices.json")
@requires(Permission.ADD_EVIDENCE)
def found() -> ResponseReturnValue:
    """Tell which sources have all the words ``q``; without words the nearest to ``claim``."""
    key = key_or_none(request.args.get("claim"))
    claim = session().get(Claim, key) if key else None
    offered = sources_to_choose(session(), claim, request.args.get("q", ""))
    listed = [{"key": row.key, "line": source_line(row)} for row in offered.rows]
    return twins.told({"sources": listed, "told": told_of(offered)})
