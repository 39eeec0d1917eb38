"""The shapes of statuses and stances, and the words beside them: colour never speaks alone."""

import re
from functools import cache
from pathlib import Path

from app.exports.page.markup import Setting
from app.exports.view.claim_parts import Badge
from app.labels import LOOKS

ICONS = Path(__file__).parents[2] / "static" / "img" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="(i-[a-z]+)" viewBox="0 0 16 16">(.*?)</symbol>')
STANCES = {"supports": "ok", "refutes": "wrong", "qualifies": "context", "mentions": "todo"}
NEEDED = frozenset({*LOOKS.values(), *STANCES, "contest"})


class Signs:
    """Draws signs; ``sprite`` is the address of the desk's drawings, or the page has its own."""

    def __init__(self, markup: Setting, sprite: str = "") -> None:
        """Keep how words are set, and where the drawings are."""
        self.markup = markup
        self._icons = {
            name: '<svg class="i" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
            f'<use href="{sprite}#i-{name}"/></svg>'
            for name in NEEDED
        }

    def icon(self, name: str) -> str:
        """A drawing as big as the text, hidden from whoever listens."""
        return self._icons.get(name, "")

    def _worded(self, badge: Badge) -> str:
        """The words as one part beside the shape, however many tongues they have."""
        words = self.markup.inline(badge.words)
        return words if self.markup.single else f"<span>{words}</span>"

    def badge(self, badge: Badge) -> str:
        """A word with its shape in the colours of its kind."""
        words = self._worded(badge)
        if badge.kind == "status" and badge.code:
            look = LOOKS[badge.code]
            return f'<span class="tag s-{look}">{self.icon(look)}{words}</span>'
        if badge.kind == "contest":
            return f'<span class="tag flag s-contest">{self.icon("contest")}{words}</span>'
        if badge.kind == "stance" and badge.code:
            look = STANCES[badge.code]
            return f'<span class="stance s-{look}">{self.icon(badge.code)}{words}</span>'
        return f'<span class="tag stage">{words}</span>'


@cache
def drawings() -> str:
    """The drawings that a page of its own holds, once."""
    found = "".join(
        f'<g id="{name}">{shape}</g>'
        for name, shape in SYMBOL.findall(ICONS.read_text(encoding="utf-8"))
        if name.removeprefix("i-") in NEEDED
    )
    return (
        f'<svg class="drawings" width="0" height="0" aria-hidden="true"><defs>{found}</defs></svg>'
    )
