"""Sending a form: checked, taken in once, done whole or not at all, and never losing a word."""

from collections.abc import Callable

from flask import request

from app.errors import status_of
from app.forms.base import DeskForm
from app.once.course import acted, was_reused
from app.security_events.entering import refused
from app.security_events.vocabulary import Event
from app.unit_of_work import session
from claims.errors import DeskError

UNPROCESSABLE = 422
NEVER_ASKED = frozenset(
    {"active", "actor", "created_at", "created_by", "id", "is_admin", "password_hash"}
    | {"role", "roles", "scopes", "session_token", "signed_by", "stage", "token_sha256"}
    | {"verification_status", "sealed_sha256", "destroyed_by", "confidential_by", "version_id"}
)
"""Names of columns and of what such columns are called elsewhere: only this list is compared."""


def send(form: DeskForm, act: Callable[[], object], problem: DeskError | None = None) -> int | None:
    """Do what the form asks for; return None when done, else the status code of its refusal.

    What is refused is undone to the last row, so the page that follows shows the data as it is.
    ``problem`` is what ``act`` will find amiss with a file: it is said beside what else is amiss,
    because whoever mends the rest has to choose the file anew.
    """
    _note_forged(form)
    status = _refused(form, act, problem)
    acted(done=status is None)
    return status


def _refused(form: DeskForm, act: Callable[[], object], problem: DeskError | None) -> int | None:
    valid = form.validate_on_submit()
    if was_reused():
        form.ask_anew()
        return UNPROCESSABLE
    if not valid:
        if problem is not None:
            form.reject(problem)
        return UNPROCESSABLE
    try:
        with session().begin_nested():
            form.let_go(session())
            act()
    except DeskError as found:
        form.reject(found)
        return status_of(found)
    return None


def _note_forged(form: DeskForm) -> None:
    """Note columns that were sent along and that this form never asks for; they change nothing."""
    for name in sorted(NEVER_ASKED & set(request.form) - set(form._fields)):
        refused(Event.FIELD_FORGED, form.__class__.__name__, name)


def is_stale(form: DeskForm, present: int) -> bool:
    """Tell whether the row has moved on since the form was opened on it."""
    return form.seen_version != present
