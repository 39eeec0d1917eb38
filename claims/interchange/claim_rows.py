"""Making the rows of one claim out of its entry in ``claims.json``."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from claims.anchors import quote, sentence
from claims.interchange.figures import read_figure
from claims.material import SAID
from claims.models import (
    Article,
    ArticleVersion,
    Assessment,
    Citation,
    Claim,
    ClaimAnchor,
    Contest,
    ContestEvidence,
    Evidence,
    EvidenceTarget,
    Figure,
    FigureRelation,
    Finding,
    FormulaCheck,
)
from claims.status import VerificationStatus, fold
from claims.vocabulary import (
    Bearing,
    Channel,
    ContestOutcome,
    ContestReason,
    Disposition,
    EvidenceKind,
    LocatorKind,
    RelationKind,
    Severity,
    Side,
    Stage,
    Stance,
    Terms,
)
from sources.base import now
from sources.interchange import Broken

Entry = Mapping[str, Any]
LOADABLE = (Stage.OPEN, Stage.CHECKING)
"""The stages a file may give; submission and signature are acts of people, not of files."""
SETTLED_BY = "system:interchange"
"""Who settles a contest that comes in settled: a file tells the outcome, not the person."""


class ClaimReader:
    """Adds claims to one version of one article."""

    def __init__(
        self,
        session: Session,
        article: Article,
        version: ArticleVersion,
        span: Callable[..., uuid.UUID | None],
        source_ids: Mapping[str, uuid.UUID],
        by: str,
    ) -> None:
        """Keep what every claim needs; ``span`` verifies a passage and returns its mention."""
        self.session, self.article, self.version = session, article, version
        self.span, self.source_ids, self.by = span, source_ids, by

    def add(self, entry: Entry) -> Claim:
        """Add one claim with everything below it; raise Broken naming claim and place."""
        where = f"claims.json, claim {entry.get('key')}"
        try:
            return self._add(entry, where)
        except (KeyError, ValueError) as problem:
            raise Broken(f"{where}: {type(problem).__name__} {problem}") from problem

    def _add(self, entry: Entry, where: str) -> Claim:
        stage = Stage(entry["stage"])
        if stage not in LOADABLE:
            raise Broken(f"{where}: a file cannot put a claim into the stage {stage.value}")
        claim = Claim(
            article_id=self.article.id,
            number=entry["number"],
            key=entry["key"],
            kind=entry["kind"],
            statement=entry["statement"],
            stage=stage,
            disposition=Disposition(entry["disposition"]) if "disposition" in entry else None,
            proposed_wording=entry.get("proposed_wording"),
            checkability=entry.get("checkability"),
            where_to_check=entry.get("where_to_check"),
            created_by=self.by,
        )
        self.session.add(claim)
        self.session.flush()
        self._anchor(claim, entry, where)
        if "attribution" in entry:
            self._add_row(Citation(claim_id=claim.id, attribution=entry["attribution"]))
        figures = self._figures(claim, entry, where)
        self._relations(claim, entry, figures)
        self._assess(claim, entry, figures)
        self._findings(claim, entry)
        for item in entry.get("formulas", ()):
            self._add_row(
                FormulaCheck(
                    claim_id=claim.id,
                    number=item["number"],
                    formula=item["formula"],
                    note=item.get("note"),
                )
            )
        evidence = self._evidence(claim, entry, figures, where)
        self._contests(claim, entry, evidence, where)
        return claim

    def _add_row(self, row: Any) -> None:
        row.created_by = self.by
        self.session.add(row)

    def _anchor(self, claim: Claim, entry: Entry, where: str) -> None:
        given = entry["anchor"]
        found = quote(self.version.text, given["start"], given["end"])
        if found.exact != given["exact"]:
            raise Broken(
                f"{where}: the anchor {found.start} to {found.stop} says {found.exact!r},"
                f" not {given['exact']!r}"
            )
        around = entry.get("sentence")
        bounds = (
            (around["start"], around["end"])
            if around
            else sentence(self.version.text, found.start, found.stop)
        )
        self._add_row(
            ClaimAnchor(
                claim_id=claim.id,
                version_id=self.version.id,
                exact=found.exact,
                prefix=found.prefix,
                suffix=found.suffix,
                start=found.start,
                stop=found.stop,
                sentence_start=bounds[0],
                sentence_stop=bounds[1],
            )
        )

    def _figures(self, claim: Claim, entry: Entry, where: str) -> dict[int, Figure]:
        rows: dict[int, Figure] = {}
        for item in entry.get("figures", ()):
            at = f"{where}, figure {item.get('number')}"
            row = read_figure(item, at, self.by)
            row.claim_id = claim.id
            number = row.low is not None or row.high is not None
            if row.start is not None:
                row.mention_id = self.span(row.start, row.stop, row.stated_text, at, number=number)
            printed = item.get("period_text")
            if printed is not None:
                row.period_mention_id = self.span(
                    printed["start"], printed["end"], printed["text"], at, number=True
                )
            self.session.add(row)
            rows[row.number] = row
        self.session.flush()
        return rows

    def _relations(self, claim: Claim, entry: Entry, figures: dict[int, Figure]) -> None:
        for item in entry.get("relations", ()):
            self._add_row(
                FigureRelation(
                    claim_id=claim.id,
                    from_figure_id=figures[item["from"]].id,
                    to_figure_id=figures[item["to"]].id,
                    kind=RelationKind(item["kind"]),
                    note=item.get("note"),
                )
            )

    def _assess(self, claim: Claim, entry: Entry, figures: dict[int, Figure]) -> None:
        given = {item["number"]: item for item in entry.get("figures", ())}
        for number, row in figures.items():
            if row.verification_status is not VerificationStatus.UNCHECKED:
                self._add_row(
                    Assessment(
                        claim_id=claim.id,
                        figure_id=row.id,
                        status=row.verification_status,
                        reasoning=given[number].get("reason"),
                    )
                )
        claim.verification_status = fold(
            row.verification_status for row in figures.values() if row.material
        )
        if "reasoning" in entry:
            self._add_row(
                Assessment(
                    claim_id=claim.id,
                    status=claim.verification_status,
                    reasoning=entry["reasoning"],
                    disposition=claim.disposition,
                    proposed_wording=claim.proposed_wording,
                )
            )
        self.session.flush()

    def _findings(self, claim: Claim, entry: Entry) -> None:
        for item in entry.get("findings", ()):
            self._add_row(
                Finding(
                    claim_id=claim.id,
                    code=item["code"],
                    severity=Severity(item["severity"]),
                    message=item["message"],
                )
            )
            self.session.flush()

    def _evidence(
        self, claim: Claim, entry: Entry, figures: dict[int, Figure], where: str
    ) -> dict[int, Evidence]:
        rows: dict[int, Evidence] = {}
        for item in entry.get("evidence", ()):
            at = f"{where}, evidence {item.get('number')}"
            locator = item.get("locator")
            row = Evidence(
                claim_id=claim.id,
                number=item["number"],
                kind=EvidenceKind(item["kind"]),
                source_id=self._source(item, at),
                formula=item.get("formula"),
                stance=Stance(item["stance"]),
                locator_kind=LocatorKind(locator["kind"]) if locator else None,
                locator=locator["value"] if locator else None,
                quote=item.get("quote"),
                says=item.get("says"),
                note=item.get("note"),
                **_said(item.get("said", {})),
                withdrawal_reason=item.get("withdrawn"),
                withdrawn_by=self.by if "withdrawn" in item else None,
                created_by=self.by,
            )
            row.targets = [
                EvidenceTarget(figure_id=figures[number].id, created_by=self.by)
                for number in _addressed(item)
            ]
            if "figure" in item:
                row.figure = read_figure(item["figure"], at, self.by)
            self.session.add(row)
            rows[row.number] = row
        self.session.flush()
        return rows

    def _source(self, item: Entry, where: str) -> uuid.UUID | None:
        """Return the source an item names; a communication or a calculation names none."""
        key = item.get("source")
        if key is not None and key not in self.source_ids:
            raise Broken(f"{where}: there is no source {key}")
        return None if key is None else self.source_ids[key]

    def _contests(
        self, claim: Claim, entry: Entry, evidence: dict[int, Evidence], where: str
    ) -> None:
        for item in entry.get("contests", ()):
            at = f"{where}, contest {item.get('number')}"
            row = Contest(
                claim_id=claim.id,
                number=item["number"],
                reason=ContestReason(item["reason"]),
                side=Side(item["side"]),
                party=item.get("party"),
                statement=item["statement"],
                blocking=item["blocking"],
                due_on=dt.date.fromisoformat(item["due_on"]) if "due_on" in item else None,
                created_by=self.by,
                created_at=now(),
            )
            if "outcome" in item:
                row.outcome = ContestOutcome(item["outcome"])
                row.settlement = item.get("settlement")
                row.settled_by, row.settled_at = SETTLED_BY, now()
            for named in item.get("evidence", ()):
                if named["number"] not in evidence:
                    raise Broken(f"{at}: there is no evidence {named['number']}")
                row.items.append(
                    ContestEvidence(
                        evidence_id=evidence[named["number"]].id,
                        bearing=Bearing(named["bearing"]),
                        created_by=self.by,
                    )
                )
            self.session.add(row)
        self.session.flush()


def _said(known: Entry) -> dict[str, Any]:
    """The columns that tell who said something; the database refuses what is in no list."""
    via, terms = known.get("via"), known.get("terms")
    found = {name: known.get(name.removeprefix("said_")) for name in SAID}
    return {
        **found,
        "said_via": Channel(via) if via else None,
        "said_terms": Terms(terms) if terms else None,
    }


def _addressed(item: Entry) -> list[int]:
    """Return the numbers of the figures an item speaks to: one is written without a list."""
    given = item.get("addresses", [])
    return given if isinstance(given, list) else [given]
