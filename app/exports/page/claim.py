"""One claim on the page: its sentence, figures, reasoning, evidence, contests and signatures."""

from collections.abc import Iterable

from app.exports.page.evidence import Evidence
from app.exports.page.markup import Setting, text
from app.exports.page.signs import Signs
from app.exports.view.claim_parts import ClaimView, ContestView, FigureRow, ReplyView, SignOffView
from app.exports.view.headings import Headings
from app.exports.view.text import Words
from app.labels import LOOKS


class Claims:
    """Writes claims; whatever is the same in each is put together once."""

    def __init__(self, markup: Setting, signs: Signs, head: Headings) -> None:
        """Keep how words are set, the signs, and the fixed words."""
        self._markup, self._signs, self._head = markup, signs, head
        self._evidence = Evidence(markup, signs, head)
        columns = (head.printed, head.reads, head.measure, head.status)
        cells = "".join(f'<th scope="col">{markup.inline(name)}</th>' for name in columns)
        self._columns = f'<thead><tr><th scope="col">#</th>{cells}</tr></thead>'
        self._titles = {
            name: markup.heading(4, getattr(head, name))
            for name in (
                "figures",
                "reasoning",
                "earlier",
                "wording",
                "attribution",
                "replies",
                "findings",
            )
        }
        self._signatures = markup.heading(4, head.sign_offs)
        self._sha, self._root = markup.inline(head.sha), markup.inline(head.root)
        self._nobody = f'<p class="small">{markup.inline(head.nobody_signed)}</p>'
        self._sides = markup.inline(head.side_for), markup.inline(head.side_against)

    def claim(self, view: ClaimView) -> str:
        """A claim with an anchor of its own."""
        look = next((LOOKS.get(one.code, "") for one in view.badges if one.kind == "status"), "")
        named = f"claim s-{look}" if look else "claim"
        title = self._titles
        parts = [
            f'<article class="{named}" id="{view.anchor}">',
            f'<p class="tags"><a class="id" href="#{view.anchor}">{view.number}</a> ',
            " ".join(map(self._signs.badge, view.badges)),
            f"</p>{self._markup.heading(3, view.statement)}",
            self._quote(view),
            self._figures(view.figures),
            self._under("reasoning", view.reasoning),
            f'<p class="small">{self._markup.lines(view.assessed)}</p>' if view.assessed else "",
            self._list("earlier", view.earlier, "small"),
            self._under("wording", view.wording),
            self._list("attribution", view.attribution),
            self._evidence.evidence(view),
            "".join(map(self._contest, view.contests)),
            title["replies"] + "".join(map(self._reply, view.replies)) if view.replies else "",
            self._list("findings", view.findings, "small"),
            self._sign_offs(view),
            "".join(
                f"<p>{self._markup.inline(gap.name)} {self._markup.inline(gap.mark)}</p>"
                for gap in view.gaps
            ),
            self._foot(view),
            "</article>\n",
        ]
        return "".join(parts)

    def _quote(self, view: ClaimView) -> str:
        if view.quote is None:
            return ""
        quoted = self._markup.block(view.quote, "p", "printed")
        place = self._markup.block(view.place, "p", "small") if view.place else ""
        return f'<blockquote class="quote">{quoted}</blockquote>{place}'

    def _figures(self, rows: tuple[FigureRow, ...]) -> str:
        if not rows:
            return ""
        body = "".join(map(self._figure, rows))
        return (
            f'{self._titles["figures"]}<table class="table mini numbers">{self._columns}'
            f"<tbody>{body}</tbody></table>"
        )

    def _figure(self, row: FigureRow) -> str:
        inline, lines = self._markup.inline, self._markup.lines
        reasoning = f"<small>{lines(row.reasoning)}</small>" if row.reasoning else ""
        return (
            f'<tr><th scope="row">{row.number}</th><td>{inline(row.printed)}</td>'
            f'<td class="reads">{lines(row.reads) or "—"}</td>'
            f"<td>{lines(row.measure, row.period, *row.remarks)}</td>"
            f"<td>{self._signs.badge(row.status)}{reasoning}</td></tr>"
        )

    def _under(self, name: str, words: Words | None) -> str:
        return self._titles[name] + self._markup.block(words) if words else ""

    def _list(self, name: str, rows: Iterable[Words], kind: str = "") -> str:
        found = "".join(self._markup.block(row, "p", kind) for row in rows)
        return self._titles[name] + found if found else ""

    def _contest(self, view: ContestView) -> str:
        lines, block = self._markup.lines, self._markup.block
        settled = (
            f'{block(view.settlement)}<p class="small">{lines(view.settled)}</p>'
            if view.settled or view.settlement
            else ""
        )
        sides = " · ".join(
            f"{name}: {', '.join(numbers) or '—'}"
            for name, numbers in zip(self._sides, (view.for_it, view.against_it), strict=True)
        )
        title = self._markup.heading(4, view.title)
        return (
            f'<div class="contest s-contest">{title.replace("<h4>", f"<h4>{self._flag}", 1)}'
            f'<p class="small">{lines(view.claimed)}</p>{block(view.statement)}'
            f'<p class="small">{sides}</p><p class="small">{lines(view.raised)}</p>{settled}</div>'
        )

    @property
    def _flag(self) -> str:
        return self._signs.icon("contest")

    def _reply(self, view: ReplyView) -> str:
        inline = self._markup.inline
        became = f" → {view.evidence}" if view.evidence else ""
        return (
            f"<p>{inline(view.asked)}</p>{self._markup.block(view.question)}"
            f"<p><b>{inline(view.answer)}</b>{became}</p>"
        )

    def _sign_offs(self, view: ClaimView) -> str:
        submitted = self._markup.block(view.submitted, "p", "small") if view.submitted else ""
        rows = "".join(map(self.sign_off, view.sign_offs))
        if not (rows or submitted or view.badges):
            return ""
        return self._signatures + submitted + (rows or self._nobody)

    def sign_off(self, view: SignOffView) -> str:
        """A signature, of a claim or of the article, with what was missing in an emergency."""
        inline = self._markup.inline
        lines = [view.by, view.at, view.void, view.reason]
        told = " · ".join(inline(one) for one in lines if one)
        sha = f"<br><code>{inline(view.sha256)}</code>" if view.sha256 else ""
        lacked = "".join(f"<li>{inline(one)}</li>" for one in view.missing)
        missing = f"<p>{inline(self._head.missing)}</p><ul>{lacked}</ul>" if lacked else ""
        kind = "sign contest" if view.emergency else "sign void" if view.void else "sign"
        line = f"<p><b>{inline(view.decision)}</b> · {told}{sha}</p>"
        return f'<div class="{kind}">{line}{missing}</div>'

    def _foot(self, view: ClaimView) -> str:
        lines = []
        if view.sha is not None:
            lines.append(f"{self._sha} <code>{self._markup.inline(view.sha)}</code>")
        if view.root:
            lines.append(f"{self._root} <code>{text(view.root)}</code>")
        return f'<p class="small hashes">{"<br>".join(lines)}</p>' if lines else ""
