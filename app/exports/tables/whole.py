"""The tables of what belongs to no single claim: summary, sources, changes, method, integrity."""

from collections.abc import Iterator

from app.exports.tables.cells import Address, Column, Number, Row
from app.exports.tables.sheets import Sheet
from app.exports.view import SourceView, View
from app.exports.view import columns as names
from app.exports.view.wording import Wording


def summary(view: View, words: Wording) -> Sheet:
    """Of which state this is, and how many claims have which status."""
    columns = (
        Column(words.text(names.SUMMARY), 30),
        Column(view.head.count, 12),
        Column(view.head.share, 10),
        Column(words.text(names.TEXT), 60, prose=True),
    )
    return Sheet(words.text(names.SUMMARY), columns, rows=lambda: _summary(view, words))


def above_counts(view: View) -> list[Row]:
    """What stands above the counts: which appendix this is, and the summary in sentences."""
    found: list[Row] = [[view.kicker, None, None, view.title]]
    if view.notice:
        found.append([None, None, None, view.notice])
    return [
        *found,
        *([view.head.at_a_glance, None, None, told] for told in view.summary.sentences),
    ]


def _summary(view: View, words: Wording) -> Iterator[Row]:
    yield from above_counts(view)
    for one in view.summary.counts:
        yield [one.status, Number(str(one.count)), Number(str(one.share)), None]
    for fact in view.facts:
        yield [fact.name, None, None, fact.words]
    for told in view.withheld:
        yield [view.head.withheld, None, None, told]
    if not view.sign_offs:
        yield [view.head.article_sign_off, None, None, view.head.not_signed_off]
    for row in view.people:
        yield [view.head.people, None, None, words.joined(row.named, row.acts)]


def set_aside(view: View) -> Sheet:
    """One row for each number of the text that is no claim, with the reason."""
    columns = (Column(view.head.set_aside, 90, prose=True),)
    return Sheet(view.head.set_aside, columns, rows=lambda: ([one] for one in view.set_aside))


def sources(view: View, words: Wording) -> Sheet:
    """One row for each source."""
    columns = (
        Column(view.head.source, 8),
        Column(words.text(names.TITLE), 60),
        Column(words.text(names.KIND), 30, prose=True),
        Column(words.text(names.ADDRESS), 44),
        Column(words.text(names.WHEN), 30, prose=True),
        Column(view.head.repeats, 10),
        Column(view.head.used_by, 24),
    )
    return Sheet(view.head.sources, columns, rows=lambda: map(_source, view.sources))


def _source(row: SourceView) -> Row:
    used = ", ".join(number for number, _anchor in row.used_by)
    url = Address(row.url) if row.url else None
    return [row.number, row.citation, row.facts, url, row.retrieved, row.repeats, used]


def changes(view: View, words: Wording) -> Sheet:
    """What differs from the issue that this one replaces."""
    columns = (Column(view.head.changes, 70, prose=True), Column(view.head.claim, 12))

    def rows() -> Iterator[Row]:
        for sentence in view.changes.sentences:
            yield [sentence, None]
        for number, _anchor in view.changes.claims:
            yield [None, number]

    return Sheet(words.text(names.CHANGES), columns, rows=rows)


def method(view: View, words: Wording) -> Sheet:
    """How this was made, in sections."""
    columns = (
        Column(words.text(names.TITLE), 28),
        Column(words.text(names.TEXT), 80, prose=True),
    )

    def rows() -> Iterator[Row]:
        for section in view.method:
            for paragraph in section.paragraphs or (None,):
                yield [section.title, paragraph]
            for badge, meaning in section.terms:
                yield [badge, meaning]
            for fact in section.facts:
                yield [fact.name, fact.words]

    return Sheet(words.text(names.METHOD), columns, rows=rows)


def integrity(view: View, words: Wording) -> Sheet:
    """The signed head, the keys, and how anybody verifies."""
    columns = (
        Column(words.text(names.TITLE), 28),
        Column(words.text(names.TEXT), 90, prose=True),
    )

    def rows() -> Iterator[Row]:
        told, head = view.integrity, view.head
        if told is None:
            return
        for paragraph in told.paragraphs:
            yield [head.integrity, paragraph]
        for fact in told.facts:
            yield [fact.name, fact.words]
        for step in told.steps:
            yield [head.how_to_verify, step]
        yield [head.command, told.command]
        yield [head.head, told.checkpoint]
        for key in told.keys:
            yield [head.key, key.line]
            yield [head.fingerprint, key.fingerprint]

    return Sheet(view.head.integrity, columns, rows=rows)
