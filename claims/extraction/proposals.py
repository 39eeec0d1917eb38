"""One proposal per clause that holds a strong figure, and folded ones for what is left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.extraction.clauses import Clause, clauses
from claims.extraction.figures import ProposedFigure, paired, proposed, status_of
from claims.extraction.periods import UNDATED, Dated, carried, in_clause, last_date
from claims.extraction.strength import Strength, is_period, strength
from claims.extraction.subjects import NOTHING, Topic, topic
from claims.extraction.words import Words, words_of
from claims.figures import EDTF, ObservationStatus, Role
from claims.quantities import Quantity

LEAD_IN = 6
"""A clause with at most this many letters beside its date is only a lead-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A stretch of text that may be a claim: bounds in code points, its kind and its figures."""

    start: int
    stop: int
    sentence: tuple[int, int]
    statement: str
    kind: str
    strong: bool
    rule: str
    figures: tuple[ProposedFigure, ...]


@dataclass(slots=True)
class _Context:
    """What the clauses before leave to the clauses after them."""

    text: str
    words: Words
    language: str
    published: EDTF | None
    weights: dict[int, Strength]
    dated: Dated = UNDATED
    earlier: Dated = UNDATED
    topic: Topic = NOTHING
    line: int = -1


def propose(
    text: str, language: str, quantities: Sequence[Quantity], published: EDTF | None = None
) -> list[Proposal]:
    """Return the proposals of a text in the order of their places.

    ``quantities`` are what the reader found in it; ``published`` is the article's day, from which
    "last year" is counted.
    """
    words = words_of(language)
    numbers = _apart(quantities)
    weights = {number.start: strength(text, number, words) for number in numbers}
    strong = frozenset(start for start, weight in weights.items() if weight.strong)
    context = _Context(text, words, language.partition("-")[0], published, weights)
    made: list[Proposal] = []
    rest: list[tuple[Clause, tuple[Quantity, ...]]] = []
    for sentence in clauses(text, words, numbers, strong):
        _sentence(context, sentence, made, rest)
    used = {
        figure.dated.mention.start
        for proposal in made
        for figure in proposal.figures
        if figure.dated.mention is not None
    }
    made += [
        _folded(context, clause, left)
        for clause, held in rest
        if (left := tuple(number for number in held if number.start not in used))
    ]
    return sorted(_holding(context, made, used, numbers), key=lambda one: (one.start, one.stop))


def _apart(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out a second reading of a place, so that no number is held twice."""
    kept: list[Quantity] = []
    for number in sorted(quantities, key=lambda one: (one.start, -one.end)):
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def _sentence(
    context: _Context,
    sentence: list[Clause],
    made: list[Proposal],
    rest: list[tuple[Clause, tuple[Quantity, ...]]],
) -> None:
    """Propose the strong clauses of one sentence; what is left goes to ``rest``."""
    if not sentence:
        return
    line = context.text.rfind("\n", 0, sentence[0].start)
    if line != context.line:
        context.line, context.earlier = line, UNDATED
    context.dated, context.topic = UNDATED, NOTHING
    free = 0
    for at, clause in enumerate(sentence):
        if any(context.weights[number.start].strong for number in clause.quantities):
            first = _opening(context, sentence, at, free)
            whole = _whole(sentence[first : at + 1])
            rest += [(one, one.quantities) for one in sentence[free:first] if one.quantities]
            made.append(_strong(context, whole, clause))
            free = at + 1
        _remember(context, clause)
    rest += [(one, one.quantities) for one in sentence[free:] if one.quantities]
    if context.dated.period is not None:
        context.earlier = context.dated


def _remember(context: _Context, clause: Clause) -> None:
    found = last_date(context.text, clause, context.words, context.published)
    if found is not None and found.period is not None:
        context.dated = found
    if _near(context, clause):
        end = Quantity(clause.stop, clause.stop, "", clause.stop, clause.stop, "end", None)
        context.topic = topic(context.text, clause, end, context.words, context.topic)


def _opening(context: _Context, sentence: list[Clause], at: int, free: int) -> int:
    """Return the first clause of the statement: its date, or the subject it leaves out."""
    first = at
    said = sentence[at].said(context.text).strip()
    bare = context.words.bare is not None and context.words.bare.match(said) is not None
    if bare and first > free and _near(context, sentence[first - 1]):
        first -= 1
    while first > free and _is_lead_in(sentence[first - 1]):
        first -= 1
    return first


def _near(context: _Context, clause: Clause) -> bool:
    return not any(context.weights[number.start].strong for number in clause.quantities)


def _is_lead_in(clause: Clause) -> bool:
    """Tell whether a clause is hardly more than a date, as 2015年 alone is."""
    dates = [number for number in clause.quantities if is_period(number)]
    letters = clause.stop - clause.start - sum(number.end - number.start for number in dates)
    return bool(dates) and len(dates) == len(clause.quantities) and letters <= LEAD_IN


def _whole(parts: list[Clause]) -> Clause:
    numbers = tuple(number for part in parts for number in part.quantities)
    return Clause(parts[0].start, parts[-1].stop, parts[0].sentence, numbers)


def _strong(context: _Context, whole: Clause, core: Clause) -> Proposal:
    """Propose a statement; its topic is read off the clause that holds the figures."""
    figures = [
        _figure(context, whole, number, core)
        for number in whole.quantities
        if not is_period(number)
    ]
    return _proposal(context, whole, paired(figures), strong=True)


def _figure(context: _Context, clause: Clause, number: Quantity, core: Clause) -> ProposedFigure:
    text, words = context.text, context.words
    dated = in_clause(text, clause, number.start, words, context.published)
    if dated is None:
        dated = carried(context.dated)
    if dated is UNDATED and words.anaphors.search(text, clause.start, clause.stop):
        dated = carried(context.earlier)
    figure = proposed(
        number,
        context.weights[number.start],
        dated,
        status_of(text, clause, number, words),
    )
    found = topic(text, core, number, words, context.topic)
    context.topic = Topic(found.subject or context.topic.subject, context.topic.measure)
    tongue = context.language
    return replace(
        figure,
        subject={tongue: found.subject} if found.subject else None,
        measure={tongue: found.measure} if found.measure else None,
    )


def _folded(context: _Context, clause: Clause, left: tuple[Quantity, ...]) -> Proposal:
    figures = [_aside(context, number) for number in left]
    return _proposal(context, clause, figures, strong=False)


def _aside(context: _Context, number: Quantity) -> ProposedFigure:
    """A weak number, or a date that no figure refers to: it is its own period."""
    dated = UNDATED
    if is_period(number):
        clause = Clause(number.start, number.end, (number.start, number.end), (number,))
        dated = last_date(context.text, clause, context.words, context.published) or UNDATED
        dated = dated._replace(mention=None)
    return proposed(number, context.weights[number.start], dated, ObservationStatus.NORMAL)


def _proposal(
    context: _Context, clause: Clause, figures: list[ProposedFigure], *, strong: bool
) -> Proposal:
    said = clause.said(context.text)
    start = clause.start + len(said) - len(said.lstrip(" \t\n#"))
    stop = clause.stop - (len(said) - len(said.rstrip(" \t\n，,；;：:、。.—")))
    stop = max(stop, *(figure.quantity.end for figure in figures))
    telling = next((one for one in figures if one.strong), figures[0])
    return Proposal(
        start=start,
        stop=stop,
        sentence=clause.sentence,
        statement=context.text[start:stop],
        kind=kind_of(figures),
        strong=strong,
        rule=telling.rule,
        figures=tuple(figures),
    )


def kind_of(figures: Sequence[ProposedFigure]) -> str:
    """Name the kind of claim by its first strong figure."""
    first = next((figure for figure in figures if figure.strong), figures[0])
    if first.observation_status in (ObservationStatus.TARGET, ObservationStatus.FORECAST):
        return first.observation_status.value
    if first.role in (Role.FROM, Role.TO):
        return "change"
    if first.role in (Role.RANK, Role.COUNT):
        return first.role.value
    if first.role is Role.DIFFERENCE:
        return "comparison"
    if first.quantity.kind == "currency":
        return "money"
    if is_period(first.quantity):
        return "date"
    return "share" if first.bounds.unit == "%" else "statement"


def _holding(
    context: _Context, made: list[Proposal], used: set[int], numbers: list[Quantity]
) -> list[Proposal]:
    """Give each date nobody refers to and no proposal holds to the proposal it stands in."""
    held = used | {figure.quantity.start for one in made for figure in one.figures}
    stray = [number for number in numbers if number.start not in held]
    if not stray:
        return made
    done: list[Proposal] = []
    ordered = sorted(made, key=lambda one: one.start)
    at = 0
    for one in ordered:
        inside: list[Quantity] = []
        while at < len(stray) and stray[at].start < one.stop:
            if stray[at].start >= one.start:
                inside.append(stray[at])
            at += 1
        asides = tuple(_aside(context, number) for number in inside)
        done.append(replace(one, figures=one.figures + asides) if asides else one)
    return done
