"""A database that undoes what it was asked to write, so that each attack meets the same desk.

A form that was taken once is taken no more: its key is used, its row has another version, the
contest it withdraws is withdrawn. Whoever sends it a thousand times would be refused 999 times
before a statement is made. Here each statement runs, and then everything is as it was.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database

IN_STEPS = frozenset({"appendices.export"})
"""Views that write in one transaction and read it in the next: nothing of them can be undone."""


class Undone(Exception):
    """Leaves a transaction in which everything was done."""


class Unkept(Database):
    """A database that keeps what is written, or undoes it, as long as it is told to."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.keeps = True
        self.here = threading.local()

    @contextmanager
    def writing(
        self, actor: str, request: str | None = None, *, wait_for_seal: bool = False
    ) -> Iterator[Session]:
        """Do everything that a writing session does, and undo it where nothing is kept."""
        plain = super().writing(actor, request, wait_for_seal=wait_for_seal)
        if self.keeps or getattr(self.here, "keeps", False):
            with plain as session:
                yield session
            return
        try:
            with plain as session:
                yield session
                session.flush()
                if not self.is_sqlite:
                    # What would only be asked at the commit is asked now.
                    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
                leave()
        except Undone:
            return

    @contextmanager
    def undoing(self) -> Iterator[None]:
        """Keep nothing for as long as this lasts."""
        self.keeps = False
        try:
            yield
        finally:
            self.keeps = True


def leave() -> NoReturn:
    """End a transaction without its commit."""
    raise Undone


def outlast(app: Flask, database: Unkept) -> None:
    """Let the views that work in several steps keep what they write."""
    for view in IN_STEPS:
        app.view_functions[view] = _kept(app.view_functions[view], database)


def _kept(view: Callable[..., Any], database: Unkept) -> Callable[..., Any]:
    @wraps(view)
    def kept(**arguments: Any) -> Any:
        database.here.keeps = True
        try:
            return view(**arguments)
        finally:
            database.here.keeps = False

    return kept
