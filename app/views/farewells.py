"""What the provider says by itself: somebody is signed out there, and so is to be here at once.

OpenID Connect Back-Channel Logout 1.0. No browser is in between; the signature proves the sender.
"""

from typing import TYPE_CHECKING

import structlog
from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from app.accounts import current, provider_sessions, spent
from app.accounts.provider import provider
from app.accounts.roles import Permission
from app.oidc import problems
from app.oidc.problems import ProviderProblem, Unanswered
from app.once.course import repeatable
from app.permissions import requires
from app.security_events import entering
from app.security_events.vocabulary import Event
from app.unit_of_work import beforehand, session

if TYPE_CHECKING:
    from app.oidc.proofs import Farewell

log = structlog.get_logger()
blueprint = Blueprint("farewells", __name__)
BAD, UNAVAILABLE = 400, 503
ACTOR = "system:provider"


def told() -> "Farewell":
    """Read what the provider signed, before a transaction begins; raise ProviderProblem."""
    return provider().farewell(request.form.get("logout_token", ""))


@blueprint.post("/sign-in/provider/out")
@requires(Permission.PUBLIC)
@repeatable("its number is used up, so the second is refused")
@beforehand(told)
def said(prepared: "Farewell") -> ResponseReturnValue:
    """End what the provider has ended; each message counts once."""
    if not spent.spend(session(), f"farewell {prepared.token_id}"):
        raise problems.astray("this logout token came before")
    current.act_as(ACTOR)
    issuer = provider().client.issuer
    provider_sessions.end_by_provider(session(), issuer, prepared.subject, prepared.sid)
    return jsonify({})


@blueprint.errorhandler(ProviderProblem)
def refused(problem: ProviderProblem) -> ResponseReturnValue:
    """Answer a program as section 2.8 asks for."""
    log.warning("provider", code=problem.code, reason=problem.reason, request=g.request_id)
    if isinstance(problem, Unanswered):
        return jsonify({"error": "temporarily_unavailable"}), UNAVAILABLE
    entering.refused(Event.REQUEST_FORGED, "provider", problem.code)
    return jsonify({"error": "invalid_request"}), BAD
