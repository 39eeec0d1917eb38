"""The evidence of a claim on the page: who says what, where, and how it compares."""

from app.exports.page.markup import Setting
from app.exports.page.signs import Signs
from app.exports.view.claim_parts import ClaimView, EvidenceRow
from app.exports.view.headings import Headings
from app.exports.view.text import Hidden, Words


class Evidence:
    """Writes evidence as a list: one item under the other reads well on paper and on a phone."""

    def __init__(self, markup: Setting, signs: Signs, head: Headings) -> None:
        """Keep how words are set, the signs, and the fixed words."""
        self._markup, self._signs = markup, signs
        self._title = markup.heading(4, head.evidence)
        self._none = f"<p>{markup.inline(head.no_evidence)}</p>"
        self._passage, self._note = markup.inline(head.passage), markup.inline(head.note)
        self._formula = markup.inline(head.formula)
        self._reads = f'<span class="mut">{markup.inline(head.reads)}</span>'

    def evidence(self, view: ClaimView) -> str:
        """All items of a claim, and from how many origins they come."""
        if not view.badges and not view.evidence:
            return ""
        origins = self._markup.block(view.origins, "p", "small") if view.origins else ""
        if not view.evidence:
            return self._title + origins + ("" if view.gaps else self._none)
        items = "".join(map(self._item, view.evidence))
        return f'{self._title}{origins}<ul class="items">{items}</ul>'

    def _item(self, row: EvidenceRow) -> str:
        inline, block = self._markup.inline, self._markup.block
        parts = [
            '<li class="withdrawn">' if row.withdrawn else "<li>",
            f'<p class="stand"><b class="id">{row.number}</b> {self._signs.badge(row.stance)}</p>',
            self._lead(row),
            self._marked(self._passage, row.says),
            f'<blockquote class="said">{block(row.quote)}</blockquote>' if row.quote else "",
            f"<p>{self._formula} <code>{inline(row.formula)}</code></p>" if row.formula else "",
            f'<p class="read">{self._reads} {self._markup.lines(row.reads)}</p>'
            if row.reads
            else "",
            block(row.comparison, "p", "compares"),
            self._marked(self._note, row.note, "small"),
            "</li>",
        ]
        return "".join(parts)

    def _marked(self, name: str, words: Words | None, kind: str = "") -> str:
        """A block that speaks for itself; a mark in its place is told what it stands for."""
        if isinstance(words, Hidden):
            return f'<p class="small">{name} {self._markup.inline(words)}</p>'
        return self._markup.block(words, "p", kind)

    def _lead(self, row: EvidenceRow) -> str:
        inline = self._markup.inline
        source = f'<a href="#{row.source.lower()}">{row.source}</a> ' if row.source else ""
        place = f" · {inline(row.locator)}" if row.locator else ""
        about = f' <span class="mut">→ {", ".join(row.speaks_to)}</span>' if row.speaks_to else ""
        remarks = "".join(f' <span class="tag stage">{inline(one)}</span>' for one in row.remarks)
        told = " · ".join(inline(one, " / ") for one in (row.snapshot, row.entered) if one)
        entered = f' <span class="meta">{told}</span>' if told else ""
        lead = f'<p class="lead">{source}{inline(row.named)}{place}{about}{remarks}{entered}</p>'
        return lead + self._sha(row)

    def _sha(self, row: EvidenceRow) -> str:
        if row.sha256 is None:
            return ""
        return f'<p class="meta">SHA-256 <code>{self._markup.inline(row.sha256)}</code></p>'
