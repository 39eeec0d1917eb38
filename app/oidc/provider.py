"""The identity provider of this desk: the way there, what comes back, and the way out."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_plus

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from app.oidc import keys, metadata, problems, proofs
from app.oidc.kept import Kept
from app.oidc.keys import Key
from app.oidc.line import Line
from app.oidc.metadata import Metadata
from app.oidc.once import Secrets
from app.oidc.proofs import LEEWAY, Expected, Farewell, Identity

FRESH = 0
"""The ``max_age`` with which the provider is asked to ask the person again."""
LONGEST_CODE = 4096
OK, LEAST_ERROR = 200, 400
UI_LOCALES = {"zh": "zh-Hans zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Client:
    """What this desk is to its provider; ``rsa_bits`` is the shortest RSA key it believes."""

    issuer: str
    client_id: str
    secret: str
    redirect: str
    scopes: str
    demo: bool
    rsa_bits: int


class Provider:
    """Speaks with one provider; ``clock`` gives seconds since 1970."""

    def __init__(self, client: Client, line: Line, clock: Callable[[], float] = time.time) -> None:
        """Keep the terms; nothing is fetched before somebody comes."""
        self.client, self._line, self._clock = client, line, clock
        self._metadata = Kept(self._described)
        self._keys = Kept(self._listed)

    def described(self) -> Metadata:
        """Return what the provider says about itself; raise Unanswered."""
        return self._metadata.get()

    def keys(self) -> list[Key]:
        """Return the keys with which the provider signs; raise Unanswered."""
        return self._keys.get()

    def way_there(self, way: Secrets, language: str, *, fresh: bool = False) -> str:
        """Return where the browser goes; ``fresh`` asks the person to prove themselves again."""
        asked = {"prompt": "login", "max_age": str(FRESH)} if fresh else {}
        address: str = prepare_grant_uri(
            self.described().authorization,
            self.client.client_id,
            "code",
            redirect_uri=self.client.redirect,
            scope=self.client.scopes,
            state=way.state,
            nonce=way.nonce,
            code_challenge=create_s256_code_challenge(way.verifier),
            code_challenge_method="S256",
            ui_locales=UI_LOCALES.get(language, language),
            **asked,
        )
        return address

    def check_sender(self, issuer: str | None) -> None:
        """Raise Unproven where an answer says it is another's, or does not say whose (RFC 9207)."""
        if issuer is None and not self.described().names_itself:
            return
        if issuer != self.client.issuer:
            raise problems.unproven("the answer names another issuer")

    def identity(self, code: str, way: Secrets) -> Identity:
        """Return who came back with a code; raise Unproven or Unanswered."""
        text = self._exchanged(code, way.verifier)
        return proofs.identity(text, self._found, self._expected(), way.nonce)

    def check_fresh(self, found: Identity, begun: int) -> None:
        """Raise Unproven where somebody proved nothing to the provider since a way began."""
        if found.proved is None or found.proved < begun - LEEWAY:
            raise problems.not_fresh(f"auth_time is {found.proved}, the way began at {begun}")

    def farewell(self, token: str) -> Farewell:
        """Return whom the provider signed out; raise Unproven or Unanswered."""
        return proofs.farewell(token, self._found, self._expected())

    def way_out(self, back: str) -> str | None:
        """Return where people sign out of the provider itself; None where they cannot."""
        out = self.described().way_out
        if out is None:
            return None
        joined = "&" if "?" in out else "?"
        return (
            f"{out}{joined}client_id={quote_plus(self.client.client_id)}"
            f"&post_logout_redirect_uri={quote_plus(back)}"
        )

    def _described(self) -> Metadata:
        said = self._line.get(metadata.address_of(self.client.issuer)).said
        return metadata.read(said, self.client.issuer, demo=self.client.demo)

    def _listed(self) -> list[Key]:
        said = self._line.get(self.described().keys).said
        return keys.read(said, self.client.rsa_bits)

    def _found(self, kid: str | None, algorithm: str) -> Key | None:
        """Return a key; one that is not known yet may be of a set that has just been changed."""
        known = keys.matching(self.keys(), kid, algorithm)
        return known or keys.matching(self._keys.newer(), kid, algorithm)

    def _expected(self) -> Expected:
        return Expected(self.client.issuer, self.client.client_id, int(self._clock()))

    def _exchanged(self, code: str, verifier: str) -> str:
        if not 0 < len(code) <= LONGEST_CODE:
            raise problems.unproven("the code is empty or too long")
        described = self.described()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect,
            "code_verifier": verifier,
        }
        if described.basic:
            answer = self._line.post(described.token, form, self._credentials())
        else:
            own = {"client_id": self.client.client_id, "client_secret": self.client.secret}
            answer = self._line.post(described.token, {**form, **own})
        if answer.status == OK and answer.text("id_token"):
            return answer.text("id_token")
        error = answer.text("error")
        if answer.status >= LEAST_ERROR and error == "invalid_grant":
            raise problems.unproven("the provider does not know the code")
        raise problems.unusable(f"the token endpoint answers {answer.status} {error!r:.60}")

    def _credentials(self) -> dict[str, str]:
        """The client's name and secret in a header, each encoded as a form (RFC 6749, 2.3.1)."""
        pair = f"{quote_plus(self.client.client_id)}:{quote_plus(self.client.secret)}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
