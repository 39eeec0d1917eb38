"""Somebody without a shell brings a file: the desk says whether it is what was issued."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.ledger.tables import EVENT, options
from tests.app.exports.verifier.issued import Issued
from tests.app.views.visit import Visit

ADDRESS = "/verify-appendix"


@pytest.fixture(scope="module")
def visits(issued: Issued) -> dict[str, Visit]:
    return {tongue: Visit(issued.database, Role.CHECKER, tongue) for tongue in ("zh", "en")}


def brought(visit: Visit, data: bytes, name: str, status: int = 200) -> str:
    return visit.post(ADDRESS, status, file=(io.BytesIO(data), name)).text


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("en", ["It holds", "the very file", "nothing"]),
        ("zh", ["成立", "正是当时交出的文件", "此后改动的论断"]),
    ],
)
def test_a_file_of_the_desk_holds(
    issued: Issued, visits: dict[str, Visit], tongue: str, words: list[str]
) -> None:
    page = brought(visits[tongue], issued.path("legal", "html").read_bytes(), "a.html")
    for word in [*words, issued.keys[-1].replace("+", "&#43;")[:12]]:
        assert word in page


def test_what_was_altered_is_named_in_the_readers_language(
    issued: Issued, visits: dict[str, Visit]
) -> None:
    page = issued.path("legal", "html").read_text(encoding="utf-8")
    data = page.replace("It was 5 %", "It was 50 %", 1).encode()
    for tongue, words in (("en", "what is shown is not what was issued"), ("zh", "所显示的页面")):
        told = brought(visits[tongue], data, "a.html")
        assert "ALTERED_PAGE" in told
        assert words in told


def test_nothing_is_kept_and_nothing_is_entered(issued: Issued, visits: dict[str, Visit]) -> None:
    def entered() -> int:
        with issued.database.reading() as session:
            query = select(func.count()).select_from(EVENT)
            return session.execute(query, execution_options=options(session)).scalar_one()

    def kept() -> list[Path]:
        return sorted(issued.database.settings.store.rglob("*"))

    before = entered(), kept()
    brought(visits["en"], issued.path("legal", "json").read_bytes(), "../../a.json")
    assert (entered(), kept()) == before


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.html"), (b"nonsense", "a"), (b"\0" * 99, "a.pdf"), (b"PK\x03\x04x", "附录.docx")],
)
def test_what_is_no_appendix_is_answered_with_a_finding(
    visits: dict[str, Visit], data: bytes, name: str
) -> None:
    assert "It does not hold" in brought(visits["en"], data, name)


def test_without_a_file_it_asks_for_one(visits: dict[str, Visit]) -> None:
    assert "Choose a file." in visits["en"].post(ADDRESS, 422).text
    assert "请选择一个文件" in visits["zh"].post(ADDRESS, 422).text
    assert "Check an appendix" in visits["en"].get(ADDRESS).text
