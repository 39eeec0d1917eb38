"""Every class of a style sheet is borne by something, and every colour it asks for exists."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.conventions.tree import ROOT

APP = ROOT / "app"
STATIC = APP / "static"
BEARERS = (".html", ".js", ".py")
# Classes that a template or the interface's code puts together from two halves.
COMPOSED = re.compile(r"s-\w+|l[012]")


def sheets() -> list[Path]:
    """Return the style sheets of the pages."""
    return sorted((STATIC / "css").glob("*.css"))


def bearers() -> Iterable[str]:
    """Yield the texts in which a class may be given to something."""
    for file in APP.rglob("*"):
        if file.suffix in BEARERS:
            yield file.read_text("utf-8")


def words_of_bearers() -> set[str]:
    """Return every word within quotation marks of templates, scripts and views."""
    quoted = re.compile(r"""(["'`])(.*?)\1""", re.DOTALL)
    return {
        word
        for text in bearers()
        for _, inner in quoted.findall(text)
        for word in re.findall(r"[A-Za-z][\w-]*", inner)
    }


def classes(sheet: str) -> set[str]:
    """Return the classes that a sheet has rules for."""
    bare = re.sub(r'/\*.*?\*/|"[^"]*"', "", sheet, flags=re.DOTALL)
    selectors = re.sub(r"\{[^{}]*\}", ";", bare)
    return set(re.findall(r"\.([A-Za-z][\w-]*)", selectors))


def unborne(sheet: str, words: set[str]) -> list[str]:
    """Return the classes of a sheet that nothing bears."""
    return sorted(
        name for name in classes(sheet) if name not in words and not COMPOSED.fullmatch(name)
    )


def test_a_rule_for_a_class_that_nothing_bears_is_told() -> None:
    assert unborne(".card { x: y; } .crad b, a:not(.nowhere) { x: 1.5rem; }", {"card"}) == [
        "crad",
        "nowhere",
    ]


def test_every_class_of_a_sheet_is_borne_by_something() -> None:
    words = words_of_bearers()
    found = {file.name: unborne(file.read_text("utf-8"), words) for file in sheets()}
    assert {name: names for name, names in found.items() if names} == {}


def test_every_property_of_our_own_that_is_asked_for_exists_and_the_other_way_round() -> None:
    text = "\n".join(file.read_text("utf-8") for file in sheets())
    given = set(re.findall(r"(--[\w-]+)\s*:", text))
    asked = set(re.findall(r"var\((--[\w-]+)", text))
    assert asked - given == set()
    assert given - asked == set()


def test_every_sheet_and_script_that_a_page_names_exists() -> None:
    named = {
        name
        for text in bearers()
        for name in re.findall(r"filename='((?:css|js|img)/[\w./-]+)'", text)
    }
    missing = {name for name in named if not (STATIC / name).is_file()}
    assert missing == {"css/exported.css", "css/house.css"}
