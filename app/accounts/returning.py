"""Proving who came back from the provider, before anything is written in earnest.

The order is the point: the browser that began the way, then one use of it, then the sender, and
only then a word to the provider.
"""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

from app.accounts import attempts, current, identities, journeys, spent
from app.accounts.journeys import Errand, Purpose, Way
from app.accounts.provider import provider
from app.oidc import problems
from app.unit_of_work import database

if TYPE_CHECKING:
    from app.oidc.proofs import Identity

KNOWN_ERRORS = frozenset(
    {
        "access_denied",
        "account_selection_required",
        "consent_required",
        "interaction_required",
        "invalid_request",
        "invalid_scope",
        "login_required",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_response_type",
    }
)
"""The errors of RFC 6749 and OpenID Connect Core; any other is called ``other``."""
COUNTED_AS = "\nprovider"
"""What attempts through the provider count as: no user name begins so."""


class Returned(NamedTuple):
    """Who came back, on which errand they had gone, and whether they gave two proofs there."""

    errand: Errand
    identity: "Identity"
    strong: bool
    pair: str


def returned() -> Returned:
    """Return who came back; raise ProviderProblem, or TooManyRequests for too many attempts."""
    given = _single(request.args.lists())
    way = journeys.take()
    if way is None or given.get("state") != way.state or way.issuer != provider().client.issuer:
        raise problems.astray("no such way, another state, or another provider")
    address = request.remote_addr or ""
    counted = attempts.attempt(database(), COUNTED_AS, address, familiar=current.is_familiar())
    if counted.wait is not None:
        raise TooManyRequests(retry_after=counted.wait)
    _spend(way)
    provider().check_sender(given.get("iss"))
    if "error" in given:
        raise problems.denied(given["error"] if given["error"] in KNOWN_ERRORS else "other")
    found = provider().identity(given.get("code", ""), way.secrets)
    _expect(way, found)
    trusted = current_app.extensions["settings"].oidc_mfa
    return Returned(way.errand, found, not found.strengths.isdisjoint(trusted), counted.pair)


def _single(pairs: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    """Return what was given once; what is given twice could be read in two ways."""
    return {name: values[0] for name, values in pairs if len(values) == 1}


def _spend(way: Way) -> None:
    with database().writing("visitor") as session:
        first = spent.spend(session, way.state)
    if not first:
        raise problems.astray("this state came back before")


def _expect(way: Way, found: "Identity") -> None:
    """Raise Unproven for a proof that is too old, or of somebody else than the errand needs."""
    errand = way.errand
    if errand.purpose is Purpose.SIGN_IN:
        holder = _holder(found)
        if holder is None:
            raise problems.unwelcome(found.issuer, found.subject)
    if errand.purpose is Purpose.CONFIRM:
        provider().check_fresh(found, way.begun)
        if errand.account is None or _holder(found) != errand.account:
            raise problems.somebody_else()


def _holder(found: "Identity") -> uuid.UUID | None:
    """Return whose account an identity opens."""
    with database().reading() as session:
        known = identities.welcomed(session, found.issuer, found.subject)
        return known.account_id if known is not None else None
