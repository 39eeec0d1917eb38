"""The job that captures a source: nothing is open while the web is waited for.

What came lies in the store before a row names it, and the row is written in the transaction that
ends the job: a process killed at any moment leaves at most files that no row names, which the same
job finds again under their digests.
"""

import uuid

from app.accounts.job_rights import refuse_without
from app.jobs.task import Task
from claims.awaited import arrive
from sources import attempts, capture
from sources.columns import Words
from sources.errors import DeskError, NoRoom, Passing
from sources.fetching import Fetched, Step

STEPS = 4
"""Resolving and connecting, receiving, reading, keeping."""
READING: Words = {"zh": "正在读取内容", "en": "Reading what came"}
KILOBYTE = 1000


def run(task: Task) -> None:
    """Capture what an attempt is about, and end it with a copy or with the reason."""
    key = uuid.UUID(task.payload["attempt"])
    with task.database.reading() as session:
        refuse_without(session, task.by, task.held.kind)
        attempt = attempts.find(session, key)
        address, is_over = attempt.url, attempt.outcome is not None
    if is_over:
        return
    try:
        fetched = capture.fetch(task.extensions.fetcher, address, Teller(task))
    except DeskError as problem:
        if _comes_again(task, problem):
            raise
        with task.finishing() as session:
            attempts.refused(session, attempts.find(session, key), problem)
        return
    _conclude(task, key, fetched)


def _conclude(task: Task, key: uuid.UUID, fetched: Fetched) -> None:
    """Read what came, bring it to the disk, and write what it is."""
    task.progress(2, STEPS, READING)
    found = capture.read(fetched)
    if found.problem is not None and _comes_again(task, found.problem):
        raise Passing(found.problem.code, found.problem.message)
    filed = capture.file(task.extensions.store, found, task.extensions.fetcher.agent)
    with task.finishing() as session:
        attempt = attempts.find(session, key)
        if found.problem is None:
            arrive(session, attempt, capture.keep(session, attempt, found, filed))
        else:
            said = fetched.status, fetched.address, filed.warc
            attempts.answered(session, attempt, found.problem, *said)


def _comes_again(task: Task, problem: DeskError) -> bool:
    """Whether a problem may pass, and there is another try left in which it may have passed."""
    left = task.held.attempts < task.held.most_attempts
    return left and isinstance(problem, Passing | NoRoom)


class Teller:
    """Tells the job how far the fetch is, in words a person can read."""

    def __init__(self, task: Task) -> None:
        """Keep the job to tell."""
        self.task = task

    def __call__(self, step: Step, host: str, received: int) -> None:
        """Note a step; raise where the job is another worker's by now, or the process ends."""
        done = 1 if step is Step.RECEIVING else 0
        self.task.progress(done, STEPS, words(step, host, received))


def words(step: Step, host: str, received: int) -> Words:
    """Return what is being done, for people."""
    if step is Step.RESOLVING:
        return {"zh": f"正在查找 {host}", "en": f"Looking up {host}"}
    if step is Step.CONNECTING:
        return {"zh": f"正在连接 {host}", "en": f"Connecting to {host}"}
    size = f"{received / KILOBYTE:.0f} KB"
    return {"zh": f"已从 {host} 收到 {size}", "en": f"{size} received from {host}"}
