"""The words of the catalogues where no page is being answered: in a worker and in a command."""

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

from flask import Flask, has_app_context
from flask_babel import Babel

from app.config import Settings


def speaking(settings: Settings) -> AbstractContextManager[Any]:
    """An application's context in which labels have words; the one there is, if there is one."""
    return nullcontext() if has_app_context() else _application(settings).app_context()


@cache
def _application(settings: Settings) -> Flask:
    """An application with the catalogues and the settings, and nothing else."""
    app = Flask("app")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, default_locale="zh", default_timezone=settings.timezone)
    app.extensions["settings"] = settings
    return app
