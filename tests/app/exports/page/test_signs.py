"""The page draws the shapes of the desk's own pages."""

from pathlib import Path

from app.exports.page.signs import LOOKS, NEEDED, drawings
from claims.status import VerificationStatus

MACROS = Path("app/templates/macros/parts.html")


def test_every_status_has_the_shape_it_has_on_the_desk() -> None:
    root = Path(__file__).parents[4]
    macros = (root / MACROS).read_text(encoding="utf-8")
    assert set(LOOKS) == set(VerificationStatus)
    for status, look in LOOKS.items():
        assert f'"{status}": "{look}"' in macros


def test_every_drawing_that_a_page_asks_for_is_in_it() -> None:
    for name in NEEDED:
        assert f'id="i-{name}"' in drawings()
