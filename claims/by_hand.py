"""A claim that a person marks in the text: where it stands, the figures in it, and the claim."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from claims import extraction
from claims.acceptance import Desk, make_claim
from claims.anchors import sentence, whole_words
from claims.errors import Refused
from claims.extraction.figures import ProposedFigure as Read
from claims.extraction.periods import day_of
from claims.extraction.proposals import kind_of
from claims.figures import Role
from claims.headings import words_begin
from claims.journal import Journal
from claims.mentions import LANGUAGES, mention_values
from claims.models import ArticleVersion, Proposal, ProposedFigure, QuantityMention, TriageAct
from claims.proposal_edits import FigureEdit, read_edtf
from claims.proposals import decide
from claims.quantities import Quantity, read
from claims.readings import Span, figure_values, known_mentions, next_number
from claims.triage_vocabulary import ActKind, PeriodSource, ProposalState, Rule, Strength
from sources.identifiers import uuid7

LONGEST = 2_000
"""Code points of a passage that is one claim."""
DEFAULT_KIND = "statement"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the text with the figures seen in it; ``shift`` is where reading began."""

    start: int
    stop: int
    kind: str
    shift: int
    figures: tuple[Read, ...]


def passage(version: ArticleVersion, start: int, stop: int) -> Passage:
    """Read the figures of a place in the light of the sentence around it.

    Raises Refused for a place that is none, holds no word, or is longer than one claim.
    """
    start, stop = _checked(version.text, start, stop)
    begin, end = sentence(version.text, start, stop)
    text = version.text[begin:end]
    tongue = version.article.language
    published = version.article.published
    found = read(text, LANGUAGES.get(tongue.split("-")[0], "en"), published=day_of(published))
    figures = [
        figure
        for proposal in extraction.propose(text, tongue, found, published)
        for figure in proposal.figures
        if begin + figure.quantity.start >= start and begin + figure.quantity.end <= stop
    ]
    kind = kind_of(figures) if any(figure.strong for figure in figures) else DEFAULT_KIND
    return Passage(start, stop, kind, begin, tuple(figures))


def _checked(text: str, start: int, stop: int) -> Span:
    """Return the bounds without white space at either end, without a heading's marker, at words."""
    said = text[start:stop] if 0 <= start < stop <= len(text) else ""
    if not said.strip():
        raise Refused(
            "no_passage",
            {
                "zh": "正文里没有这段文字。请从正文里原样复制。",
                "en": "These words are not in the text. Copy them from it exactly.",
            },
            "quote",
        )
    if len(said) > LONGEST:
        raise Refused(
            "passage_too_long",
            {
                "zh": f"一条论断最多 {LONGEST} 个字。",
                "en": f"One claim has at most {LONGEST} characters.",
            },
            "quote",
        )
    start, stop = start + len(said) - len(said.lstrip()), stop - (len(said) - len(said.rstrip()))
    line = text.rfind("\n", 0, start) + 1
    words = words_begin(text, line)
    # Who selects a whole heading means its words; the marker before them is not shown.
    start = words if start < words < stop else start
    return whole_words(text, start, stop)


def add_by_hand(
    session: Session,
    version: ArticleVersion,
    place: Passage,
    *,
    statement: str,
    kind: str,
    figures: Sequence[FigureEdit | None],
    by: str,
) -> TriageAct:
    """Make a claim of a passage, with those of its figures that are kept (None leaves one out)."""
    said = statement.strip()
    if not said:
        raise Refused(
            "statement_missing", {"zh": "请写出论断。", "en": "Write the statement."}, "statement"
        )
    desk = Desk(session, version.article)
    journal = Journal(session, version, by)
    proposal = _proposal(journal, place, said, kind.strip() or place.kind)
    kept = [
        (figure, given)
        for figure, given in zip(place.figures, figures, strict=True)
        if given is not None
    ]
    mentions = _mentions(journal, place, [figure for figure, _ in kept])
    tongue = version.article.language.split("-", maxsplit=1)[0]
    pairs = [figure.pair for figure, _ in kept]
    for number, (figure, given) in enumerate(kept, start=1):
        whole = figure.pair is None or pairs.count(figure.pair) > 1
        row = _row(journal, proposal, figure if whole else _alone(figure), number, mentions, place)
        _apply(row, given, tongue, number)
        journal.add(row)
    session.flush()
    session.expire(proposal, ["figures"])
    _supersede(journal, proposal)
    claim = make_claim(journal, desk, proposal)
    decide(journal, proposal, ProposalState.ACCEPTED, claim_id=claim.id)
    return journal.close(ActKind.ADD, str(claim.number))


def _supersede(journal: Journal, proposal: Proposal) -> None:
    """Take proposals off the list whose numbers this claim holds, all of them."""
    held = {row.mention_id for row in proposal.figures}
    if not held:
        return
    left = journal.session.scalars(
        select(Proposal)
        .where(
            Proposal.version_id == proposal.version_id,
            Proposal.state == ProposalState.PENDING,
            Proposal.id != proposal.id,
            Proposal.start < proposal.stop,
            Proposal.stop > proposal.start,
        )
        .options(selectinload(Proposal.figures))
    )
    for one in left:
        if {row.mention_id for row in one.figures} <= held:
            decide(journal, one, ProposalState.SUPERSEDED)


def _alone(figure: Read) -> Read:
    """A figure whose partner was left out is no half of a pair."""
    return replace(figure, pair=None, role=Role.VALUE)


def _proposal(journal: Journal, place: Passage, statement: str, kind: str) -> Proposal:
    text = journal.version.text
    begin, end = sentence(text, place.start, place.stop)
    strong = any(figure.strong for figure in place.figures)
    proposal = Proposal(
        id=uuid7(),
        version_id=journal.version.id,
        reading_id=None,
        number=next_number(journal.session, journal.version.id),
        start=place.start,
        stop=place.stop,
        sentence_start=begin,
        sentence_stop=max(end, place.stop),
        statement=statement,
        kind=kind,
        strength=Strength.STRONG if strong else Strength.WEAK,
        rule=Rule.BY_HAND,
        edited_by=journal.by,
        created_by=journal.by,
    )
    journal.add(proposal)
    journal.session.flush()
    return proposal


def _mentions(
    journal: Journal, place: Passage, figures: Sequence[Read]
) -> dict[Span, QuantityMention]:
    """Return the mention rows of figures and their dates; what no reading listed yet is added."""
    version, shift = journal.version, place.shift
    numbers: list[Quantity] = []
    for figure in figures:
        numbers += [figure.quantity, *filter(None, [figure.dated.mention])]
    known = known_mentions(journal.session, version.id, (shift, place.stop + LONGEST))
    made: dict[Span, QuantityMention] = {}
    for number in numbers:
        span = (number.start + shift, number.end + shift)
        held = known.overlapping(span)
        if span in made:
            continue
        if held is not None:
            made[span] = journal.session.get_one(QuantityMention, held)
        else:
            row = QuantityMention(**mention_values(version.id, number, journal.by, shift))
            journal.add(row)
            made[span] = row
    journal.session.flush()
    return made


def _row(
    journal: Journal,
    proposal: Proposal,
    figure: Read,
    number: int,
    mentions: dict[Span, QuantityMention],
    place: Passage,
) -> ProposedFigure:
    keys = {span: row.id for span, row in mentions.items()}
    values = figure_values(figure, proposal.id, number, keys, place.shift, journal.by)
    return ProposedFigure(**values)


def _apply(row: ProposedFigure, given: FigureEdit, tongue: str, number: int) -> None:
    row.subject = {tongue: given.subject} if given.subject else None
    row.measure = {tongue: given.measure} if given.measure else None
    row.material = given.material
    period = read_edtf(given.period, f"period_{number}")
    if period != row.period:
        row.period, row.period_note, row.period_mention_id = period, None, None
        row.period_source = PeriodSource.EDITOR if period else None
