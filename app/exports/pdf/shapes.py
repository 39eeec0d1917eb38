"""The desk's own drawings of statuses and stances, each as a picture of its own."""

import re
from functools import cache
from pathlib import Path

from app.exports.pdf.plain import LOOKS, STANCES

ICONS = Path(__file__).parents[2] / "static" / "img" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="i-([a-z]+)" viewBox="0 0 16 16">(.*?)</symbol>')
NEEDED = frozenset({*LOOKS.values(), *STANCES, "contest"})


@cache
def shapes() -> dict[str, str]:
    """Each drawing by its name; ``currentColor`` is for whoever draws it."""
    found = SYMBOL.findall(ICONS.read_text(encoding="utf-8"))
    return {
        name: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="currentColor">'
        f"{drawing}</svg>"
        for name, drawing in found
        if name in NEEDED
    }
