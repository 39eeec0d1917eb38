"""Sending a form: checked, taken in once, done whole or not at all, and never losing a word."""

import secrets
from collections.abc import Callable

from app.accounts.current import actor
from app.errors import status_of
from app.forms.base import DeskForm
from app.unit_of_work import session
from claims.errors import DeskError

UNPROCESSABLE = 422


def send(form: DeskForm, act: Callable[[], object]) -> int | None:
    """Do what the form asks for; return None when done, else the status code of its refusal.

    What is refused is undone to the last row, so the page that follows shows the data as it is.
    """
    if not form.validate_on_submit():
        return UNPROCESSABLE
    try:
        with session().begin_nested():
            form.take(session(), actor())
            act()
    except DeskError as problem:
        form.reject(problem)
        if problem.code == "replayed":
            # What is still typed may be sent as something new, knowingly.
            form.receipt.data = secrets.token_urlsafe(16)
        return status_of(problem)
    return None


def is_stale(form: DeskForm, present: int) -> bool:
    """Tell whether the row has moved on since the form was opened on it."""
    return form.seen_version is not None and form.seen_version != present
