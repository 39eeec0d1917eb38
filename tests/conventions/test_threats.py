"""docs/threats.csv has every threat with tests whose docstrings begin with its name."""

import re

from tests.conventions import proofs
from tests.conventions.listed_tests import collected, in_source, missing, rows
from tests.conventions.tree import ROOT

NAME = re.compile(r"T-[A-Z0-9]+(?:-\d+)?(?![A-Za-z0-9-])")
THREATS = {row["name"]: row for row in rows(ROOT / "docs/threats.csv")}
IN_SCOPE = {
    "T-AUTH-1", "T-AUTH-2", "T-CSRF", "T-INJ", "T-XSS", "T-DOS", "T-ROLE", "T-2P", "T-SEC",
    "T-READ", "T-LED-1", "T-LED-2", "T-WIT", "T-BAD", "T-SSRF", "T-BAK", "T-FAULT",
}  # fmt: skip
"""The lines of the threat model that the product has to hold."""


def named_in(docstring: str) -> str | None:
    """The threat with whose name a docstring begins."""
    found = NAME.match(docstring)
    return found[0] if found else None


def proving() -> dict[str, set[str]]:
    """Each threat that a test's docstring begins with, and those tests."""
    found: dict[str, set[str]] = {}
    for file in proofs.tests():
        path = file.relative_to(ROOT).as_posix()
        for test, said in collected(path).items():
            name = named_in(said)
            if name is not None:
                found.setdefault(name, set()).add(f"{path}::{test}")
    return found


def test_a_docstring_begins_with_a_threat_or_not() -> None:
    assert named_in("T-LED-1: every change is told.") == "T-LED-1"
    assert named_in("T-2P, by raw SQL") == "T-2P"
    assert named_in("As T-BAD says.") is None
    assert in_source('def test_x(): "T-XSS: shown."') == {"test_x": "T-XSS: shown."}


def test_every_line_of_the_threat_model_has_a_row() -> None:
    assert set(THREATS) >= IN_SCOPE
    for row in THREATS.values():
        assert all(row[field].strip() for field in ("actor", "wants", "control", "tests")), row


def test_each_threat_is_proven_by_the_tests_it_names() -> None:
    found = proving()
    for name, row in THREATS.items():
        named = set(row["tests"].split())
        assert missing(sorted(named)) == [], name
        assert named <= found.get(name, set()), name


def test_no_test_proves_a_threat_that_nobody_listed() -> None:
    assert set(proving()) - set(THREATS) == set()
