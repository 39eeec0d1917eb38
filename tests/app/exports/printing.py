"""Writes an appendix as a stranger gets it, in an application that answers nobody."""

import io
from functools import cache

from flask import Flask
from flask_babel import Babel, force_locale

from app.exports import FORMATS
from app.exports.verifier.page import Page
from app.exports.view import View, view_of
from claims.appendix.document import Document


@cache
def application() -> Flask:
    """An application with the catalogues and nothing else."""
    app = Flask("app")
    Babel(app)
    return app


def viewed(document: Document, asked: str = "zh") -> View:
    """An appendix in words, whatever language somebody asks for at that moment."""
    with application().app_context(), force_locale(asked):
        return view_of(document)


def printed(form: str, document: Document, asked: str = "zh") -> str:
    """The file of a format."""
    out = io.BytesIO()
    with application().app_context(), force_locale(asked):
        FORMATS[form].render(view_of(document), out, lambda _done, _all: None)
    return out.getvalue().decode()


def read_strictly(page: str) -> Page:
    """Read a page as the page digest does: it refuses whatever the house does not write."""
    return Page(page.encode()).read()
