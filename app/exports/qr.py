"""The signed head as a picture that a camera reads, the same bytes each time it is drawn."""

import io
from dataclasses import dataclass

import segno

SCALE = 4
BORDER = 4


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: a PNG, and how many points wide it is drawn."""

    png: bytes
    side: int


def drawn(text: str) -> Code:
    """Draw a text of up to 2,953 bytes with the quiet zone around it that the standard asks for."""
    code = segno.make(text, error="l", micro=False)
    stream = io.BytesIO()
    code.save(stream, kind="png", scale=SCALE, border=BORDER)
    side, _ = code.symbol_size(scale=SCALE, border=BORDER)
    return Code(stream.getvalue(), int(side))
