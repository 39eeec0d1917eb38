"""What stands after the claims in Markdown: sources, people, method, and the integrity part."""

from collections.abc import Iterator

from app.exports.markdown.writing import Writing, coded, escaped, fenced, link
from app.exports.view.parts import Integrity, Section, SourceView, View
from app.exports.view.text import Said


def back(view: View, writing: Writing) -> Iterator[str]:
    """The end of the text."""
    head = view.head
    if view.set_aside:
        yield writing.heading(2, head.set_aside)
        yield from (f"- {writing.inline(one)}\n" for one in view.set_aside)
        yield "\n"
    yield writing.heading(2, head.sources)
    for source in view.sources:
        yield from _source(source, view, writing)
    yield "\n" if len(view.sources) else writing.block(head.no_sources)
    yield writing.heading(2, head.people)
    yield from (
        f"- **{writing.inline(one.named)}**: {writing.inline(one.acts)}\n" for one in view.people
    )
    yield "\n" + writing.heading(2, head.method)
    for section in view.method:
        yield from _section(section, writing)
    if view.integrity is not None:
        yield from _integrity(view.integrity, view, writing)


def _source(source: SourceView, view: View, writing: Writing) -> Iterator[str]:
    yield f"- **{source.number}** {_cited(source, writing)}\n"
    used = ", ".join(number for number, _ in source.used_by)
    told = [
        writing.inline(source.facts),
        f"{writing.inline(view.head.repeats)} {source.repeats}" if source.repeats else "",
        f"{writing.inline(view.head.used_by)} {used}" if used else "",
    ]
    yield f"  - {' · '.join(filter(None, told))}\n" if any(told) else ""
    yield f"  - {writing.inline(source.retrieved)}\n" if source.retrieved else ""


def _cited(source: SourceView, writing: Writing) -> str:
    """A citation with its italics, its address as a link."""
    if not isinstance(source.citation, Said):
        return writing.inline(source.citation) + (f" {link(source.url)}" if source.url else "")
    found, linked = [], False
    for run, italic in source.runs or ((source.citation.words, False),):
        before, address, after = run.partition(source.url) if source.url else (run, "", "")
        linked = linked or bool(address)
        said = _kept(before) + (link(address) if address else "") + _kept(after)
        found.append(f"*{said}*" if italic and said == said.strip() else said)
    cited = "".join(found)
    return cited if linked or not source.url else f"{cited} {link(source.url)}"


def _kept(words: str) -> str:
    """Escaped, with the space at either end that keeps it from its neighbour."""
    before = " " if words[:1].isspace() else ""
    after = " " if words.strip() and words[-1:].isspace() else ""
    return f"{before}{escaped(words)}{after}"


def _section(section: Section, writing: Writing) -> Iterator[str]:
    yield writing.heading(3, section.title)
    yield from map(writing.block, section.paragraphs)
    yield from (
        f"- {writing.code(one.name)}: {writing.inline(one.words)}\n" for one in section.facts
    )
    yield from (
        f"- **{writing.inline(badge.words)}**: {writing.inline(meaning)}\n"
        for badge, meaning in section.terms
    )
    yield "\n" if section.facts or section.terms else ""


def _integrity(found: Integrity, view: View, writing: Writing) -> Iterator[str]:
    head = view.head
    yield writing.heading(2, head.integrity)
    yield from map(writing.block, found.paragraphs)
    yield writing.heading(3, head.how_to_verify)
    yield from (f"{place}. {writing.inline(one)}\n" for place, one in enumerate(found.steps, 1))
    yield "\n" + fenced(found.command)
    yield writing.heading(3, head.head) + fenced(found.checkpoint)
    yield writing.heading(3, head.keys)
    for key in found.keys:
        yield f"- {writing.inline(head.key)}: {coded(key.line)}\n"
        yield f"- {writing.inline(head.fingerprint)}: `{key.fingerprint}`\n"
    for fact in found.facts:
        yield f"- {writing.inline(fact.name)}: {writing.code(fact.words)}\n"
