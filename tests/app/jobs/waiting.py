"""A job as a row, for pages that show one; no worker is there to take it."""

from typing import Any

from sqlalchemy.orm import Session

from app.jobs.models import Job


def a_job(session: Session, by: str, **values: Any) -> Job:
    """Leave a job in the list; ``values`` are its columns."""
    known = {"kind": "capture", "payload": "{}", "most_attempts": 5, "created_by": by}
    job = Job(**{**known, **values})
    session.add(job)
    session.flush()
    return job
