"""Whether the service stands, and which version it is: for machines that watch it."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from app.accounts.roles import Permission
from app.config import release
from app.permissions import requires
from app.unit_of_work import session

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@requires(Permission.PUBLIC)
def health() -> ResponseReturnValue:
    """Answer 200 as long as the database answers."""
    session().execute(text("SELECT 1"))
    return jsonify(status="ok")


@blueprint.get("/version")
@requires(Permission.PUBLIC)
def version() -> ResponseReturnValue:
    """Answer with the version of the product."""
    return jsonify(version=release())
