"""What a piece of work sends to the database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements(engine: Engine, *verbs: str) -> Iterator[list[str]]:
    """Collect what this thread sends, all of it or what begins with one of ``verbs``.

    Whoever seals the ledger in the background is left out.
    """
    sent: list[str] = []
    own = threading.get_ident()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked = not verbs or statement.lstrip().upper().startswith(verbs)
        if asked and threading.get_ident() == own:
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
