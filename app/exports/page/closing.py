"""What stands after the claims: sources, people, method, and the integrity page."""

import io
from collections.abc import Iterator

import segno

from app.exports.in_page import place
from app.exports.page.markup import Setting, text
from app.exports.page.opening import Opening
from app.exports.page.signs import Signs
from app.exports.view.parts import Integrity, Section, SourceView, View
from app.exports.view.text import Said

BORDER = 4
"""The quiet zone around a QR code that ISO/IEC 18004 asks for, in modules."""


class Closing:
    """Writes what stands after the claims."""

    def __init__(self, markup: Setting, signs: Signs, opening: Opening) -> None:
        """Keep how words are set, the signs, and how a fact is written."""
        self._markup, self._signs, self._opening = markup, signs, opening

    def pieces(self, view: View) -> Iterator[str]:
        """Sources one by one, then the short sections."""
        yield self._set_aside(view)
        yield from self._sources(view)
        yield self._people(view)
        yield self._method(view)
        if view.integrity is not None:
            yield self._integrity(view, view.integrity)

    def _set_aside(self, view: View) -> str:
        """The numbers that are no claims; nothing where every number belongs to one."""
        lines = self._markup.lines
        rows = "".join(f"<li>{lines(one)}</li>" for one in view.set_aside)
        title = self._markup.heading(2, view.head.set_aside)
        listed = f'<ul class="plain small">{rows}</ul>'
        return f'<section id="set-aside">{title}{listed}</section>\n' if rows else ""

    def _sources(self, view: View) -> Iterator[str]:
        markup, head = self._markup, view.head
        yield f'<section id="sources">{markup.heading(2, head.sources)}'
        if not len(view.sources):
            yield markup.block(head.no_sources)
        else:
            yield '<ul class="sources">'
            repeats, used = markup.inline(head.repeats), markup.inline(head.used_by)
            for source in view.sources:
                yield self._source(source, repeats, used)
            yield "</ul>"
        yield "</section>\n"

    def _source(self, view: SourceView, repeats: str, used: str) -> str:
        inline = self._markup.inline
        again = (
            f' · {repeats} <a href="#{view.repeats.lower()}">{view.repeats}</a>'
            if view.repeats
            else ""
        )
        claims = ", ".join(f'<a href="#{at}">{number}</a>' for number, at in view.used_by)
        uses = f" · {used} {claims}" if claims else ""
        retrieved = (
            f'<p class="meta">{self._markup.lines(view.retrieved)}</p>' if view.retrieved else ""
        )
        return (
            f'<li id="{view.anchor}"><p><b class="id">{view.number}</b> {self._cited(view)}</p>'
            f'<p class="small">{inline(view.facts, " / ")}{again}{uses}</p>{retrieved}</li>\n'
        )

    def _cited(self, view: SourceView) -> str:
        """A citation with its italics; the address in it, else below it, is a link."""
        if not isinstance(view.citation, Said):
            return self._markup.inline(view.citation) + self._link(view.url, " ")
        runs = view.runs or ((view.citation.words, False),)
        whole, linked = [], False
        for run, italic in runs:
            before, found, after = (
                run.partition(view.url) if view.url and not linked else (run, "", "")
            )
            linked = linked or bool(found)
            said = text(before) + self._link(found) + text(after)
            whole.append(f"<cite>{said}</cite>" if italic else said)
        rest = "" if linked else self._link(view.url, " ")
        tag = view.citation.tag
        language = self._markup.inline(Said("", tag)).replace("></span>", ">") if tag else ""
        inside = "".join(whole)
        return f"{language}{inside}</span>{rest}" if language else f"{inside}{rest}"

    @staticmethod
    def _link(url: str, before: str = "") -> str:
        safe = text(url)
        return f'{before}<a href="{safe}" rel="noreferrer">{safe}</a>' if url else ""

    def _people(self, view: View) -> str:
        lines, title = self._markup.lines, self._markup.heading(2, view.head.people)
        rows = "".join(
            f"<dt>{lines(one.named)}</dt><dd>{lines(one.acts)}</dd>" for one in view.people
        )
        listed = f'<dl class="facts">{rows}</dl>' if rows else ""
        return f'<section id="people">{title}{listed}</section>\n'

    def _method(self, view: View) -> str:
        told = "".join(map(self._section, view.method))
        return f'<section id="method">{self._markup.heading(2, view.head.method)}{told}</section>\n'

    def _section(self, section: Section) -> str:
        markup = self._markup
        terms = "".join(
            f"<dt>{self._signs.badge(badge)}</dt><dd>{markup.lines(meaning)}</dd>"
            for badge, meaning in section.terms
        )
        facts = "".join(map(self._opening.fact, section.facts))
        listed = f'<dl class="facts">{terms}{facts}</dl>' if terms or facts else ""
        paragraphs = "".join(markup.block(one) for one in section.paragraphs)
        return f'<div class="topic">{markup.heading(3, section.title)}{paragraphs}{listed}</div>'

    def _integrity(self, view: View, found: Integrity) -> str:
        markup, head = self._markup, view.head
        told = "".join(map(markup.block, found.paragraphs))
        steps = "".join(f"<li>{markup.block(one)}</li>" for one in found.steps)
        return (
            f'<section id="integrity">{markup.heading(2, head.integrity)}{told}'
            f'{markup.heading(3, head.how_to_verify)}<ol class="steps">{steps}</ol>'
            f'<pre class="command">{text(found.command)}</pre>{place(view.tongues)}'
            f"{self._signed(view, found)}{self._keys(view, found)}</section>\n"
        )

    def _signed(self, view: View, found: Integrity) -> str:
        """The signed head in letters, and drawn for a camera."""
        drawn, scan = self._code(found.checkpoint), self._markup.lines(view.head.scan)
        return (
            f'{self._markup.heading(3, view.head.head)}<div class="signed">'
            f"<pre>{text(found.checkpoint)}</pre>"
            f'<figure>{drawn}<figcaption class="small">{scan}</figcaption></figure></div>'
        )

    def _keys(self, view: View, found: Integrity) -> str:
        lines, head = self._markup.lines, view.head
        keys = "".join(
            f"<dt>{lines(head.key)}</dt><dd><code>{text(key.line)}</code></dd>"
            f"<dt>{lines(head.fingerprint)}</dt><dd><code>{key.fingerprint}</code></dd>"
            for key in found.keys
        )
        facts = "".join(map(self._opening.fact, found.facts))
        title = self._markup.heading(3, head.keys)
        return f'{title}<dl class="facts">{keys}{facts}</dl>'

    @staticmethod
    def _code(checkpoint: str) -> str:
        """The signed head as a QR code, drawn in one path."""
        drawn, out = segno.make(checkpoint, error="l", micro=False), io.BytesIO()
        drawn.save(
            out,
            kind="svg",
            xmldecl=False,
            svgns=False,
            nl=False,
            omitsize=True,
            border=BORDER,
            light="#fff",
            dark="#000",
            svgclass="qr",
            lineclass=None,
        )
        return out.getvalue().decode().replace("<svg", '<svg aria-hidden="true"', 1)
