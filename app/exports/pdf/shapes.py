"""The desk's own drawings of statuses and stances, each as a picture of its own."""

from functools import cache

from app.exports.page.signs import ICONS, NEEDED, SYMBOL

OPENED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="currentColor">'


@cache
def shapes() -> dict[str, str]:
    """Each drawing by its name; ``currentColor`` is for whoever draws it."""
    found = SYMBOL.findall(ICONS.read_text(encoding="utf-8"))
    named = {symbol.removeprefix("i-"): drawing for symbol, drawing in found}
    return {name: f"{OPENED}{named[name]}</svg>" for name in sorted(NEEDED)}
