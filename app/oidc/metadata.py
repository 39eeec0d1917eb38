"""What a provider says about itself (OpenID Connect Discovery 1.0), as far as the desk needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.oidc import problems
from app.provider_settings import fit

WELL_KNOWN = "/.well-known/openid-configuration"
BASIC, POST = "client_secret_basic", "client_secret_post"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where the provider's ends are.

    ``basic`` tells whether the client's secret goes into a header, which is the usual, or into the
    form, where there is one way only to write it; ``names_itself`` whether every
    answer carries ``iss`` (RFC 9207). ``way_out`` is where people sign out there, if anywhere.
    """

    issuer: str
    authorization: str
    token: str
    keys: str
    way_out: str | None
    basic: bool
    names_itself: bool


def address_of(issuer: str) -> str:
    """Return where an issuer describes itself (section 4)."""
    return issuer.rstrip("/") + WELL_KNOWN


def read(said: Mapping[str, Any], issuer: str, *, demo: bool) -> Metadata:
    """Return the metadata of an issuer; raise Unanswered for those of another, or unfit ones."""
    if said.get("issuer") != issuer:
        raise problems.unusable(f"discovery names another issuer: {said.get('issuer')!r:.200}")
    out = said.get("end_session_endpoint")
    methods = _words(said.get("token_endpoint_auth_methods_supported"), [BASIC])
    if not {BASIC, POST} & methods:
        raise problems.unusable(f"the token endpoint takes neither {BASIC} nor {POST}")
    challenges = _words(said.get("code_challenge_methods_supported"), ["S256"])
    if "S256" not in challenges:
        raise problems.unusable("the provider has no S256 challenge (PKCE)")
    return Metadata(
        issuer=issuer,
        authorization=_end(said, "authorization_endpoint", demo=demo),
        token=_end(said, "token_endpoint", demo=demo),
        keys=_end(said, "jwks_uri", demo=demo),
        way_out=out if isinstance(out, str) and fit(out, demo=demo, query=True) else None,
        basic=POST not in methods,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _end(said: Mapping[str, Any], name: str, *, demo: bool) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not fit(found, demo=demo, query=True):
        raise problems.unusable(f"{name} is no https address: {found!r:.200}")
    return found


def _words(found: Any, usual: list[str]) -> set[str]:
    """Return a list of words; what is usual where there is none."""
    words = usual if found is None else found
    return {word for word in words if isinstance(word, str)} if isinstance(words, list) else set()
