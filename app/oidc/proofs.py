"""Reading what a provider signed: who somebody is (id token), and who is to be out (logout token).

OpenID Connect Core 1.0, section 3.1.3.7, and Back-Channel Logout 1.0, section 2.6.
"""

import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry

from app.oidc import problems
from app.oidc.keys import ALGORITHMS, Key

LEEWAY = 60
"""Seconds by which two clocks may differ."""
LONGEST, LONGEST_SUBJECT, LONGEST_LABEL = 32 * 1024, 255, 200
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
MOST_AGE = 300
"""Seconds after which a logout token is too old, whatever it says itself."""
NAMES = ("email", "preferred_username", "name")
BROKEN = (JoseError, ValueError, TypeError, KeyError, RecursionError, binascii.Error)
Finder = Callable[[str | None, str], Key | None]
"""Returns the key of an id and an algorithm."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a proof must say: by whom, for whom, at which moment it is read (seconds)."""

    issuer: str
    client: str
    now: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as the provider knows them.

    ``label`` is what people recognise: shown, never compared. ``strengths`` are ``acr`` and the
    words of ``amr``; ``proved`` is when the person last proved it there, in seconds.
    """

    issuer: str
    subject: str
    label: str
    strengths: frozenset[str]
    proved: int | None
    sid: str | None


@dataclass(frozen=True, slots=True)
class Farewell:
    """Whom the provider has signed out: everything of a subject, or one session of it."""

    subject: str | None
    sid: str | None
    token_id: str


def identity(text: str, finder: Finder, expected: Expected, nonce: str) -> Identity:
    """Return whom an id token is about; raise Unproven where anything does not hold."""
    header, claims = _signed(text, finder)
    token = CodeIDToken(
        claims,
        header,
        {
            "iss": {"essential": True, "value": expected.issuer},
            "aud": {"essential": True, "value": expected.client},
            "nonce": {"essential": True, "value": nonce},
        },
        {"nonce": nonce, "client_id": expected.client},
    )
    try:
        token.validate(now=expected.now, leeway=LEEWAY)
    except BROKEN as problem:
        raise problems.unproven(f"id token: {problem}") from problem
    return Identity(
        issuer=expected.issuer,
        subject=_subject(claims),
        label=_label(claims),
        strengths=_strengths(claims),
        proved=_seconds(claims.get("auth_time")),
        sid=_word(claims.get("sid")),
    )


def farewell(text: str, finder: Finder, expected: Expected) -> Farewell:
    """Return whom a logout token is about; raise Unproven where anything does not hold."""
    header, claims = _signed(text, finder)
    kind = header.get("typ")
    if isinstance(kind, str) and kind.lower() not in {"logout+jwt", "jwt"}:
        raise problems.unproven("logout token: another typ")
    rules = JWTClaimsRegistry(
        expected.now,
        LEEWAY,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client},
        iat={"essential": True},
        jti={"essential": True},
        events={"essential": True},
    )
    try:
        rules.validate(claims)
    except BROKEN as problem:
        raise problems.unproven(f"logout token: {problem}") from problem
    subject, sid = _word(claims.get("sub")), _word(claims.get("sid"))
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
        raise problems.unproven("logout token: another event")
    if "nonce" in claims or not (subject or sid):
        raise problems.unproven("logout token: names nobody, or is an id token")
    if claims["iat"] < expected.now - MOST_AGE:
        raise problems.unproven("logout token: too old")
    return Farewell(subject, sid, str(claims["jti"]))


def _signed(text: str, finder: Finder) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """Return header and claims of a token whose signature holds; raise Unproven."""
    if len(text) > LONGEST:
        raise problems.unproven("the token is too long")
    try:
        header = jws.extract_compact(text.encode()).headers()
        algorithm, kid = header.get("alg"), header.get("kid")
        if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
            raise problems.unproven(f"the token is signed with {algorithm!r:.40}")
        key = finder(kid if isinstance(kid, str) else None, algorithm)
        if key is None:
            raise problems.unproven("the provider has no such key")
        token = jwt.decode(text, key, algorithms=[algorithm])
    except BROKEN as problem:
        raise problems.unproven(f"the token cannot be read: {type(problem).__name__}") from problem
    return token.header, token.claims


def _subject(claims: Mapping[str, Any]) -> str:
    found = _word(claims.get("sub"))
    if found is None:
        raise problems.unproven("id token: the subject is empty, too long or unreadable")
    return found


def _word(found: Any) -> str | None:
    """Return a short text that can be printed; None for anything else."""
    fine = isinstance(found, str) and 0 < len(found) <= LONGEST_SUBJECT and found.isprintable()
    return found if fine else None


def _label(claims: Mapping[str, Any]) -> str:
    """Return how people know this identity; a name that cannot be printed is none."""
    known = (claims.get(name) for name in NAMES)
    fit = (text for text in known if isinstance(text, str) and text and text.isprintable())
    return next(fit, "")[:LONGEST_LABEL]


def _strengths(claims: Mapping[str, Any]) -> frozenset[str]:
    """Return the words of ``acr`` and ``amr``; what is no text says nothing."""
    amr = claims.get("amr")
    said = [claims.get("acr"), *(amr if isinstance(amr, list) else ())]
    return frozenset(word for word in said if isinstance(word, str))


def _seconds(found: Any) -> int | None:
    """Return a moment in seconds; None for what is none."""
    fine = isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 1e12  # noqa: PLR2004
    return int(found) if fine else None
