"""One claim in words, with its figures, evidence, contests, answers and signatures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.exports.view import sentences
from app.exports.view.claim_parts import Badge, ClaimView, Gap
from app.exports.view.contests import contest_view, reply_view
from app.exports.view.evidence import Names, evidence_row
from app.exports.view.figures import figure_row
from app.exports.view.headings import Headings
from app.exports.view.people import People
from app.exports.view.sign_offs import claim_sign_off
from app.exports.view.text import Said, Words
from app.exports.view.wording import Wording, code

P = TypeVar("P")
DAY = len("2026-01-01")
GAPS = ("earlier", "figures", "evidence", "contests", "replies", "findings", "sign_offs")
"""The lists of a claim that a profile may keep back whole, by the names of their headings."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What every claim of an appendix needs to be put into words."""

    words: Wording
    people: People
    head: Headings
    tag: str
    named: Names
    roots: Mapping[int, str]

    def view(self, claim: Mapping[str, Any], place: int) -> ClaimView:
        """One claim; ``place`` is where it stands in the list, also where all is withheld."""
        words, people = self.words, self.people
        if hidden := words.hidden(claim):
            return ClaimView(f"#{place}", f"p{place}", hidden)
        number, judged = claim["number"], words.within(claim.get("assessment"))
        origins = claim.get("origins")
        return ClaimView(
            number=f"C-{number:02d}",
            anchor=f"c{number}",
            statement=words.words(claim.get("statement")) or Said("—"),
            badges=tuple(self._badges(claim)),
            quote=words.words(claim.get("quote"), self.tag),
            place=self._place(claim),
            figures=self._each(claim, "figures", lambda row: figure_row(words, row, self.tag)),
            reasoning=words.hidden(claim.get("assessment")) or words.words(judged.get("reasoning")),
            assessed=self._assessed(judged),
            earlier=self._each(claim, "earlier", self._earlier),
            wording=words.words(claim.get("proposed_wording"), self.tag),
            attribution=self._each(claim, "citations", self._cited),
            origins=words.hidden(origins) or words.words(words.within(origins).get("words")),
            evidence=self._each(
                claim, "evidence", lambda row: evidence_row(words, people, row, self.named)
            ),
            contests=self._each(claim, "contests", lambda row: contest_view(words, people, row)),
            replies=self._each(claim, "replies", lambda row: reply_view(words, people, row)),
            findings=self._each(claim, "findings", self._finding),
            sign_offs=self._each(
                claim, "sign_offs", lambda row: claim_sign_off(words, people, row)
            ),
            submitted=self._submitted(claim),
            dated=self._dated(claim, judged),
            gaps=tuple(self._gaps(claim)),
            sha=words.words(claim.get("content_sha256")),
            root=self.roots.get(number, ""),
        )

    def _each(self, claim: Mapping[str, Any], name: str, made: Callable[[Any], P]) -> tuple[P, ...]:
        return tuple(map(made, self.words.rows(claim.get(name))))

    def _badges(self, claim: Mapping[str, Any]) -> list[Badge]:
        words, found = self.words, list[Badge]()
        if (status := claim.get("status")) is not None:
            label = words.label("VerificationStatus", status)
            found.append(Badge("status", code(status), label))
        if disputes := open_contests(words, claim):
            found.append(Badge("contest", "open", words.say(sentences.CONTESTED, count=disputes)))
        if (stage := claim.get("stage")) is not None:
            found.append(Badge("stage", code(stage), words.label("Stage", stage)))
        if (made := claim.get("disposition")) is not None:
            found.append(Badge("disposition", code(made), words.label("Disposition", made)))
        if code(claim.get("freshness")) in {"due", "source_changed", "source_gone"}:
            fresh = claim["freshness"]
            found.append(Badge("flag", code(fresh), words.label("Freshness", fresh)))
        return found

    def _place(self, claim: Mapping[str, Any]) -> Words | None:
        """What became of the sentence the claim was put to; nothing if it is as it was."""
        state = self.words.within(claim.get("place")).get("state")
        if state in (None, "exact", "moved"):
            return self.words.hidden(claim.get("place"))
        return self.words.say(sentences.PLACED, state=self.words.label("AnchorState", state))

    def _assessed(self, judged: Mapping[str, Any]) -> Words | None:
        by, lowered = self.people.named(judged.get("by")), judged.get("lowered_from")
        if by is None:
            return None
        status = self.words.label("VerificationStatus", lowered)
        return self.words.joined(
            self.words.say(sentences.ASSESSED, by=by, at=self.words.moment(judged.get("at"))),
            self.words.say(sentences.LOWERED, status=status) if lowered else None,
        )

    def _earlier(self, row: Any) -> Words:
        words, figure = self.words, row.get("figure")
        if hidden := words.hidden(row):
            return hidden
        made = words.label("Disposition", row.get("disposition"))
        return words.joined(
            f"F{figure}" if isinstance(figure, int) else None,
            words.say(
                sentences.EARLIER,
                at=words.moment(row.get("at")),
                by=self.people.named(row.get("by")),
                status=words.label("VerificationStatus", row.get("status")),
            ),
            made,
            words.words(row.get("reasoning")),
        )

    def _cited(self, row: Any) -> Words:
        if hidden := self.words.hidden(row):
            return hidden
        source, said = row.get("source"), self.words.words(row.get("attribution"))
        name = self.named.get(source) if isinstance(source, int) else None
        return self.words.joined(said, name, self.words.words(row.get("locator")))

    def _finding(self, row: Any) -> Words:
        words = self.words
        if hidden := words.hidden(row):
            return hidden
        severity = words.label("Severity", row.get("severity"))
        by, reason = self.people.named(row.get("waived_by")), words.words(row.get("waiver_reason"))
        message = words.words(row.get("message"))
        return words.joined(
            words.say(sentences.FINDING, severity=severity, message=message),
            words.say(sentences.WAIVED, by=by, reason=reason) if by else None,
        )

    def _dated(self, claim: Mapping[str, Any], judged: Mapping[str, Any]) -> Words | None:
        """The day of the last signature that stands; before there is one, of the assessment."""
        rows = [self.words.within(row) for row in self.words.rows(claim.get("sign_offs"))]
        signed = [
            row.get("at")
            for row in rows
            if row.get("decision") == "signed" and row.get("void") is False
        ]
        moments = [at for at in (*reversed(signed), judged.get("at")) if isinstance(at, str)]
        return Said(moments[0][:DAY]) if moments else None

    def _submitted(self, claim: Mapping[str, Any]) -> Words | None:
        by = self.people.named(claim.get("submitted_by"))
        levels = self.words.words(str(claim.get("levels") or 1))
        return self.words.say(sentences.SUBMITTED, by=by, levels=levels) if by else None

    def _gaps(self, claim: Mapping[str, Any]) -> list[Gap]:
        found = []
        for name in GAPS:
            hidden = self.words.hidden(claim.get(name))
            if hidden is not None:
                found.append(Gap(getattr(self.head, name), hidden))
        return found


def open_contests(words: Wording, claim: Mapping[str, Any]) -> int:
    """How many disputes of a claim are not settled; none is known where they are withheld."""
    rows = words.rows(claim.get("contests"))
    return sum("outcome" in row and row["outcome"] is None for row in rows)
