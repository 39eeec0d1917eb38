"""One claim in Markdown: its sentence, figures, reasoning, evidence, contests and signatures."""

from collections.abc import Iterable, Iterator

from app.exports.markdown.writing import Writing
from app.exports.view.claim_parts import (
    ClaimView,
    ContestView,
    EvidenceRow,
    FigureRow,
    ReplyView,
    SignOffView,
)
from app.exports.view.headings import Headings
from app.exports.view.text import Text, Words


def claim(view: ClaimView, head: Headings, writing: Writing) -> Iterator[str]:
    """A claim under a heading of its own."""
    yield f"### {view.number} · {writing.inline(view.statement)}\n\n"
    badges = " · ".join(f"**{writing.inline(one.words)}**" for one in view.badges)
    yield f"{badges}\n\n" if badges else ""
    yield writing.block(view.quote, "> ")
    yield writing.block(view.place)
    yield from _figures(view.figures, head, writing)
    yield from _under(head.reasoning, [view.reasoning, view.assessed], writing)
    yield from _under(head.earlier, view.earlier, writing)
    yield from _under(head.wording, [view.wording], writing)
    yield from _under(head.attribution, view.attribution, writing)
    yield from _evidence(view, head, writing)
    for contest in view.contests:
        yield from _contest(contest, head, writing)
    if view.replies:
        yield writing.heading(4, head.replies)
        yield from (_reply(one, writing) for one in view.replies)
        yield "\n"
    yield from _under(head.findings, view.findings, writing)
    yield from _signatures(view, head, writing)
    yield from (f"{writing.inline(one.name)}: {writing.inline(one.mark)}\n\n" for one in view.gaps)
    yield f"{writing.inline(head.sha)} {writing.code(view.sha)}\n\n" if view.sha else ""
    yield f"{writing.inline(head.root)} `{view.root}`\n\n" if view.root else ""


def _under(title: Text, rows: Iterable[Words | None], writing: Writing) -> Iterator[str]:
    told = "".join(map(writing.block, rows))
    if told:
        yield writing.heading(4, title) + told


def _figures(rows: tuple[FigureRow, ...], head: Headings, writing: Writing) -> Iterator[str]:
    if not rows:
        return
    yield writing.heading(4, head.figures)
    yield from writing.table(
        ("\\#", head.printed, head.reads, head.measure, head.status),
        (
            (
                row.number,
                writing.inline(row.printed),
                writing.inline(row.reads),
                writing.row(row.measure, row.period, *row.remarks),
                writing.row(row.status.words, row.reasoning),
            )
            for row in rows
        ),
    )


def _evidence(view: ClaimView, head: Headings, writing: Writing) -> Iterator[str]:
    if not view.badges and not view.evidence:
        return
    yield writing.heading(4, head.evidence)
    yield writing.block(view.origins)
    for row in view.evidence:
        yield from _item(row, head, writing)
    if view.evidence:
        yield "\n"
    elif not view.gaps:
        yield writing.block(head.no_evidence)


def _item(row: EvidenceRow, head: Headings, writing: Writing) -> Iterator[str]:
    inline = writing.inline
    about = f"→ {', '.join(row.speaks_to)}" if row.speaks_to else ""
    lead = [
        inline(row.stance.words),
        " ".join(filter(None, (row.source, inline(row.named)))),
        inline(row.locator),
        about,
        *map(inline, row.remarks),
    ]
    yield f"- **{row.number}** {' · '.join(filter(None, lead))}\n"
    said = [
        inline(row.says),
        f"“{inline(row.quote)}”" if row.quote else "",
        f"{inline(head.formula)}: {writing.code(row.formula)}" if row.formula else "",
        f"{inline(head.reads)}: {inline(row.reads)}" if row.reads else "",
        inline(row.comparison),
        f"{inline(head.note)}: {inline(row.note)}" if row.note else "",
        writing.row(row.snapshot, row.entered),
        f"SHA-256 {writing.code(row.sha256)}" if row.sha256 else "",
    ]
    yield from (f"  - {one}\n" for one in said if one)


def _contest(view: ContestView, head: Headings, writing: Writing) -> Iterator[str]:
    inline = writing.inline
    yield f"#### ⚑ {inline(view.title)}\n\n"
    yield f"{inline(view.claimed)}\n\n"
    yield writing.block(view.statement)
    for name, numbers in ((head.side_for, view.for_it), (head.side_against, view.against_it)):
        yield f"- {inline(name)}: {', '.join(numbers) or '—'}\n"
    yield f"- {inline(view.raised)}\n" if view.raised else ""
    yield f"- {inline(view.settled)}\n" if view.settled else ""
    yield "\n" + writing.block(view.settlement)


def _reply(view: ReplyView, writing: Writing) -> str:
    became = f" → {view.evidence}" if view.evidence else ""
    question = f"  - {writing.inline(view.question)}\n" if view.question else ""
    return (
        f"- {writing.inline(view.asked)}\n{question}  - **{writing.inline(view.answer)}**{became}\n"
    )


def _signatures(view: ClaimView, head: Headings, writing: Writing) -> Iterator[str]:
    if not (view.sign_offs or view.submitted or view.badges):
        return
    yield writing.heading(4, head.sign_offs)
    yield writing.block(view.submitted)
    yield from (sign_off(one, head, writing) for one in view.sign_offs)
    yield "\n" if view.sign_offs else writing.block(head.nobody_signed)


def sign_off(view: SignOffView, head: Headings, writing: Writing) -> str:
    """A signature, of a claim or of the article, with what was missing in an emergency."""
    inline = writing.inline
    told = [inline(one) for one in (view.by, view.at, view.void, view.reason) if one]
    sha = f" {writing.code(view.sha256)}" if view.sha256 else ""
    lacked = "".join(f"  - {inline(head.missing)} {inline(one)}\n" for one in view.missing)
    return f"- **{inline(view.decision)}** · {' · '.join(told)}{sha}\n{lacked}"
