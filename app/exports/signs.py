"""Characters that no office file can hold leave a sign a reader sees, never a gap."""

import re

DELETE = 0x7F
PICTURES = 0x2400
"""Unicode has a picture of each of the first 32 characters, in their order."""
LOST = "\ufffd"
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids or discourages, and halves of characters that no encoding holds."""
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: with them 5% may be read as %5, or 12 as 21."""


def visible(text: str) -> str:
    """A text in which every character can be written to a file and read from it."""
    return UNHELD.sub(_sign, text)


def straight(text: str) -> str:
    """A text in which nothing unseen turns what stands beside it: such marks show what they are."""
    return TURNING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < ord(" "):
        return chr(PICTURES + code)
    return "\N{SYMBOL FOR DELETE}" if code == DELETE else LOST
