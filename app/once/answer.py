"""What was answered first, sealed with the very key it was asked with, and given again.

The key is in the hands of whoever sent it and nowhere else: the database has a hash of it. So even
a page that shows a token once can be shown again to an honest double click, and to nobody who
reads the database or a copy of it.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any

import flask
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Response
from flask.json.tag import TaggedJSONSerializer

from app.once.asked import Asked
from app.seals import secrets_in_force

PURPOSE = b"desk-receipt"
NONCE = 12
LARGEST = 256 * 1024
"""Bytes of a page that are kept; a larger one is not shown again."""
FLASHES = "_flashes"
OWN = frozenset({FLASHES, "csrf_token"})
"""What of a browser's session does not come from what was done."""
REDIRECTS = range(300, 400)
written = TaggedJSONSerializer()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept: its headers, its text, what it said, and what it gave the browser.

    ``text`` is None where the answer was too large to keep. ``given`` and ``taken`` are what the
    browser's session won and lost.
    """

    status: int
    headers: list[list[str]]
    text: str | None
    flashes: list[Any] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)

    @property
    def brief(self) -> bool:
        """Whether it holds what is shown or given once, and so is not kept for long."""
        return self.status not in REDIRECTS or bool(self.given)

    def response(self) -> Response:
        """Make the answer anew, with what it said to the person and gave the browser."""
        flask.session.update(self.given)
        for name in self.taken:
            flask.session.pop(name, None)
        waiting = flask.session.get(FLASHES, [])
        fresh = [tuple(one) for one in self.flashes]
        known = [tuple(one) for one in waiting]
        said = [one for one in fresh if one not in known]
        if said:
            flask.session[FLASHES] = [*waiting, *said]
        return Response(self.text or "", self.status, [(name, told) for name, told in self.headers])


def answer_of(response: Response, before: dict[str, Any]) -> Answer:
    """Read an answer; ``before`` is what the browser's session held when the request came."""
    session = dict(flask.session)
    said = session.get(FLASHES, [])[len(before.get(FLASHES, [])) :]
    given = {
        name: told
        for name, told in session.items()
        if name not in OWN and (name not in before or before[name] != told)
    }
    taken = [name for name in before if name not in session and name not in OWN]
    headers = [[name, told] for name, told in response.headers if name != "Content-Length"]
    return Answer(response.status_code, headers, _text(response), said, given, taken)


def _text(response: Response) -> str | None:
    """The text of a page; None for a file that is handed out, and for what is too large."""
    words = (response.mimetype or "").startswith("text/") or response.is_json
    if response.direct_passthrough or response.is_streamed or not words:
        return None
    text = response.get_data(as_text=True)
    return text if len(text) <= LARGEST else None


def sealed(asked: Asked, answer: Answer) -> bytes:
    """Seal an answer so that only who has the key can have it opened."""
    nonce = secrets.token_bytes(NONCE)
    told = [
        answer.status, answer.headers, answer.text, answer.flashes, answer.given, answer.taken,
    ]  # fmt: skip
    text = written.dumps(told).encode()
    lock = _lock(asked, secrets_in_force()[-1])
    return nonce + AESGCM(lock).encrypt(nonce, text, asked.row.encode())


def opened(asked: Asked, kept: bytes) -> Answer | None:
    """Open an answer; None where it was sealed with a secret the desk has no more."""
    for secret in reversed(secrets_in_force()):
        try:
            text = AESGCM(_lock(asked, secret)).decrypt(
                kept[:NONCE], kept[NONCE:], asked.row.encode()
            )
        except InvalidTag:
            continue
        return Answer(*written.loads(text.decode()))
    return None


def _lock(asked: Asked, secret: str) -> bytes:
    words = [PURPOSE, asked.row.encode(), asked.key.encode()]
    return hmac.digest(secret.encode(), b"\0".join(words), "sha256")
