"""What an installation says about its identity provider, looked at as a whole before it starts."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from app.address_parts import address_parts, is_loopback

SCOPES = "openid email"
"""What is asked for: who somebody is, and an address by which people recognise themselves."""
ANSWER_PATH = "/sign-in/provider/answer"
NEEDED = ("oidc_client_id", "oidc_client_secret", "oidc_redirect_url")
LIBRARY = "authlib"
LONGEST_SECRET = 4096


class Wrong(NamedTuple):
    """A variable nobody can work with, and why."""

    name: str
    reason: str


def variable(field: str) -> str:
    """Return the variable that sets a field."""
    return f"DESK_{field.upper()}"


def completed(given: Mapping[str, Any], *, demo: bool) -> dict[str, Any] | Wrong:
    """Return the settings with what follows from others, or what is wrong with them.

    Without an issuer there is no provider, and nothing else about one may be set.
    """
    issuer: str = given["oidc_issuer"]
    if not issuer:
        stray = next((name for name, value in given.items() if value), None)
        return Wrong(variable(stray), "set DESK_OIDC_ISSUER too") if stray else dict(given)
    if find_spec(LIBRARY) is None:
        return Wrong(
            "DESK_OIDC_ISSUER", "needs the optional extra `oidc`: install it, or unset this"
        )
    secret = _secret(given)
    if isinstance(secret, Wrong):
        return secret
    scopes = given["oidc_scopes"] or SCOPES
    name = given["oidc_name"] or address_parts(issuer).hostname or issuer
    found = {**given, "oidc_client_secret": secret, "oidc_scopes": scopes, "oidc_name": name}
    return _problem(found, demo=demo) or found


def _problem(found: Mapping[str, Any], *, demo: bool) -> Wrong | None:
    for field in ("oidc_issuer", "oidc_redirect_url"):
        text = found[field]
        if text and not fit(text, demo=demo):
            return Wrong(variable(field), f"{text!r} is no https address without query or user")
    lacking = next((field for field in NEEDED if not found[field]), None)
    if lacking is not None:
        return Wrong(variable(lacking), "is needed where DESK_OIDC_ISSUER is set")
    if not address_parts(found["oidc_redirect_url"]).path.endswith(ANSWER_PATH):
        return Wrong("DESK_OIDC_REDIRECT_URL", f"ends with {ANSWER_PATH}")
    if "openid" not in found["oidc_scopes"].split():
        return Wrong("DESK_OIDC_SCOPES", "names openid among the scopes")
    return None


def _secret(given: Mapping[str, Any]) -> str | Wrong:
    """Return the client's secret, from the variable or from the file that another one names."""
    text: str = given["oidc_client_secret"]
    name: str = given["oidc_client_secret_file"]
    if not name:
        return text
    file = Path(name).expanduser()
    if text:
        return Wrong("DESK_OIDC_CLIENT_SECRET_FILE", "DESK_OIDC_CLIENT_SECRET is set as well")
    try:
        kept = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as problem:
        reason = getattr(problem, "strerror", None) or "is no text"
        return Wrong("DESK_OIDC_CLIENT_SECRET_FILE", f"{file}: {reason}")
    if not kept or len(kept) > LONGEST_SECRET or not kept.isprintable():
        return Wrong("DESK_OIDC_CLIENT_SECRET_FILE", f"{file} does not hold one line")
    return kept


def fit(text: str, *, demo: bool, query: bool = False) -> bool:
    """Tell whether an address is fit for secrets: https, or this very machine, or a demo."""
    whole = address_parts(text)
    if not text.isprintable() or any(char in text for char in ' "<>\\#'):
        return False
    if not whole.hostname or "@" in whole.netloc or (whole.query and not query):
        return False
    return whole.scheme == "https" or (
        whole.scheme == "http" and (demo or is_loopback(whole.hostname))
    )
