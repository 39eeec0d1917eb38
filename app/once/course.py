"""How a writing request goes: once, again with the answer of the first time, or not at all."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import flask
from flask import Response, g
from sqlalchemy.orm import Session

from app.db import Database
from app.once import receipts
from app.once.answer import Answer, answer_of, opened
from app.once.asked import Asked, asked
from app.once.problems import done_before, no_key, reused_without_form
from app.once.receipts import First
from claims.errors import DeskError
from sources.base import now

FIRST_ERROR = 400
AGAIN = dt.timedelta(minutes=1)
"""As long a page that is read, and noted in the ledger, is one reading if its form comes again."""
Marked = TypeVar("Marked", bound=Callable[..., Any])
Show = Callable[[], Response]


def repeatable(reason: str) -> Callable[[Marked], Marked]:
    """Declare that a writing view needs no key; ``reason`` says why doing it twice is as once."""

    def mark(view: Marked) -> Marked:
        view.repeatable = reason  # type: ignore[attr-defined]
        return view

    return mark


def shown_again(view: Marked) -> Marked:
    """Declare that a view shows what may not be kept: a repetition runs it, and undoes the rest."""
    view.shown_again = True  # type: ignore[attr-defined]
    return view


@dataclass(slots=True)
class Course:
    """One writing request under its key; one without a usable key is told so and undone.

    ``acted`` is False once a form was refused or only answered a question, so that its key stays
    free; ``reused`` that the key was sent before with something else; ``held`` that it was taken
    before the transaction.
    """

    asked: Asked | None
    shown_again: bool
    before: dict[str, Any] = field(default_factory=lambda: dict(flask.session))
    acted: bool | None = None
    reused: bool = False
    held: bool = False

    def run(self, session: Session, show: Show) -> tuple[Response, bool]:
        """Answer the request; return the answer, and whether what was done is to be kept."""
        if self.asked is None:
            return self._refused(show, no_key()), False
        first = None if self.held else receipts.claim(session, self.asked, now())
        if first is not None:
            return self.repeated(self.asked, first, show), False
        response = show()
        if self._came_to_nothing(response):
            return response, False
        receipts.finish(session, self.asked, self._answer(response))
        return response, True

    def repeated(self, asked: Asked, first: First, show: Show | None) -> Response:
        """Answer a request whose key was sent before; what is done here is undone.

        ``show`` runs the view. Raise Refused where the key was sent with something else and no
        form says so, Conflict where what was answered cannot be shown any more.
        """
        if first.request_sha256 not in {asked.sha256, None}:
            self.reused = True
            return self._refused(show, reused_without_form())
        if self.shown_again and show is not None and first.received_at > now() - AGAIN:
            return show()
        if first.answer is None or (first.forget_at is not None and first.forget_at < now()):
            raise done_before()
        kept = opened(asked, first.answer)
        if kept is None or kept.text is None:
            raise done_before()
        return kept.response()

    def _answer(self, response: Response) -> Answer:
        if self.shown_again:
            return Answer(response.status_code, [], None)
        return answer_of(response, self.before)

    def _refused(self, show: Show | None, problem: DeskError) -> Response:
        """Let the view say what it has to say; what would have been done is refused and undone."""
        response = show() if show is not None else None
        if response is not None and self._came_to_nothing(response):
            return response
        self.restore()
        raise problem

    def _came_to_nothing(self, response: Response) -> bool:
        return response.status_code >= FIRST_ERROR or self.acted is False

    def restore(self) -> None:
        """Give the browser's session back what it held when the request came."""
        flask.session.clear()
        flask.session.update(self.before)

    @contextmanager
    def holding(self, database: Database) -> Iterator[Response | None]:
        """Take the key for what is done outside the transaction; let it go if nothing comes of it.

        Where it was sent before, its answer is given instead. Raise Unkeyed where there is none.
        """
        if self.asked is None:
            raise no_key()
        first = receipts.hold(database, self.asked)
        if first is not None:
            yield self.repeated(self.asked, first, None)
            return
        self.held = True
        try:
            yield None
        finally:
            receipts.release(database, self.asked)


def begun(view: Callable[..., Any]) -> Course | None:
    """Begin the course of a writing request; None where its view needs none."""
    if getattr(view, "repeatable", None) is not None:
        return None
    return Course(asked(), bool(getattr(view, "shown_again", False)))


def course() -> Course | None:
    """Return the course of this request, if it has one."""
    return cast("Course | None", g.get("once"))


def nothing_done() -> None:
    """Note that a form only asked a question: what is answered is not kept, and its key is free."""
    acted(done=False)


def was_reused() -> bool:
    """Tell whether the key of this request was sent before with something else."""
    found = course()
    return found is not None and found.reused


def acted(*, done: bool) -> None:
    """Note whether a form did what it asks for; where not, its key stays free."""
    found = course()
    if found is not None:
        found.acted = done
