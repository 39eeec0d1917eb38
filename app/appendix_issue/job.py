"""The job that makes one file of an issue; it may be killed at any moment and begun again."""

import uuid

from app.accounts.job_rights import refuse_without
from app.appendix_issue import files
from app.jobs.task import Task
from claims.errors import Missing
from claims.models import Appendix
from sources.columns import Words

GONE = {"zh": "没有这一号附录。", "en": "There is no such appendix."}


def run(task: Task) -> None:
    """Make the file, and enter it in the transaction that ends the job."""
    form = files.format_of(task.payload["format"])
    with task.database.reading() as session:
        refuse_without(session, task.by, task.held.kind)
        issue = session.get(Appendix, uuid.UUID(task.payload["appendix"]))
        if issue is None:
            raise Missing("no_such_appendix", GONE)
        if any(file.format == form.name for file in issue.files):
            return
        session.expunge(issue)

    def progress(done: int, total: int) -> None:
        task.progress(done, total, said(form.name, done, total))

    progress(0, 1)
    made = files.make(
        task.database, task.extensions.store, issue, form, by=task.by, progress=progress
    )
    with task.finishing() as session:
        files.enter(session, made, by=task.by)


def said(form: str, done: int, total: int) -> Words:
    """How far it is, for people."""
    name = form.upper()
    return {"zh": f"正在生成 {name}：{done}/{total}", "en": f"Making {name}: {done} of {total}"}
