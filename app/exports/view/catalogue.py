"""The words of the catalogues in one language, looked up once for every view of a process."""

from collections.abc import Iterator, Mapping
from functools import cache

from flask import has_app_context
from flask_babel import force_locale
from flask_babel.speaklater import LazyString

from app.exports.view import columns, sentences
from app.exports.view.headings import HEADINGS
from app.labels import LABELS


@cache
def catalogue(tongue: str) -> Mapping[int, str]:
    """What each sentence and label reads in a language, by the identity of the lazy string.

    Raise RuntimeError outside an application: there nothing has any words but the English ones.
    """
    if not has_app_context():
        message = "an appendix has words only in an application"
        raise RuntimeError(message)
    with force_locale(tongue):
        return {
            id(lazy): str(lazy)
            for lazy in _lazies(vars(sentences), vars(columns), HEADINGS, LABELS)
        }


def _lazies(*kept: object) -> Iterator[LazyString]:
    """Every lazy string in what a module keeps: by itself, in a tuple or in a dictionary."""
    for value in kept:
        if isinstance(value, LazyString):
            yield value
        elif isinstance(value, dict):
            yield from _lazies(*value.values())
        elif isinstance(value, tuple):
            yield from _lazies(*value)
