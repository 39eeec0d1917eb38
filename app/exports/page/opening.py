"""The opening of the page: title, what it is, the summary with its chart, changes, contents."""

from collections.abc import Iterator

from app.exports.page.claim import Claims
from app.exports.page.markup import Setting
from app.exports.page.signs import Signs
from app.exports.view.parts import Fact, Summary, View
from app.exports.view.text import Text
from app.labels import LOOKS

FEW = 200
"""Up to so many claims the contents name each; beyond, a list of links is no help."""
SECTIONS = ("claims", "sources", "people", "method", "integrity")


class Opening:
    """Writes what stands before the claims."""

    def __init__(self, markup: Setting, signs: Signs, claims: Claims) -> None:
        """Keep how words are set, the signs, and how a signature is written."""
        self._markup, self._signs, self._claims = markup, signs, claims

    def pieces(self, view: View) -> Iterator[str]:
        """Title block, sign-offs, summary, changes, contents."""
        yield self._title(view)
        yield '<div class="front">'
        yield self._summary(view)
        yield self._facts(view)
        yield "</div>"
        yield '<div class="front">'
        yield self._signatures(view)
        yield self._changes(view)
        yield "</div>"
        yield self._withheld(view)
        yield self._contents(view)

    def _title(self, view: View) -> str:
        markup = self._markup
        kicker = markup.lines(view.kicker, view.head.desk)
        notice = markup.block(view.notice)
        boxed = f'<div class="notice plain">{notice}</div>' if notice else ""
        return (
            f'<header class="masthead" id="top"><p class="kicker">{kicker}</p>'
            f"{markup.heading(1, view.title)}"
            f"{boxed}</header>\n"
        )

    def fact(self, fact: Fact) -> str:
        """A line of a list of facts."""
        words = self._markup.lines(fact.words)
        told = f"<code>{words}</code>" if fact.kind == "hash" else words
        return f"<dt>{self._markup.lines(fact.name)}</dt><dd>{told}</dd>"

    def _facts(self, view: View) -> str:
        return f'<dl class="facts">{"".join(map(self.fact, view.facts))}</dl>\n'

    def _summary(self, view: View) -> str:
        markup = self._markup
        told = markup.block(self._run(view, view.summary.sentences))
        chart = self._chart(view.summary, view) if view.summary.counts else ""
        title = markup.heading(2, view.head.at_a_glance)
        return f'<section class="glance" id="glance">{title}{chart}{told}</section>\n'

    def _chart(self, summary: Summary, view: View) -> str:
        """A bar for each status beside its words and its number: the table is its own text."""
        inline, head = self._markup.inline, view.head
        rows, most = [], max(one.count for one in summary.counts)
        for one in summary.counts:
            look, wide = LOOKS[one.status.code], max(one.count * 100 // most, 1)
            bar = (
                f'<svg class="bar s-{look}" viewBox="0 0 100 8" preserveAspectRatio="none" '
                f'aria-hidden="true"><rect width="{wide}" height="8"/></svg>'
            )
            rows.append(
                f'<tr><th scope="row">{self._signs.badge(one.status)}</th>'
                f'<td class="drawn">{bar}</td>'
                f'<td class="num">{one.count}</td><td class="num">{one.share} %</td></tr>'
            )
        columns = (
            f'<th scope="col">{inline(head.status)}</th><td></td>'
            f'<th scope="col" class="num">{inline(head.count)}</th>'
            f'<th scope="col" class="num">{inline(head.share)}</th>'
        )
        return (
            f'<table class="table mini chart"><thead><tr>{columns}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody></table>"
        )

    def _signatures(self, view: View) -> str:
        markup = self._markup
        rows = "".join(map(self._claims.sign_off, view.sign_offs))
        none = markup.block(view.head.not_signed_off)
        return f"<section>{markup.heading(2, view.head.article_sign_off)}{rows or none}</section>\n"

    def _changes(self, view: View) -> str:
        markup = self._markup
        told = markup.block(self._run(view, view.changes.sentences))
        for number, anchor in view.changes.claims:
            told = told.replace(number, f'<a href="#{anchor}">{number}</a>')
        return f"<section>{markup.heading(2, view.head.changes)}{told}</section>\n"

    @staticmethod
    def _run(view: View, sentences: tuple[Text, ...]) -> Text:
        """Sentences as one paragraph: Chinese ones follow each other without a space."""
        return tuple(
            ("" if tongue == "zh" else " ").join(one[index] for one in sentences)
            for index, tongue in enumerate(view.tongues)
        )

    def _withheld(self, view: View) -> str:
        if not view.withheld:
            return ""
        first, *matters = view.withheld
        markup = self._markup
        listed = "".join(f"<li>{markup.lines(one)}</li>" for one in matters)
        return (
            f"<section>{markup.heading(2, view.head.withheld)}{markup.block(first)}"
            f'<ul class="plain">{listed}</ul></section>\n'
        )

    def _contents(self, view: View) -> str:
        head, inline = view.head, self._markup.inline
        links = "".join(
            f'<li><a href="#{name}">{inline(getattr(head, name))}</a></li>'
            for name in SECTIONS
            if name != "integrity" or view.integrity
        )
        listed = self._listed(view) if 0 < len(view.claims) <= FEW else ""
        jumps = f'<ul class="plain jumps">{links}</ul>'
        title = f'<h2 id="contents">{inline(head.contents)}</h2>'
        nav = '<nav class="contents" aria-labelledby="contents">'
        return f"{nav}{title}{jumps}{listed}</nav>\n"

    def _listed(self, view: View) -> str:
        inline, rows = self._markup.inline, []
        for claim in view.claims:
            signs = " ".join(
                self._signs.badge(one) for one in claim.badges if one.kind in {"status", "contest"}
            )
            rows.append(
                f'<li><a class="id" href="#{claim.anchor}">{claim.number}</a>'
                f"<span>{inline(claim.statement)}</span><span>{signs}</span></li>"
            )
        return f'<ol class="listed">{"".join(rows)}</ol>'
