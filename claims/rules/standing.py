"""What time and lineage do: plans fallen due, old snapshots, one origin, other figures."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping

from claims.comparison import Outcome, compare
from claims.figures import ObservationStatus
from claims.models import Claim, Evidence
from claims.periods import PeriodError, read_period
from claims.policy import Policy
from claims.rules.hit import Hit
from claims.rules.place import anchor_of, language, quote_of
from claims.rules.words import first
from claims.vocabulary import Severity, Stage, Stance
from sources.origins import OriginCount

PLANS = frozenset({ObservationStatus.FORECAST, ObservationStatus.TARGET})


def fallen_due(claim: Claim, today: dt.date) -> Iterator[Hit]:
    """Yield a hit for each forecast or target whose period has ended by ``today``."""
    for figure in claim.figures:
        end = _end(figure.period)
        if figure.observation_status in PLANS and end is not None and end < today:
            yield Hit(
                "fallen_due",
                Severity.WARNING,
                {
                    "zh": f"“{figure.stated_text}”所说的期限已于 {end.isoformat()} 结束，"
                    "请核对实际结果。",
                    "en": f"The period of “{figure.stated_text}” ended on {end.isoformat()}:"
                    " check what came of it.",
                },
                figure.number,
            )


def _end(period: str | None) -> dt.date | None:
    """The last day of a period that can be read and has one."""
    try:
        return read_period(period).end if period else None
    except PeriodError:
        return None


def old_snapshots(
    claim: Claim, policy: Policy, now: dt.datetime, stood: Mapping[uuid.UUID, dt.datetime]
) -> Iterator[Hit]:
    """Yield a hit for evidence whose snapshot was taken more days ago than the policy allows.

    It says when, not how long ago: the finding, and its waiver, is the same one tomorrow.
    ``stood`` says of an item when its words were last seen to stand on their page: then its copy
    is as good as new.
    """
    for item in _standing(claim):
        seen = stood.get(item.id)
        if seen is not None and (now - seen).days <= policy.snapshot_days:
            continue
        taken = item.snapshot.retrieved_at if item.snapshot is not None else None
        if taken is not None and (now - taken).days > policy.snapshot_days:
            day, days = taken.date().isoformat(), policy.snapshot_days
            yield Hit(
                "old_snapshot",
                Severity.SUGGESTION,
                {
                    "zh": f"证据 E-{item.number} 的快照取得于 {day}，已超过 {days} 天。",
                    "en": f"The snapshot of evidence E-{item.number} was taken on {day},"
                    f" more than {days} days ago.",
                },
            )


def overdue(claim: Claim, today: dt.date) -> Iterator[Hit]:
    """Yield a hit for each open contest that should have been settled before ``today``."""
    for row in claim.contests:
        if row.outcome is None and row.due_on is not None and row.due_on < today:
            yield Hit(
                "contest_overdue",
                Severity.WARNING,
                {
                    "zh": f"争议 {row.number} 应于 {row.due_on.isoformat()} 前了结，至今未决。",
                    "en": f"Contest {row.number} was to be settled by {row.due_on.isoformat()}"
                    " and is still open.",
                },
                next((one.number for one in claim.figures if one.id == row.figure_id), None),
            )


def year_turned(claim: Claim, today: dt.date) -> Iterator[Hit]:
    """Yield a hit where an unsigned claim says "this year" and the year is another by now."""
    written = day_of_writing(claim)
    if claim.stage is Stage.SIGNED_OFF or written is None or written.year >= today.year:
        return
    word = first("yearly", quote_of(claim), language(claim))
    if word is not None:
        yield Hit(
            "year_turned",
            Severity.WARNING,
            {
                "zh": f"“{word}”写于 {written.year} 年，现在已是 {today.year} 年，读者会算错年份。",
                "en": f"“{word}” was written in {written.year}, and it is {today.year} now:"
                " readers will count from the wrong year.",
            },
        )


def day_of_writing(claim: Claim) -> dt.date | None:
    """The day from which the article's words count: its date, else when the version came in."""
    day = _end(claim.article.published)
    anchor = anchor_of(claim)
    if day is None and anchor is not None:
        day = anchor.created_at.date()
    return day


def single_origin(supporting: OriginCount) -> Iterator[Hit]:
    """Yield a hit where several supporting links go back to one origin that is not primary."""
    if supporting.links > 1 and supporting.origins == 1 and not supporting.primary:
        yield Hit(
            "single_origin",
            Severity.WARNING,
            {
                "zh": f"支持它的 {supporting.links} 条链接出自同一个来源。",
                "en": f"All {supporting.links} supporting links go back to one origin.",
            },
        )


def outside(claim: Claim, policy: Policy) -> Iterator[Hit]:
    """Yield a hit where a source's figure lies outside what the claim's figure allows."""
    for item in _standing(claim):
        if item.figure is None or item.stance is Stance.MENTIONS:
            continue
        for figure in item.addresses:
            found = compare(figure, item.figure, policy)
            if found.outcome is Outcome.OUTSIDE:
                yield Hit("evidence_outside", Severity.WARNING, found.sentence, figure.number)


def broken_calculations(claim: Claim) -> Iterator[Hit]:
    """Yield a hit for a calculation whose figures are no longer all there."""
    for item in claim.evidence:
        if item.formula is not None and item.figure is None and item.withdrawn_by is None:
            yield Hit(
                "calculation_broken",
                Severity.MANDATORY,
                {
                    "zh": f"证据 E-{item.number} 的算式“{item.formula}”算不出结果："
                    "所用的数据已不在。",
                    "en": f"Evidence E-{item.number}, “{item.formula}”, has no result any more: a"
                    " figure it needs is gone.",
                },
            )


def _standing(claim: Claim) -> list[Evidence]:
    return [item for item in claim.evidence if item.counts]
