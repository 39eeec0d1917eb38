"""The appendix as one HTML file: it asks for nothing beside it, prints well, and verifies itself."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from app.exports.page.body import pieces
from app.exports.page.markup import Markup, text
from app.exports.page.signs import drawings
from app.exports.view import TAGS, View

HERE = Path(__file__).parent
TOKENS = HERE.parent / "static" / "css" / "tokens.css"
STYLE, SCRIPT = HERE / "page" / "page.css", HERE / "verify.js"
LAYERS, COMMENT = (
    re.compile(r"^@layer [^{;]*;\n", re.MULTILINE),
    re.compile(r"/\*.*?\*/\s*", re.DOTALL),
)
WORDY = re.compile(r"[^\w .,:;·()%-]")
UNSAFE = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))
"""In a page, JSON must not end the element it stands in."""
LONGEST = 70
"""How many characters of the running title fit between the margins."""
SEAL = b"<!-- seal -->"
CLOSE = b"</body>\n</html>\n"


def render(view: View, out: BinaryIO, progress: Callable[[int, int], None]) -> None:
    """Write the page piece by piece; nothing of it but one piece is ever in memory."""
    style, script = _style(view), _script()
    for piece in _opening(view, style, script):
        out.write(piece.encode())
    for piece in pieces(view, progress=progress):
        out.write(piece.encode())
    out.write(b'</main>\n<script type="application/json" id="appendix">')
    for data in view.document.pieces():
        out.write(_safe(data))
    out.write(b"</script>\n")
    if script:
        out.write(f"<script>{script}</script>\n".encode())
    out.write(SEAL + b"\n" + CLOSE)


def _opening(view: View, style: str, script: str) -> Iterator[str]:
    title = text(f"{Markup.bare(view.title)} · {Markup.bare(view.kicker)}")
    allowed = f"default-src 'none'; style-src 'sha256-{_digest(style)}'"
    allowed += f"; script-src 'sha256-{_digest(script)}'" if script else ""
    yield f'<!doctype html>\n<html lang="{TAGS[view.tongues[0]]}">\n<head>\n'
    yield f'<meta charset="utf-8">\n<title>{title}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
    yield f"<style>{style}</style>\n</head>\n<body>\n{drawings()}\n"
    yield f'<main class="appendix{" both" if len(view.tongues) > 1 else ""}">\n'


def _style(view: View) -> str:
    """The style of the page, with the running title in the margins of its paper."""
    running = f"{Markup.bare(view.kicker)} · {Markup.bare(view.title)}"
    return _sheet() + f'@page{{@top-left{{content:"{_quoted(running[:LONGEST])}"}}}}\n'


@cache
def _sheet() -> str:
    """The desk's own colours and faces, and how this page is set; read once."""
    tokens = COMMENT.sub("", LAYERS.sub("", TOKENS.read_text(encoding="utf-8")))
    return tokens + COMMENT.sub("", STYLE.read_text(encoding="utf-8"))


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8") if SCRIPT.exists() else ""


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _quoted(words: str) -> str:
    """Words as they may stand in a string of a style sheet, whatever they are."""
    return WORDY.sub(lambda found: f"\\{ord(found[0]):x} ", words)


def _safe(data: bytes) -> bytes:
    for char, instead in UNSAFE:
        data = data.replace(char, instead)
    return data
