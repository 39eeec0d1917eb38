"""The disputes about a claim, and those outside who were asked: both sides, and how it ended."""

from collections.abc import Mapping
from typing import Any

from flask_babel.speaklater import LazyString

from app.exports.view import sentences
from app.exports.view.claim_parts import ContestView, ReplyView
from app.exports.view.people import People
from app.exports.view.text import Text, Words
from app.exports.view.wording import Wording


def contest_view(words: Wording, people: People, contest: Mapping[str, Any]) -> ContestView:
    """One dispute in words."""
    if hidden := words.hidden(contest):
        return ContestView(hidden.mark, hidden)
    side, party = words.label("Side", contest.get("side")), words.words(contest.get("party"))

    def told(sentence: LazyString, name: str) -> Words | None:
        by, at = people.named(contest.get(f"{name}_by")), words.moment(contest.get(f"{name}_at"))
        return words.say(sentence, by=by, at=at) if by or at else None

    return ContestView(
        title=_title(words, contest),
        claimed=words.say(sentences.CLAIMED_BY, side=side, party=party) if party else side,
        is_open=contest.get("outcome") is None,
        blocking=contest.get("blocking") is True,
        statement=words.words(contest.get("statement")),
        for_it=_numbers(words, contest.get("evidence_for")),
        against_it=_numbers(words, contest.get("evidence_against")),
        raised=told(sentences.RAISED, "raised"),
        settled=told(sentences.SETTLED_BY, "settled"),
        settlement=words.words(contest.get("settlement")),
    )


def _title(words: Wording, contest: Mapping[str, Any]) -> Text:
    outcome = contest.get("outcome")
    ended = words.say(sentences.SETTLED, outcome=words.label("ContestOutcome", outcome))
    about = contest.get("about")
    what = words.text(sentences.ABOUT_ASSESSMENT) if about == "assessment" else words.words(about)
    due = words.words(contest.get("due_on")) if outcome is None else None
    return words.joined(
        words.say(
            sentences.CONTEST_TITLE,
            number=contest["number"],
            reason=words.label("ContestReason", contest.get("reason")),
            state=ended if outcome else words.text(sentences.OPEN),
        ),
        words.say(sentences.ABOUT, what=what) if about not in (None, "claim") else None,
        words.text(sentences.BLOCKING) if contest.get("blocking") is True else None,
        words.say(sentences.DUE, day=due) if due else None,
    )


def _numbers(words: Wording, found: Any) -> tuple[str, ...]:
    return tuple(f"E{number}" for number in words.rows(found))


def reply_view(words: Wording, people: People, reply: Mapping[str, Any]) -> ReplyView:
    """Somebody outside who was asked, and what they answered."""
    if hidden := words.hidden(reply):
        return ReplyView(hidden)
    choice, evidence = reply.get("choice"), reply.get("evidence")
    answer = words.say(
        sentences.ANSWERED,
        choice=words.label("AnswerChoice", choice),
        at=words.moment(reply.get("answered_at")),
    )
    return ReplyView(
        asked=words.joined(
            words.say(
                sentences.ASKED,
                side=words.label("Side", reply.get("side")),
                name=words.words(reply.get("name")),
                at=words.moment(reply.get("asked_at")),
                until=words.moment(reply.get("until")),
            ),
            people.named(reply.get("asked_by")),
        ),
        question=words.words(reply.get("question")),
        answer=answer if choice is not None else words.text(sentences.NO_ANSWER),
        evidence=f"E{evidence}" if isinstance(evidence, int) else "",
    )
