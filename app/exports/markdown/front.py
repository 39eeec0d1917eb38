"""What stands before the claims in Markdown: title block, sign-offs, summary, changes."""

from collections.abc import Iterator

from app.exports.markdown.claim import sign_off
from app.exports.markdown.writing import Writing
from app.exports.view.parts import Fact, View


def front(view: View, writing: Writing) -> Iterator[str]:
    """The opening of the text."""
    head = view.head
    yield writing.heading(1, view.title)
    yield f"**{writing.row(view.kicker, head.desk)}**\n\n"
    yield writing.block(view.notice, "> ")
    yield from facts(view.facts, writing)
    yield writing.heading(2, head.at_a_glance)
    yield from writing.table(
        (head.status, head.count, head.share),
        (
            (writing.inline(one.status.words), str(one.count), f"{one.share} %")
            for one in view.summary.counts
        ),
    )
    yield from (f"- {writing.inline(one)}\n" for one in view.summary.sentences)
    yield "\n" + writing.heading(2, head.article_sign_off)
    yield from (sign_off(one, head, writing) for one in view.sign_offs)
    yield "\n" if view.sign_offs else writing.block(head.not_signed_off)
    yield writing.heading(2, head.changes)
    yield from (f"- {writing.inline(one)}\n" for one in view.changes.sentences)
    yield "\n"
    if view.withheld:
        yield writing.heading(2, head.withheld)
        yield writing.block(view.withheld[0])
        yield from (f"- {writing.inline(one)}\n" for one in view.withheld[1:])
        yield "\n"
    yield writing.heading(2, head.claims)


def facts(rows: tuple[Fact, ...], writing: Writing) -> Iterator[str]:
    """A list of named lines."""
    for one in rows:
        said = writing.code(one.words) if one.kind == "hash" else writing.inline(one.words)
        yield f"- {writing.inline(one.name)}: {said}\n"
    yield "\n"
