"""The evidence store of this installation: opened once, swept then, and read from unaltered."""

from urllib.parse import quote

from flask import Response, current_app

from sources.contact_keys import ContactKeys
from sources.snapshots import Download
from sources.store import Store

SANDBOX = "default-src 'none'; sandbox"
"""Nothing in a stranger's file may run, even where a browser shows it after all."""


def store() -> Store:
    """Return the store; what interrupted uploads left behind is removed the first time."""
    found: Store | None = current_app.extensions.get("store")
    if found is None:
        found = Store(current_app.extensions["settings"].store)
        found.sweep()
        current_app.extensions["store"] = found
    return found


def contact_keys() -> ContactKeys:
    """Return the keys of contacts, which lie outside the database."""
    return ContactKeys(current_app.extensions["settings"].contact_key_file)


def as_file(found: Download, sha256: str) -> Response:
    """Return stored bytes as a file to save, under a name and a type no browser runs."""
    response = Response(found.content, mimetype=found.media_type)
    response.headers.set("Content-Disposition", "attachment", **_both_names(found.file_name))
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["ETag"] = f'"{sha256}"'
    return response


def _both_names(name: str) -> dict[str, str]:
    """A file name in ASCII for old programs and, per RFC 8187, in its own letters for all others.

    The key with the star is what makes a browser decode the value.
    """
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    return {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
