"""What the tests of exports are given."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.i18n import babel


@pytest.fixture(scope="package")
def labels() -> Iterator[None]:
    """Labels are looked up in the catalogues, which an application has."""
    app = Flask("app", root_path="app")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app)
    with app.app_context():
        yield
