"""The disputes about a claim: who said what, the evidence of both sides, and how each ended."""

from collections.abc import Mapping
from typing import Any

from app.exports.view.parts import ContestView
from app.exports.view.sentences import (
    BLOCKING,
    CLAIMED_BY,
    CONTEST_TITLE,
    OPEN,
    RAISED,
    SETTLED,
    SETTLED_BY,
)
from app.exports.view.text import Words
from app.exports.view.wording import Wording


def contest_view(words: Wording, contest: Mapping[str, Any]) -> ContestView:
    """One dispute in words."""
    if hidden := words.hidden(contest):
        return ContestView(hidden.mark, hidden)
    outcome, side = contest.get("outcome"), words.label("Side", contest.get("side"))
    party = words.words(contest.get("party"))
    state = words.say(SETTLED, outcome=words.label("ContestOutcome", outcome))
    return ContestView(
        title=words.joined(
            words.say(
                CONTEST_TITLE,
                number=contest["number"],
                reason=words.label("ContestReason", contest.get("reason")),
                state=state if outcome else words.text(OPEN),
            ),
            words.text(BLOCKING) if contest.get("blocking") is True else None,
        ),
        is_open=outcome is None,
        blocking=contest.get("blocking") is True,
        claimed=words.say(CLAIMED_BY, side=side, party=party) if party else side,
        statement=words.words(contest.get("statement")),
        for_it=_numbers(contest.get("evidence_for")),
        against_it=_numbers(contest.get("evidence_against")),
        raised=_told(words, RAISED, contest.get("raised_by"), contest.get("raised_at")),
        settled=_told(words, SETTLED_BY, contest.get("settled_by"), contest.get("settled_at")),
        settlement=words.words(contest.get("settlement")),
    )


def _numbers(found: Any) -> tuple[str, ...]:
    return tuple(f"E{number}" for number in found) if isinstance(found, list) else ()


def _told(words: Wording, sentence: Any, by: Any, at: Any) -> Words | None:
    if by is None and at is None:
        return None
    return words.say(sentence, by=words.person(by), at=words.moment(at))
