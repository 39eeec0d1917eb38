"""Attempts to capture a source: asking for one, and how each ended."""

import uuid
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from sources.attempt_models import CaptureAttempt
from sources.base import now
from sources.errors import DeskError, Forbidden, Missing, Refused
from sources.families import family, members
from sources.models import Snapshot, Source
from sources.urls import canonical
from sources.vocabulary import Capture, CaptureOutcome

SHOWN = 20
"""The newest attempts of a source that its page lists."""


def ask(session: Session, source: Source, *, by: str) -> CaptureAttempt:
    """Ask for a copy of a source; raise Refused where it has no address fit to be fetched."""
    if source.url is None:
        raise Refused(
            "source_without_address",
            {
                "zh": "这个来源没有网址，无法抓取；请补上网址，或上传文件。",
                "en": "This source has no address to capture; add one, or upload a file.",
            },
            "url",
        )
    attempt = CaptureAttempt(source=source, url=canonical(source.url), created_by=by)
    session.add(attempt)
    session.flush()
    return attempt


def find(session: Session, attempt_id: uuid.UUID) -> CaptureAttempt:
    """Return an attempt; raise Missing where there is none."""
    found = session.get(CaptureAttempt, attempt_id)
    if found is None:
        raise Missing(
            "attempt_missing",
            {"zh": "没有这次抓取。", "en": "There was no such attempt to capture."},
        )
    return found


def is_sealed(attempt: CaptureAttempt) -> bool:
    """Whether the record holds a picture as it came, with what it says of its origin."""
    return attempt.snapshot is not None and attempt.snapshot.working_sha256 is not None


def refuse_sealed(attempt: CaptureAttempt) -> None:
    """Raise Forbidden for such a record: the original is opened by itself, and that is entered."""
    if is_sealed(attempt):
        raise Forbidden(
            "record_sealed",
            {
                "zh": "抓取记录里有图片的原件，已经封存；有签发权的人可以在来源页上打开原件。",
                "en": "The record holds the original of a picture, which is sealed; whoever may "
                "sign opens it on the page of its source.",
            },
        )


def kept(session: Session, attempt: CaptureAttempt, snapshot: Snapshot) -> None:
    """End an attempt with the copy it brought."""
    attempt.final_url, attempt.http_status = snapshot.final_url, snapshot.http_status
    attempt.warc_sha256 = snapshot.warc_sha256
    attempt.snapshot = snapshot
    _end(session, attempt, CaptureOutcome.KEPT)


def refused(session: Session, attempt: CaptureAttempt, problem: DeskError) -> None:
    """End an attempt that brought nothing, with the reason."""
    attempt.code, attempt.reason = problem.code, problem.message
    _end(session, attempt, CaptureOutcome.REFUSED)


def answered(
    session: Session,
    attempt: CaptureAttempt,
    problem: DeskError,
    status: int,
    address: str,
    record: str,
) -> None:
    """End an attempt that brought an answer and no copy; the record of the answer is kept."""
    attempt.http_status, attempt.final_url, attempt.warc_sha256 = status, address, record
    refused(session, attempt, problem)


def attempts_of(session: Session, source: Source) -> Sequence[CaptureAttempt]:
    """The attempts to capture a source, the newest first; those of merged entries are its own."""
    return session.scalars(
        select(CaptureAttempt)
        .where(CaptureAttempt.source_id.in_(family(session, source.id)))
        .order_by(CaptureAttempt.id.desc())
        .limit(SHOWN)
    ).all()


def uncaptured(session: Session) -> Sequence[Source]:
    """The sources with an address of which no copy was ever captured, in the order of entry.

    A confidential one is asked for by its own key or not at all: its site would learn of it.
    """
    known = members()
    captured = exists().where(
        known.c.stands == Source.id,
        known.c.member == Snapshot.source_id,
        Snapshot.capture == Capture.WEB,
    )
    return session.scalars(
        select(Source)
        .where(Source.url.is_not(None), ~captured)
        .where(~Source.confidential, Source.merged_into_id.is_(None))
        .order_by(Source.id)
    ).all()


def _end(session: Session, attempt: CaptureAttempt, outcome: CaptureOutcome) -> None:
    attempt.outcome, attempt.ended_at = outcome, now()
    session.flush()
