"""The identity provider of an installation: there where it is set, and nowhere else.

What speaks its protocol needs an optional library, so it is imported only where it is used.
"""

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Flask, current_app
from werkzeug.exceptions import NotFound

from app.config import Settings, agent
from app.oidc.problems import ProviderProblem
from app.provider_settings import ANSWER_PATH

if TYPE_CHECKING:
    from app.oidc.provider import Provider


def made(settings: Settings) -> "Provider | None":
    """Return the provider of an installation; None where none is set."""
    if not settings.oidc_issuer:
        return None
    speaking = import_module("app.oidc.provider")
    client = speaking.Client(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=settings.oidc_client_secret,
        redirect=settings.oidc_redirect_url,
        scopes=settings.oidc_scopes,
        demo=settings.demo,
        rsa_bits=settings.rsa_bits,
    )
    found: Provider = speaking.Provider(client, import_module("app.oidc.line").Line(agent()))
    return found


def known() -> "Provider | None":
    """Return the provider of this desk, if there is one."""
    found: Provider | None = current_app.extensions["provider"]
    return found


def provider() -> "Provider":
    """Return the provider of this desk; raise NotFound where there is none."""
    found = known()
    if found is None:
        raise NotFound
    return found


def way_out() -> str | None:
    """Return where people sign out of the provider itself; None where they cannot, or not now."""
    there = known()
    if there is None:
        return None
    with suppress(ProviderProblem):
        return there.way_out(there.client.redirect.removesuffix(ANSWER_PATH) + "/sign-in")
    return None


def init_provider(app: Flask) -> None:
    """Connect the provider to the application, and its name to the pages."""
    settings: Settings = app.extensions["settings"]
    app.extensions["provider"] = made(settings)
    app.context_processor(lambda: {"provider_name": settings.oidc_name})
