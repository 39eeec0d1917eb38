"""Direction words against the numbers: a text that says *fell* while its figures rise."""

from collections.abc import Iterator

from claims.figures import Role
from claims.models import Claim, Figure
from claims.policy import Policy
from claims.rules.arithmetic import Pair, pairs_of
from claims.rules.hit import Hit
from claims.rules.place import language, text_between
from claims.rules.words import first
from claims.vocabulary import Severity


def direction(claim: Claim, policy: Policy) -> Iterator[Hit]:
    """Yield a hit for each pair whose words and numbers go opposite ways."""
    for name, pair in pairs_of(claim, policy).items():
        ends = {figure.role: figure for figure in claim.figures if figure.pair == name}
        said = _said(claim, ends[Role.FROM], ends[Role.TO])
        if said is not None and said[0] != _goes(pair) and _goes(pair) is not None:
            yield _hit(said[1], ends)


def _said(claim: Claim, start: Figure, end: Figure) -> tuple[str, str] | None:
    """The direction that the words around the pair name, if they name one only."""
    text = text_between(claim, start, end)
    found = {name: first(name, text, language(claim)) for name in ("rise", "fall")}
    named = [(name, word) for name, word in found.items() if word is not None]
    return named[0] if len(named) == 1 else None


def _goes(pair: Pair) -> str | None:
    """The direction of the numbers; None where rounding leaves it open."""
    offset = pair.start.offset(pair.end)
    if offset == 0:
        return None
    return "rise" if offset > 0 else "fall"


def _hit(word: str, ends: dict[Role, Figure]) -> Hit:
    start, end = ends[Role.FROM].stated_text, ends[Role.TO].stated_text
    return Hit(
        "direction",
        Severity.MANDATORY,
        {
            "zh": f"文中说“{word}”，数字却是从“{start}”到“{end}”。",
            "en": f"The text says “{word}”, but the figures go from “{start}” to “{end}”.",
        },
        ends[Role.TO].number,
    )
