"""What a form held that was refused as a whole: given back on the page of its refusal.

A draft needs a database that can be written to and somebody who is signed in. Where one of them is
missing, the words stand on the page that says so, and where it helps a button sends them again.
"""

from typing import Final, NamedTuple

from flask import request

from app.accounts import typists
from app.accounts.lost_sessions import OWN
from app.bodies import WITH_FILES, is_readable
from app.origins import says_ours

PASSING: Final = frozenset({429, 500, 503, 507})
"""Refusals after which the same form may well be taken: its key is free, and it is done once."""
OUTSIDE: Final = "answers"
"""The form of people outside the desk, who have no drafts."""
SHORT: Final = 40

Pairs = list[tuple[str, str]]


class GivenBack(NamedTuple):
    """The words a person typed, what the form said besides, and which files it brought."""

    words: Pairs
    rest: Pairs
    files: list[str]
    again: bool
    with_files: bool


def given_back(status: int) -> GivenBack | None:
    """Return what the form of this request held; None for what no page of ours sent.

    Nothing is given back of forms that keep no draft, as those with passwords and contacts.
    """
    if request.method != "POST" or not says_ours() or not is_readable():
        return None
    outside = request.blueprint == OUTSIDE
    if not outside and typists.read(request.form.get("typist")) is None:
        return None
    sent = [(name, value) for name, values in request.form.lists() for value in values]
    words = [pair for pair in sent if _is_typed(*pair)]
    return GivenBack(
        words,
        [pair for pair in sent if pair not in words],
        [name for name, file in request.files.items() if file.filename],
        status in PASSING,
        request.mimetype == WITH_FILES,
    )


def _is_typed(name: str, value: str) -> bool:
    """Tell whether a value looks like words of a person, not like what is chosen or hidden."""
    spoken = len(value) > SHORT or not value.isascii() or any(map(str.isspace, value))
    return name not in OWN and "." not in name and spoken
