"""Sending a form: checked, taken in once, done whole or not at all, and never losing a word."""

from collections.abc import Callable

from app.errors import status_of
from app.forms.base import DeskForm
from app.once.course import acted, was_reused
from app.unit_of_work import session
from claims.errors import DeskError

UNPROCESSABLE = 422


def send(form: DeskForm, act: Callable[[], object]) -> int | None:
    """Do what the form asks for; return None when done, else the status code of its refusal.

    What is refused is undone to the last row, so the page that follows shows the data as it is.
    """
    refused = _refused(form, act)
    acted(done=refused is None)
    return refused


def _refused(form: DeskForm, act: Callable[[], object]) -> int | None:
    valid = form.validate_on_submit()
    if was_reused():
        form.ask_anew()
        return UNPROCESSABLE
    if not valid:
        return UNPROCESSABLE
    try:
        with session().begin_nested():
            form.let_go(session())
            act()
    except DeskError as problem:
        form.reject(problem)
        return status_of(problem)
    return None


def is_stale(form: DeskForm, present: int) -> bool:
    """Tell whether the row has moved on since the form was opened on it."""
    return form.seen_version is not None and form.seen_version != present
