"""The figures of a claim: what is printed, what it reads as, and what the evidence says of it."""

from collections.abc import Mapping
from typing import Any

from app.exports.view.parts import Badge, FigureRow
from app.exports.view.sentences import BASIS, IMMATERIAL
from app.exports.view.text import Words
from app.exports.view.wording import Wording


def figure_row(words: Wording, figure: Mapping[str, Any], tag: str) -> FigureRow:
    """One figure in words; ``tag`` is the language of the article it is printed in."""
    if hidden := words.hidden(figure):
        return FigureRow("F", Badge("status", "", hidden), printed=hidden)
    status = figure.get("status")
    return FigureRow(
        number=f"F{figure['number']}",
        printed=words.words(figure.get("stated_text"), tag),
        reads=words.words(figure.get("interval")) or words.words(figure.get("reads")),
        period=words.words(figure.get("period_words")),
        measure=words.words(figure.get("measure")),
        remarks=tuple(_remarks(words, figure)),
        status=Badge("status", str(status), words.label("VerificationStatus", status)),
    )


def _remarks(words: Wording, figure: Mapping[str, Any]) -> list[Words]:
    found: list[Words] = []
    if geography := words.words(figure.get("geography")):
        found.append(geography)
    if basis := words.words(figure.get("basis")):
        found.append(words.say(BASIS, basis=basis))
    if figure.get("observation_status") not in {None, "normal"}:
        found.append(words.label("ObservationStatus", figure["observation_status"]))
    if figure.get("material") is False:
        found.append(words.text(IMMATERIAL))
    return found
