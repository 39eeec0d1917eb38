"""The appendix as one HTML file: it asks for nothing beside it, prints, and verifies itself."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from app.exports.in_page import script
from app.exports.page.body import pieces
from app.exports.page.markup import Setting, text
from app.exports.page.signs import drawings
from app.exports.view import TAGS, View

HERE = Path(__file__).parent
TOKENS = HERE.parent / "static" / "css" / "tokens.css"
STYLE = HERE / "page" / "page.css"
LAYERS, COMMENT = (
    re.compile(r"^@layer [^{;]*;\n", re.MULTILINE),
    re.compile(r"/\*.*?\*/\s*", re.DOTALL),
)
WORDY = re.compile(r"[^\w .,:;·()%-]")
UNSAFE = re.compile(rb"[<>&\x7f]|\xed[\xa0-\xbf][\x80-\xbf]")
"""What would end the element that JSON stands in, and what no page can hold."""
LONGEST = 70
"""How many characters of the running title fit between the margins."""
SEAL = b"<!-- seal -->"
CLOSE = b"\n</body>\n</html>\n"


def render(view: View, out: BinaryIO, progress: Callable[[int, int], None]) -> None:
    """Write the page piece by piece; nothing of it but one piece is ever in memory."""
    out.writelines(piece.encode() for piece in _opening(view))
    out.writelines(piece.encode() for piece in pieces(view, progress=progress))
    out.write(b'</main>\n<script type="application/json" id="appendix">')
    out.writelines(map(_safe, view.document.pieces()))
    out.write(f"</script>\n<script>{script()}</script>\n".encode() + SEAL + CLOSE)


def _opening(view: View) -> Iterator[str]:
    style = _style(view)
    title = text(f"{Setting.bare(view.title)} · {Setting.bare(view.kicker)}")
    allowed = "; ".join(
        ("default-src 'none'", f"style-src {_digest(style)}", f"script-src {_digest(script())}")
    )
    yield f'<!doctype html>\n<html lang="{TAGS[view.tongues[0]]}">\n<head>\n'
    yield f'<meta charset="utf-8">\n<title>{title}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
    yield f"<style>{style}</style>\n</head>\n<body>\n{drawings()}\n"
    yield f'<main class="appendix{" both" if len(view.tongues) > 1 else ""}">\n'


def _style(view: View) -> str:
    """The style of the page, with the running title in the margins of its paper."""
    running = f"{Setting.bare(view.kicker)} · {Setting.bare(view.title)}"
    return _sheet() + f'@page{{@top-left{{content:"{_quoted(running[:LONGEST])}"}}}}\n'


@cache
def _sheet() -> str:
    """The desk's own colours and faces, and how this page is set; read once."""
    tokens = COMMENT.sub("", LAYERS.sub("", TOKENS.read_text(encoding="utf-8")))
    return tokens + COMMENT.sub("", STYLE.read_text(encoding="utf-8"))


def _digest(source: str) -> str:
    """How a policy names the one script, or the one style, that a page may hold."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _quoted(words: str) -> str:
    """Words as they may stand in a string of a style sheet, whatever they are."""
    return WORDY.sub(lambda found: f"\\{ord(found[0]):x} ", words)


def _safe(data: bytes) -> bytes:
    """JSON with some characters written otherwise: it reads the same."""
    return UNSAFE.sub(_written, data)


def _written(found: re.Match[bytes]) -> bytes:
    return f"\\u{ord(found[0].decode('utf-8', 'surrogatepass')):04x}".encode()
