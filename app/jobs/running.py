"""Carrying out one leased job: what each kind of failure means for it."""

from http.client import HTTPException

import structlog
from urllib3.exceptions import HTTPError

from app.db_problems import Busy, Unavailable
from app.jobs import endings
from app.jobs.clock import clock
from app.jobs.handlers import HANDLERS
from app.jobs.task import BY, LeaseLostError, StoppingError, Task
from sources.columns import Words
from sources.errors import DeskError, NoRoom, Passing

log = structlog.get_logger()
NETWORK = (OSError, HTTPError, HTTPException, Busy, Unavailable)
"""What may pass by itself."""
INTERRUPTED: Words = {
    "zh": "网络或数据库暂时不可用。",
    "en": "The network or the database was not available.",
}
UNFORESEEN: Words = {
    "zh": "发生了意外的错误；管理员可凭编号在日志中查到。",
    "en": "Something unforeseen happened; an administrator finds it in the log by its reference.",
}


def run(task: Task) -> None:
    """Carry a job out; a handler that wrote no result of its own has the job ended here."""
    try:
        HANDLERS[task.held.kind].function()(task)
        if not task.finished:
            with task.finishing():
                pass
    except LeaseLostError:
        log.info("job lost", job=str(task.job_id), kind=task.held.kind)
    except StoppingError:
        give_back(task)
    except (Passing, NoRoom) as problem:
        _postpone(task, problem.code, problem.message)
    except DeskError as problem:
        with task.database.writing(BY) as session:
            endings.failed(session, task.held, clock(session), problem.code, problem.message)
    except NETWORK as problem:
        log.warning("job interrupted", job=str(task.job_id), exc_info=problem)
        _postpone(task, "interrupted", INTERRUPTED)


def give_back(task: Task) -> None:
    """Leave the job to whoever comes next."""
    with task.database.writing(BY) as session:
        endings.given_back(session, task.held)


def _postpone(task: Task, code: str, words: Words) -> None:
    with task.database.writing(BY) as session:
        endings.postponed(session, task.held, clock(session), code, words)


def keep_unforeseen(task: Task, reference: str) -> None:
    """End a job whose handler broke, under the reference by which the log has the trace."""
    with task.database.writing(BY) as session:
        moment = clock(session)
        endings.failed(session, task.held, moment, "unforeseen", UNFORESEEN, reference)
