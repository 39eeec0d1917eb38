"""The page draws the shapes of the desk's own pages."""

from typing import Any

from app.exports.page.signs import NEEDED, drawings
from app.filters import init_filters
from app.labels import LOOKS
from claims.status import VerificationStatus
from tests.app.exports.printing import application


def test_every_status_has_the_shape_it_has_on_the_desk() -> None:
    app = application()
    init_filters(app)
    with app.app_context():
        macros: Any = app.jinja_env.get_template("macros/parts.html").module
    assert set(LOOKS) == set(VerificationStatus)
    for status, look in LOOKS.items():
        assert macros.shape(status) == look


def test_every_drawing_that_a_page_asks_for_is_in_it() -> None:
    for name in NEEDED:
        assert f'id="i-{name}"' in drawings()
