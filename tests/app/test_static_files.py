"""Styles and scripts go out small, and say exactly what their files say."""

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.db import Database
from app.factory import create_app
from app.static_files import HOUSE, PARTS_OF_THE_HOUSE, squeezed

STATIC = Path(__file__).parents[2] / "app" / "static"
SHEETS, SCRIPTS, LARGEST_PAGE = 14 * 1024, 25 * 1024, 12 * 1024


@pytest.fixture
def visitor(sqlite_database: Database) -> FlaskClient:
    """A browser that has not signed in."""
    return create_app(sqlite_database.settings, sqlite_database).test_client()


def weight(text: str) -> int:
    """Return the bytes of a text that cross the wire."""
    return len(gzip.compress(text.encode(), 9))


@pytest.mark.parametrize(
    ("sheet", "sent"),
    [
        (
            "/* Why. */\n.a  .b > i { color: red; margin: 0 1px; }\n",
            ".a .b>i{color:red;margin:0 1px}",
        ),
        ("@layer a {\n  .x :is(b, i) { width: calc(1px + 2px) !important; }\n}", None),
        (""".q::before { content: "; /* : */ }"; }""", """.q::before{content:"; /* : */ }"}"""),
        ("a { font: 1rem/1.6 var(--sans); content: '¶' attr(data-n) / ''; }", None),
    ],
)
def test_a_sheet_loses_comments_and_idle_spaces_and_nothing_else(
    sheet: str, sent: str | None
) -> None:
    squeeze = squeezed(sheet)
    assert sent is None or squeeze == sent
    assert squeezed(squeeze) == squeeze
    if sent is None:
        assert re.sub(r"\s|;(?=\})", "", squeeze) == re.sub(r"\s|;(?=\s*\})", "", sheet)
        assert "1px + 2px" in squeeze or "1rem/1.6 var" in squeeze


def test_the_sheet_of_every_page_holds_its_parts_in_order(visitor: FlaskClient) -> None:
    sent = visitor.get(f"/static/{HOUSE}").text
    parts = [squeezed((STATIC / "css" / f"{p}.css").read_text("utf-8")) for p in PARTS_OF_THE_HOUSE]
    assert [sent.index(part) for part in parts] == sorted(sent.index(part) for part in parts)
    assert "/*" not in sent


@pytest.mark.parametrize("name", [HOUSE, "css/claim.css", "js/desk.js", "img/icons.svg"])
def test_a_browser_that_takes_it_gets_the_same_compressed(visitor: FlaskClient, name: str) -> None:
    plain = visitor.get(f"/static/{name}")
    small = visitor.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(small.data) == plain.data
    assert small.content_encoding == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in small.vary
    assert plain.get_etag() != small.get_etag()
    tag = {"If-None-Match": str(small.headers["ETag"]), "Accept-Encoding": "gzip"}
    assert visitor.get(f"/static/{name}", headers=tag).status_code == 304


def test_a_browser_that_refuses_compression_gets_none(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/static/{HOUSE}", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("name", ["css/none.css", "../factory.py", "css/..%2f..%2ffactory.py"])
def test_nothing_beside_the_static_files_is_sent(visitor: FlaskClient, name: str) -> None:
    assert visitor.get(f"/static/{name}").status_code == 404


def test_styles_and_scripts_keep_to_their_budgets() -> None:
    """U6: all sheets, all scripts, and the sheets of the largest page, as they are sent."""
    sheets = {file.stem: file.read_text("utf-8") for file in (STATIC / "css").glob("*.css")}
    house = squeezed("\n".join(sheets.pop(part) for part in PARTS_OF_THE_HOUSE))
    pages = {name: squeezed(text) for name, text in sorted(sheets.items())}
    scripts = "".join(file.read_text("utf-8") for file in sorted((STATIC / "js").glob("*.js")))
    assert weight(house + "".join(pages.values())) <= SHEETS
    assert weight(house) + max(map(weight, pages.values())) <= LARGEST_PAGE
    assert weight(scripts) <= SCRIPTS
