"""The words of the catalogues in one language, looked up once for every view of a process."""

from collections.abc import Iterator
from functools import cache

from flask import has_app_context
from flask_babel import force_locale
from flask_babel.speaklater import LazyString

from app.exports.view import columns, sentences
from app.exports.view.headings import HEADINGS
from app.labels import LABELS


class Catalogue(dict[int, str]):
    """What each sentence and label reads in a language, by the identity of the lazy string.

    Those of the view and the labels are looked up at once. A format's own are looked up when they
    are first asked for, and kept with the lazy string, so that no other takes over its identity.
    """

    def __init__(self, tongue: str) -> None:
        """Raise RuntimeError outside an application: there are no words but the English ones."""
        super().__init__()
        self._tongue = tongue
        self._kept: list[LazyString] = []
        self._learn(*_lazies(vars(sentences), vars(columns), HEADINGS, LABELS))

    def word(self, lazy: LazyString) -> str:
        """Return what a lazy string reads."""
        if id(lazy) not in self:
            self._learn(lazy)
        return self[id(lazy)]

    def _learn(self, *found: LazyString) -> None:
        if not has_app_context():
            message = "an appendix has words only in an application"
            raise RuntimeError(message)
        with force_locale(self._tongue):
            self.update({id(lazy): str(lazy) for lazy in found})
        self._kept += found


@cache
def catalogue(tongue: str) -> Catalogue:
    """The words of a language."""
    return Catalogue(tongue)


def _lazies(*kept: object) -> Iterator[LazyString]:
    """Every lazy string in what a module keeps: by itself, in a tuple or in a dictionary."""
    for value in kept:
        if isinstance(value, LazyString):
            yield value
        elif isinstance(value, dict):
            yield from _lazies(*value.values())
        elif isinstance(value, tuple):
            yield from _lazies(*value)
