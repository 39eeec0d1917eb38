"""What a page says of a job: its kind, how it stands, and why it failed, in words."""

from flask_babel import gettext as _

from app.filters import clock, label, words_text
from app.jobs.handlers import HANDLERS
from app.jobs.models import Job
from app.jobs.vocabulary import UNFINISHED, JobState


def kind_words(kind: str) -> str:
    """What people call a kind of job."""
    handler = HANDLERS.get(kind)
    return (words_text(handler.words) if handler is not None else "") or kind


def told(job: Job) -> str:
    """How a job stands, in a sentence that can be read out."""
    if job.state == JobState.QUEUED and job.run_after is not None:
        if job.error is None:
            return _("Begins at %(time)s", time=clock(job.run_after))
        return _("It did not work; tried again at %(time)s", time=clock(job.run_after))
    if job.state == JobState.RUNNING:
        return _running(job)
    return label(job.state)


def _running(job: Job) -> str:
    if job.words is not None:
        return words_text(job.words)
    if job.done is not None and job.total:
        return _("Running: %(done)s of %(total)s", done=job.done, total=job.total)
    return label(job.state)


def reason(job: Job) -> str:
    """Why it did not work the last time; empty where it did, or has not been tried."""
    return words_text(job.error) if job.error is not None else ""


def is_unfinished(job: Job) -> bool:
    """Whether asking again will tell something new."""
    return job.state in UNFINISHED
