"""One claim in words, with its figures, evidence, contests and signatures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.exports.view.contests import contest_view
from app.exports.view.evidence import Names, evidence_row
from app.exports.view.figures import figure_row
from app.exports.view.headings import Headings
from app.exports.view.parts import Badge, ClaimView, Fact
from app.exports.view.sentences import ASSESSED, CONTESTED, SUBMITTED
from app.exports.view.sign_offs import claim_sign_off
from app.exports.view.text import Said, Text, Words
from app.exports.view.wording import Wording

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Claims:
    """What every claim of an appendix needs to be put into words."""

    words: Wording
    head: Headings
    tag: str
    named: Names
    roots: Mapping[int, str]

    def view(self, claim: Mapping[str, Any], place: int) -> ClaimView:
        """One claim; ``place`` is where it stands in the list, also where all is withheld."""
        if hidden := self.words.hidden(claim):
            return self._withheld(hidden, place)
        words, number = self.words, claim["number"]
        assessed = words.person(claim.get("assessed_by"))
        return ClaimView(
            number=f"C-{number:02d}",
            anchor=f"c{number}",
            statement=words.words(claim.get("statement")) or Said(""),
            badges=self._badges(claim),
            quote=words.words(claim.get("quote"), self.tag),
            figures=self._each(claim, "figures", lambda row: figure_row(words, row, self.tag)),
            reasoning=words.words(claim.get("reasoning")),
            assessed=words.say(ASSESSED, by=assessed) if assessed else None,
            wording=words.words(claim.get("proposed_wording"), self.tag),
            attribution=self._each(claim, "attribution", lambda row: words.words(row) or Said("")),
            origins=words.words(claim.get("origins")),
            evidence=self._each(
                claim, "evidence", lambda row: evidence_row(words, row, self.named)
            ),
            contests=self._each(claim, "contests", lambda row: contest_view(words, row)),
            sign_offs=self._each(claim, "sign_offs", lambda row: claim_sign_off(words, row)),
            submitted=self._submitted(claim),
            withheld=self._parts_withheld(claim),
            sha=words.words(claim.get("content_sha256")),
            root=self.roots.get(number, ""),
        )

    @staticmethod
    def _each(claim: Mapping[str, Any], name: str, made: Callable[[Any], P]) -> tuple[P, ...]:
        rows = claim.get(name)
        return tuple(map(made, rows)) if isinstance(rows, list) else ()

    def _badges(self, claim: Mapping[str, Any]) -> tuple[Badge, ...]:
        words, status = self.words, claim.get("status")
        found = [Badge("status", _code(status), words.label("VerificationStatus", status))]
        if disputes := open_contests(claim):
            found.append(Badge("contest", "open", words.say(CONTESTED, count=disputes)))
        if (stage := claim.get("stage")) is not None:
            found.append(Badge("stage", _code(stage), words.label("Stage", stage)))
        if (made := claim.get("disposition")) is not None:
            found.append(Badge("disposition", _code(made), words.label("Disposition", made)))
        return tuple(found)

    def _submitted(self, claim: Mapping[str, Any]) -> Words | None:
        by = self.words.person(claim.get("submitted_by"))
        levels = self.words.words(str(claim.get("levels") or 1))
        return self.words.say(SUBMITTED, by=by, levels=levels) if by else None

    def _parts_withheld(self, claim: Mapping[str, Any]) -> tuple[Fact, ...]:
        names: dict[str, Text] = {
            "figures": self.head.figures,
            "evidence": self.head.evidence,
            "contests": self.head.contests,
            "sign_offs": self.head.sign_offs,
            "attribution": self.head.attribution,
        }
        found = []
        for name, title in names.items():
            hidden = self.words.hidden(claim.get(name))
            if hidden is not None:
                found.append(Fact(title, hidden))
        return tuple(found)

    def _withheld(self, hidden: Words, place: int) -> ClaimView:
        whole = (Fact(self.head.claim, hidden),)
        return ClaimView(f"#{place}", f"p{place}", hidden, withheld=whole)


def open_contests(claim: Mapping[str, Any]) -> int:
    """How many disputes of a claim are not settled; none is known where they are withheld."""
    rows = claim.get("contests")
    if not isinstance(rows, list):
        return 0
    return sum("outcome" in row and row["outcome"] is None for row in rows)


def _code(value: Any) -> str:
    return value if isinstance(value, str) else ""
