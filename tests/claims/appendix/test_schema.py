"""The published schema is that of the documents: it accepts them, and refuses what is none."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.appendix import document
from claims.appendix.profiles import policy_of
from claims.appendix.redaction import redacted
from claims.appendix.schema import schema
from claims.vocabulary import Profile
from tests.claims.appendix.invented import Invention
from tests.claims.appendix.schema_check import Check
from tests.claims.appendix.test_redaction import SECRET, issue_of

PUBLISHED = Path(__file__).parents[3] / "docs" / "appendix.schema.json"


def made(seed: int, profile: Profile) -> dict[str, Any]:
    """A document of invented values."""
    shown = redacted(Invention(seed).content(2), policy_of(profile), SECRET)
    proof = {"number": 1, "root": "0" * 64, "marks": "", "header": "{}", "proof": ""}
    act = {"index": 3, "header": "{}", "values": {"n.root": {"digest": "00"}}, "proof": ["x"]}
    proven = document.Integrity(["key"], "head", act, [proof], "")
    return document.drawn(issue_of(shown), shown, proven).as_dict()


def faults(found: dict[str, Any]) -> list[str]:
    return Check(schema()).faults(found)


def test_the_published_file_is_the_schema_of_this_release() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == schema()


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.sampled_from(list(Profile)))
def test_a_document_of_any_profile_is_accepted(seed: int, profile: Profile) -> None:
    assert faults(made(seed, profile)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "claim-desk/appendix/2"),
        ("issue/profile", 3),
        ("issue/extra", 1),
        ("content/summary/claims", "two"),
        ("content/claims/0/status", "true"),
        ("content/claims/0/statement", {"fr": "non"}),
        ("content/claims/0/statement", {"withheld": "00"}),
        ("content/claims/1/number", True),
        ("salts/Claims", "0" * 64),
        ("integrity/claims/0/leaf", "0" * 64),
        ("integrity/act/index", -1),
    ],
)
def test_what_is_no_document_is_refused(path: str, value: Any) -> None:
    found = copy.deepcopy(made(7, Profile.INTERNAL))
    assert faults(found) == []
    *above, name = path.split("/")
    holder: Any = found
    for part in above:
        holder = holder[int(part) if isinstance(holder, list) else part]
    holder[name] = value
    assert faults(found)
