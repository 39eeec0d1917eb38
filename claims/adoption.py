"""Taking the new text's figures over into a claim whose printed figures have changed."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from claims.acceptance import COPIED
from claims.authorship import became_author
from claims.by_hand import passage
from claims.errors import Conflict, Refused
from claims.extraction.figures import ProposedFigure as Read
from claims.fates import Fate
from claims.models import ArticleVersion, Figure
from claims.readings import Span, figure_values, known_mentions, span_of
from claims.status import VerificationStatus
from claims.vocabulary import AnchorState
from claims.workflow import material_edit

KEPT = frozenset({"role", "pair", "subject", "measure", "geography", "basis", "material"})
"""What a person may have put right, and another number does not change."""


def adopt(session: Session, version: ArticleVersion, fate: Fate, *, by: str) -> list[Figure]:
    """Give each changed figure what the new text says in its place; return those figures.

    Their statuses are open again. Raises Conflict where no figure has changed, and Refused where
    the new text has more or fewer figures than the claim: then a person has to make a new claim.
    """
    if fate.state is not AnchorState.FIGURE_CHANGED or fate.anchor.confirmed_by is not None:
        raise Conflict(
            "no_changed_figure",
            {"zh": "这条论断没有等待处理的改动。", "en": "No changed figure of this claim waits."},
        )
    with material_edit(session, fate.claim):
        became_author(session, fate.claim, by)
        pairs = _pairs(session, version, fate)
        for figure, values in pairs:
            for name in COPIED:
                if name not in KEPT:
                    setattr(figure, name, values[name])
            figure.verification_status = VerificationStatus.UNCHECKED
        fate.anchor.confirmed_by = by
        session.flush()
    return [figure for figure, _ in pairs]


def _pairs(
    session: Session, version: ArticleVersion, fate: Fate
) -> list[tuple[Figure, dict[str, Any]]]:
    """Pair the claim's figures that lost their number with the text's numbers that have none."""
    start, stop = fate.anchor.start or 0, fate.anchor.stop or 0
    here = passage(version, start, stop)
    known = known_mentions(session, version.id, (start, stop))
    mentions: dict[Span, uuid.UUID] = {}
    for read in here.figures:
        found = known.overlapping(span_of(read, here.shift))
        if found is not None:
            mentions[span_of(read, here.shift)] = found
    held = {figure.mention_id for figure in fate.claim.figures}
    free = [read for read in here.figures if mentions.get(span_of(read, here.shift)) not in held]
    lost = [figure for figure in fate.claim.figures if _lost_its_number(figure)]
    if not lost or len(lost) != len(free):
        raise Refused(
            "figures_unpaired",
            {
                "zh": "新文本里的数据与论断的数据对不上：请不再涉及这条论断，另立新的。",
                "en": "The new text's figures do not pair with the claim's: drop it and make a new "
                "claim.",
            },
        )
    return [
        (figure, _values(figure, read, mentions, here.shift))
        for figure, read in zip(lost, free, strict=True)
    ]


def _lost_its_number(figure: Figure) -> bool:
    return figure.mention_id is None and (figure.low is not None or figure.high is not None)


def _values(
    figure: Figure, read: Read, mentions: dict[Span, uuid.UUID], shift: int
) -> dict[str, Any]:
    return figure_values(read, figure.id, figure.number, mentions, shift, figure.created_by)
