"""The figures of a claim: what is printed, what it reads as, and what the evidence says of it."""

from collections.abc import Mapping
from typing import Any

from app.exports.view.claim_parts import Badge, FigureRow
from app.exports.view.sentences import BASIS, IMMATERIAL
from app.exports.view.text import Words
from app.exports.view.wording import Wording, code


def figure_row(words: Wording, figure: Mapping[str, Any], tag: str) -> FigureRow:
    """One figure in words; ``tag`` is the language of the article it is printed in."""
    if hidden := words.hidden(figure):
        return FigureRow("F", Badge("status", "", hidden), printed=hidden)
    status = figure.get("status")
    return FigureRow(
        number=f"F{figure['number']}",
        status=Badge("status", code(status), words.label("VerificationStatus", status)),
        printed=words.words(figure.get("stated_text"), tag),
        reads=reading(words, figure),
        low=words.words(figure.get("low")),
        high=words.words(figure.get("high")),
        unit=words.words(figure.get("unit")),
        period=words.words(figure.get("period_words")),
        measure=_measure(words, figure),
        remarks=tuple(_remarks(words, figure)),
        reasoning=words.words(figure.get("reasoning")),
    )


def reading(words: Wording, figure: Mapping[str, Any]) -> Words | None:
    """The interval a reader would understand; where there is none, what the figure reads as."""
    return words.words(figure.get("interval")) or words.words(figure.get("reads"))


def _measure(words: Wording, figure: Mapping[str, Any]) -> Words | None:
    subject, measure = words.words(figure.get("subject")), words.words(figure.get("measure"))
    return words.joined(subject, measure) if subject and measure else measure or subject


def _remarks(words: Wording, figure: Mapping[str, Any]) -> list[Words]:
    found: list[Words] = []
    if geography := words.words(figure.get("geography")):
        found.append(geography)
    if basis := words.words(figure.get("basis")):
        found.append(words.say(BASIS, basis=basis))
    if figure.get("observation_status") not in (None, "normal"):
        found.append(words.label("ObservationStatus", figure["observation_status"]))
    if figure.get("material") is False:
        found.append(words.text(IMMATERIAL))
    return found
