"""Sends styles, scripts and drawings small: sheets without comments and spaces, all compressed."""

import gzip
import mimetypes
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

WORTH_PACKING = {".css", ".js", ".svg"}
HOUSE = "css/house.css"
"""What every page loads, sent as one sheet; its parts stand beside it under their own names."""
PARTS_OF_THE_HOUSE = (
    "tokens",
    "shell",
    "parts",
    "base",
    "forms",
    "article",
    "desk",
    "print",
)
EXPORTED = "css/exported.css"
"""The style of the appendix's own file, for its preview: it holds within ``.exported`` alone."""
OF_THE_FILE = Path(__file__).parent / "exports" / "page" / "page.css"
IDLE = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|\s*([{};,>])\s*|(:)\s+|\s+""", re.DOTALL)
"""In a sheet: a string, which stays; then a comment and the spaces that mean nothing."""

Dated = tuple[tuple[Path, int], ...]


def squeezed(sheet: str) -> str:
    """Return a style sheet that says the same without comments and idle spaces."""

    def shorter(found: re.Match[str]) -> str:
        text, mark, colon = found.groups()
        return text or mark or colon or ("" if found[0].startswith("/*") else " ")

    return IDLE.sub(shorter, sheet).replace(";}", "}").strip()


def within(sheet: str) -> str:
    """Return the sheet of a file of its own so that it holds within ``.exported`` alone.

    What it says of the page itself is said of that element; a rule for paper has no place there.
    """
    lines = (line for line in sheet.splitlines(keepends=True) if not line.startswith("@page"))
    kept = "".join(lines).replace("\nbody {", "\n:scope {")
    # On the desk's own pages a tag never breaks; in the narrow column of a preview it has to.
    return f"@scope (.exported) {{\n.tag {{ white-space: normal; }}\n{kept}}}\n"


def parts_of(folder: str, filename: str) -> list[Path]:
    """Return the files of which a static file is made: mostly itself, none if there is none."""
    if filename == HOUSE:
        return [Path(folder, "css", f"{part}.css") for part in PARTS_OF_THE_HOUSE]
    if filename == EXPORTED:
        return [OF_THE_FILE]
    found = safe_join(folder, filename)
    file = Path(found or folder)
    return [file] if file.suffix in WORTH_PACKING and file.is_file() else []


@lru_cache(maxsize=256)
def packed(files: Dated) -> tuple[bytes, bytes, str]:
    """Return files as they are sent, the same compressed, and their entity tag.

    With each file stands its time of change: whoever edits a sheet sees it at the next load.
    """
    text = "\n".join(file.read_text("utf-8") for file, _ in files)
    if files[0][0] == OF_THE_FILE:
        text = within(text)
    content = (squeezed(text) if files[0][0].suffix == ".css" else text).encode("utf-8")
    return content, gzip.compress(content, 9, mtime=0), sha256(content).hexdigest()[:32]


def send(app: Flask, filename: str) -> Response:
    """Answer with a static file, compressed where it is worth it and the browser takes it."""
    files = parts_of(app.static_folder or "", filename)
    if not files:
        return app.send_static_file(filename)
    content, small, tag = packed(tuple((file, file.stat().st_mtime_ns) for file in files))
    packing = request.accept_encodings["gzip"] > 0
    kind = mimetypes.types_map[files[0].suffix]
    answer = Response(small if packing else content, content_type=f"{kind}; charset=utf-8")
    if packing:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(f"{tag}-gzip" if packing else tag)
    answer.cache_control.no_cache = True
    return answer.make_conditional(request)


def init_static_files(app: Flask) -> None:
    """Let the static files be answered by this module."""
    app.view_functions["static"] = lambda filename: send(app, filename)
