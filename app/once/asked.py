"""What a writing request says of itself: the key it carries, and what it asks for as one hash."""

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass

from flask import g, request
from werkzeug.datastructures import FileStorage

FIELD, HEADER = "receipt", "Idempotency-Key"
"""Where a form and where a program puts the key."""
KEY = re.compile(r"[!-~]{1,64}")
OWN = frozenset({FIELD, "csrf_token", "draft", "typist"})
"""What a form says about itself, which is another each time the form is shown."""
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
SECRET_PART = "<token>"  # noqa: S105 - the part of an address that is never kept.
LONGEST_PATH = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: under which key, by whom, what it asks, and where as it may be kept.

    ``row`` is what the key is kept as; ``key`` itself never leaves this request.
    """

    key: str
    row: str
    sha256: str
    actor: str
    path: str


def new_key() -> str:
    """Return a key for a form that is being shown: nobody can guess it."""
    return secrets.token_urlsafe(16)


def key_of(text: str | None) -> str | None:
    """Return the key a request was sent with; None for what no form of ours carries."""
    return text if text and KEY.fullmatch(text) else None


def row_of(holder: str, key: str) -> str:
    """Return what a key is kept as: another for each account, and nothing that opens an answer."""
    return hashlib.sha256(f"{holder}\n{key}".encode()).hexdigest()


def noted_path() -> str:
    """Return the address as it may be kept: one that holds a secret by its pattern."""
    rule = request.url_rule.rule if request.url_rule is not None else ""
    return rule if SECRET_PART in rule else request.path


def asked() -> Asked | None:
    """Read the request at hand; None where its key is missing, doubled or unusable."""
    given = _given()
    found = key_of(next(iter(given))) if len(given) == 1 else None
    if found is None:
        return None
    row, path = row_of(g.holder, found), noted_path()[:LONGEST_PATH]
    return Asked(found, row, fingerprint(found, g.holder), g.actor, path)


def _given() -> set[str]:
    """The different keys that form and header name; in the header it may stand in quotes."""
    header = request.headers.get(HEADER)
    if header is not None and len(header) > 1 and header[0] == header[-1] == '"':
        header = header[1:-1]
    found = [*request.form.getlist(FIELD), *([header] if header is not None else [])]
    return set(found)


def fingerprint(key: str, holder: str = "") -> str:
    """The hash of what is asked: by whom, how, where, and with which words and files.

    It is made with a key that is kept nowhere, because a form may hold a password: whoever reads
    the hash in the database can try nothing on it.
    """
    digest = hmac.new(key.encode(), digestmod="sha256")
    digest.update(json.dumps([holder, request.method, request.full_path]).encode())
    if request.mimetype in FORMS:
        fields = sorted(one for one in request.form.lists() if one[0] not in OWN)
        files = [
            (name, file.filename, _file_sha256(file))
            for name, several in sorted(request.files.lists())
            for file in several
        ]
        digest.update(json.dumps([fields, files]).encode())
    else:
        digest.update(request.get_data())
    return digest.hexdigest()


def _file_sha256(file: FileStorage) -> str:
    found = hashlib.file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]
    file.stream.seek(0)
    return found


def rewind() -> None:
    """Let what was sent as a file be read once more."""
    for _name, several in request.files.lists():
        for file in several:
            file.stream.seek(0)
