"""Every template compiles: the catalogue's reader passes one with a mistake over in silence."""

import pytest
from jinja2 import Environment, TemplateSyntaxError

from app.db import Database
from app.factory import create_app
from tests.conventions.tree import ROOT

TEMPLATES = ROOT / "app" / "templates"


@pytest.fixture
def pages(sqlite_database: Database) -> Environment:
    """The environment in which the application finds its pages."""
    return create_app(sqlite_database.settings, sqlite_database).jinja_env


def test_every_template_compiles(pages: Environment) -> None:
    names = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))
    assert len(names) > 50
    for name in names:
        assert pages.get_template(name).name == name


def test_a_mistake_in_a_template_is_told(pages: Environment) -> None:
    with pytest.raises(TemplateSyntaxError):
        pages.from_string("{% if past %}")
