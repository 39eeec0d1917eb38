"""Ways to the identity provider and back, on which the provider or the traveller lies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.app.oidc.hostile import KEY, SECOND, Hostile, confused, tampered, unsigned
from tests.benchmarks.hostile import requests, texts
from tests.benchmarks.hostile.browsers import SIGN_IN, with_key
from tests.benchmarks.hostile.forms import WRONG, Pairs, Sent, either, on_page, posted
from tests.benchmarks.hostile.lines import Answer

KIND, BEGUN = "provider", "provider, begun"
TRAVELLER = "traveller"
"""A browser that goes to the provider and comes back, and is nobody's in between."""
STARTS, ANSWER, OUT = (
    f"{SIGN_IN}/provider",
    f"{SIGN_IN}/provider/answer",
    f"{SIGN_IN}/provider/out",
)
OWN = f"{SIGN_IN}/provider/own"
AWAY = re.compile(r"0; url=(.*)")
CLAIMS = (
    "iss", "sub", "aud", "exp", "iat", "nbf", "nonce", "email", "azp", "amr", "sid", "jti",
    "events", "auth_time", "acr", "name",
)  # fmt: skip
BROUGHT = ("code", "state", "iss", "error", "error_description", "scope")
TOKENS = (
    unsigned,
    lambda claims: confused(claims, KEY),
    lambda _claims: "a.b.c",
    lambda _claims: "..",
)
BODIES = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b",
    b"HTTP/1.1 400 No\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b",
    b"HTTP/1.1 302 No\r\nLocation: http://127.0.0.1:1/\r\nX: %d\r\n\r\n%b",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b",
)
HUGE = 10**400


@dataclass(frozen=True)
class Lie:
    """What is untrue about one way: of the provider's words, and of what the browser brings."""

    claims: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, bytes] = field(default_factory=dict)
    token: int | None = None
    brought: Mapping[str, str] = field(default_factory=dict)
    stranger: bool = False

    def told(self, provider: Hostile) -> None:
        """Let the provider tell it, and nothing of the lies before."""
        provider.claims, provider.raw = dict(self.claims), dict(self.raw)
        provider.key = SECOND if self.stranger else KEY
        provider.token = None
        if self.token is not None:
            make = TOKENS[self.token]
            provider.token = lambda nonce: make(provider.about(nonce))


def lies() -> SearchStrategy[Lie]:
    """Any of them, and the truth with odd words in it."""
    odd: SearchStrategy[Any] = st.one_of(
        st.sampled_from([*requests.VALUES, HUGE, -HUGE, 1e308, "x" * 20_000, "\x00", "a" * 256]),
        texts.pieces(),
        requests.values(),
    )
    claims = st.dictionaries(st.sampled_from(CLAIMS), odd, max_size=3)
    documents = requests.documents() | st.binary(max_size=60)
    raw = st.builds(
        lambda path, head, body: {path: head % (len(body), body)},
        st.sampled_from(["/token", "/token", "/keys", "/.well-known/openid-configuration"]),
        st.sampled_from(BODIES),
        documents,
    )
    words = st.sampled_from(WRONG[:-1]) | texts.pieces()
    brought = st.dictionaries(st.sampled_from(BROUGHT), words, min_size=1, max_size=2)
    return st.one_of(
        claims.map(lambda said: Lie(claims=said)),
        claims.map(lambda said: Lie(claims=said)),
        raw.map(lambda said: Lie(raw=said)),
        st.builds(lambda at, said: Lie(token=at, claims=said), st.integers(0, 3), claims),
        brought.map(lambda said: Lie(brought=said)),
        claims.map(lambda said: Lie(claims=said, stranger=True)),
    )


@dataclass(frozen=True)
class Errand:
    """Where a way begins: whose browser, its page and its form."""

    who: str
    page: str
    action: str


def gone(provider: Hostile, errand: Errand, tokens: Mapping[str, Pairs], lie: Lie) -> Sent:
    """Open a page, press the button, come back with what is untrue, and say yes where asked."""

    def pressed(answer: Answer) -> Sent:
        pairs = on_page(answer.text, errand.page, errand.action) or tokens[errand.who]
        sent = posted(BEGUN, errand.action, [*pairs, *with_key([])])
        return replace(sent, who=errand.who, then=back)

    def back(answer: Answer) -> Sent | None:
        found = AWAY.fullmatch(answer.headers.get("refresh", ""))
        if found is None:
            return None
        lie.told(provider)
        place = provider.authorize(found[1])
        if lie.brought:
            place = f"{ANSWER}?{urlencode(dict(lie.brought), errors='replace')}"
        return Sent(KIND, "GET", place, who=errand.who, then=asked)

    def asked(answer: Answer) -> Sent | None:
        if urlsplit(answer.location).path != OWN:
            return None
        return Sent(KIND, "GET", OWN, who=errand.who, then=agreed)

    def agreed(answer: Answer) -> Sent | None:
        pairs = on_page(answer.text, OWN, OWN)
        return replace(posted(KIND, OWN, pairs), who=errand.who) if pairs else None

    outside = errand.who == TRAVELLER
    return Sent("opened", "GET", errand.page, who=errand.who, anew=outside, then=pressed)


def farewells(provider: Hostile, token: Pairs) -> SearchStrategy[Sent]:
    """What the provider says by itself, with claims it never makes, or hardly a token."""
    odd: SearchStrategy[Any] = st.sampled_from([*requests.VALUES, HUGE, "\x00"]) | requests.values()
    claims = st.dictionaries(st.sampled_from(CLAIMS), odd, max_size=3)
    words = texts.pieces() | st.sampled_from(["", ".", "..", "a.b.c", "." * 4000, "e30.e30.e30"])

    def sent(text: str) -> Sent:
        return replace(posted(KIND, OUT, [*with_key(token), ("logout_token", text)]), who=TRAVELLER)

    def said(changed: dict[str, Any]) -> Sent:
        Lie().told(provider)
        return sent(provider.farewell(**changed))

    def forged(changed: dict[str, Any]) -> Sent:
        Lie().told(provider)
        return sent(tampered(provider.farewell(), **changed))

    return either(claims.map(said), claims.map(said), claims.map(forged), words.map(sent))


def ways(
    provider: Hostile, errands: list[Errand], tokens: Mapping[str, Pairs]
) -> SearchStrategy[Sent]:
    """Every way there and back, and what comes by itself."""
    words = st.sampled_from(WRONG[:-1]) | texts.pieces()
    stray = st.dictionaries(st.sampled_from(BROUGHT), words, max_size=4).map(
        lambda said: Sent(
            KIND, "GET", f"{ANSWER}?{urlencode(said, errors='replace')}", who=TRAVELLER
        )
    )
    going = st.builds(
        lambda errand, lie: gone(provider, errand, tokens, lie), st.sampled_from(errands), lies()
    )
    return either(going, going, going, farewells(provider, tokens[TRAVELLER]), stray)
