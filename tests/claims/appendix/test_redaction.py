"""No profile lets out what it withholds, and whatever it shows still proves itself."""

import hashlib
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.appendix import document
from claims.appendix.commitments import WITHHELD, is_withheld, root_of
from claims.appendix.hiding import Hidden
from claims.appendix.profiles import policy_of
from claims.appendix.redaction import Shown, redacted, state_sha256, what_is_hidden
from claims.material import canonical_json
from claims.vocabulary import Profile
from tests.claims.appendix.invented import Invention, words_of

SECRET = b"s" * 32
SEEDS = st.integers(0, 2**32)
PROFILES = st.sampled_from(list(Profile))
KNOWN = st.sets(st.integers(1, 3))
HEX = re.compile("[0-9a-f]{64}")
NAMELESS = (Profile.PUBLIC,)
Pair = tuple[str, Any, Any]


def written(shown: Shown) -> str:
    return b"".join(document.drawn(issue_of(shown), shown).pieces()).decode()


def issue_of(shown: Shown) -> document.Issue:
    return document.Issue(
        number=1,
        profile=shown.policy.profile,
        language="zh",
        style="apa",
        ledger_position=9,
        as_of="2026-01-01T00:00:00+00:00",
        issued_at="2026-01-01T00:00:01+00:00",
        issued_by=None,
        replaces=None,
        profiles_version=shown.policy.version,
        withholds=document.withheld_matters(shown.hidden),
    )


def pairs(full: Any, part: Any, path: str = "") -> list[Pair]:
    """Each value that is withheld: its path, itself, and what stands in its place."""
    if is_withheld(part) and not is_withheld(full):
        return [(path, full, part)]
    if isinstance(full, dict):
        return [pair for key in full for pair in pairs(full[key], part[key], f"{path}/{key}")]
    if isinstance(full, list):
        both = enumerate(zip(full, part, strict=True))
        return [pair for index, (a, b) in both for pair in pairs(a, b, f"{path}/{index}")]
    assert full == part
    return []


@settings(max_examples=25)
@given(SEEDS, PROFILES, KNOWN)
def test_no_word_that_is_withheld_is_in_the_file_and_no_guess_of_it_can_be_tested(
    seed: int, profile: Profile, known: set[int]
) -> None:
    content = Invention(seed).content()
    shown = redacted(content, policy_of(profile), SECRET, known)
    text = written(shown)
    found = json.loads(text)
    hidden = pairs(content.as_dict(), found["content"])
    digests = set(HEX.findall(text))
    for _path, value, _part in hidden:
        assert not [word for word in words_of(value) if word in text]
        for guess in (canonical_json(value), value if isinstance(value, str) else ""):
            assert hashlib.sha256(guess.encode()).hexdigest() not in digests
            assert hashlib.sha256(b"\0" + guess.encode()).hexdigest() not in digests
    marks = {part[WITHHELD] for _path, _value, part in hidden}
    assert words_of(found["content"]) - marks == words_of(content.as_dict()) - words_of(
        [value for _path, value, _part in hidden]
    )


@settings(max_examples=15)
@given(SEEDS, KNOWN)
def test_every_profile_has_the_same_root(seed: int, known: set[int]) -> None:
    content = Invention(seed).content()
    shown = [redacted(content, policy_of(profile), SECRET, known) for profile in Profile]
    assert len({one.root for one in shown}) == 1
    assert len({tuple(one.roots) for one in shown}) == 1
    for one in shown:
        found = json.loads(written(one))
        assert root_of(found["content"], found["salts"]) == one.root
        assert [row.matter for row in one.hidden] == [
            row["matter"] for row in found["issue"]["withholds"]
        ]
    other = redacted(content, policy_of(Profile.EDITOR), b"t" * 32)
    assert other.root != shown[0].root


@settings(max_examples=15)
@given(SEEDS, PROFILES, KNOWN)
def test_a_preview_tells_what_the_file_withholds(
    seed: int, profile: Profile, known: set[int]
) -> None:
    content, policy = Invention(seed).content(), policy_of(profile)
    assert what_is_hidden(content, policy, known) == redacted(content, policy, SECRET, known).hidden


@settings(max_examples=25)
@given(SEEDS, PROFILES, KNOWN)
def test_a_hash_of_the_content_stands_only_where_all_it_is_made_of_does(
    seed: int, profile: Profile, known: set[int]
) -> None:
    content = Invention(seed).content()
    shown = redacted(content, policy_of(profile), SECRET, known)
    any_shut = False
    for full, part in zip(content.claims, shown.claims, strict=True):
        material = {
            path
            for path, _value, _part in pairs(full, part)
            if re.match(
                "/(statement|quote|figures|proposed_wording|assessment|status"
                "|evidence/[0-9]+/(passage|said|given|snapshot))",
                path,
            )
            and not _was_withdrawn(full, path)
        }
        shut = is_withheld(part["content_sha256"])
        any_shut = any_shut or shut
        assert shut or not material
        for signed, row in zip(full["sign_offs"], part["sign_offs"] or (), strict=False):
            if not is_withheld(part["sign_offs"]):
                assert is_withheld(row["content_sha256"]) == (shut or signed["past"])
    for signed, row in zip(content.head["sign_offs"], shown.head["sign_offs"], strict=True):
        assert is_withheld(row["state_sha256"]) == (any_shut or signed["past"])
    unquoted = any(is_withheld(part["quote"]) for part in shown.claims)
    assert is_withheld(shown.head["version"]["sha256"]) == unquoted


def _was_withdrawn(claim: dict[str, Any], path: str) -> bool:
    found = re.match("/evidence/([0-9]+)/", path)
    return found is not None and claim["evidence"][int(found[1])]["withdrawn"] is not None


def hidden_of(shown: Shown) -> dict[str, Hidden]:
    return {one.matter: one for one in shown.hidden}


def test_a_confidential_source_is_shown_to_whoever_may_read_it_and_inside_the_house_only() -> None:
    drawn = (Invention(seed).content() for seed in range(20))
    content = next(one for one in drawn if one.head["sources"])
    sources = content.head["sources"]
    sources[:] = (sources * 2)[:2]
    first, second = ({**row, "number": n, "confidential": True} for n, row in enumerate(sources, 1))
    sources[:] = [first, second]
    for profile, told in ((Profile.INTERNAL, [False, True]), (Profile.EDITOR, [True, True])):
        shown = redacted(content, policy_of(profile), SECRET, {1})
        parts = shown.head["sources"]
        assert [is_withheld(part["identity"]) for part in parts] == told
        assert [part["tier"] for part in parts] == [row["tier"] for row in sources]
        where = hidden_of(shown)["confidential"].sources
        assert (1 in where, 2 in where) == tuple(told)


def test_contacts_leave_in_no_profile_and_names_of_staff_not_in_the_public_one() -> None:
    content = Invention(5).content()
    for profile in Profile:
        shown = redacted(content, policy_of(profile), SECRET, {1, 2, 3})
        for claim in shown.claims:
            for item in claim["evidence"] if not is_withheld(claim["evidence"]) else ():
                said = item["said"]
                assert (
                    said is None
                    or is_withheld(said)
                    or said["reached"] is None
                    or is_withheld(said["reached"])
                )
        named = [not is_withheld(one["name"]) for one in shown.head["people"]]
        by_kind = [one["kind"] == "system" for one in content.head["people"]]
        assert named == (by_kind if profile in NAMELESS else [True] * len(named))


def test_what_is_empty_is_not_said_to_be_withheld() -> None:
    content = Invention(8).content(1)
    claim = {**content.claims[0], "proposed_wording": None, "findings": []}
    content = type(content)(content.head, type(content.claims)([claim]))
    shown = redacted(content, policy_of(Profile.PUBLIC), SECRET).claims[0]
    if claim["stage"] != "dropped" and claim["disposition"] != "cut":
        assert shown["proposed_wording"] is None
        assert shown["findings"] == []
    assert WITHHELD not in {key for key in shown if key != WITHHELD}


@pytest.mark.parametrize("changed", ["profile", "content", "language"])
def test_the_state_is_another_when_what_it_says_is(changed: str) -> None:
    content = Invention(1).content()
    before = state_sha256(content, SECRET, "editor", "zh")
    assert before == state_sha256(Invention(1).content(), SECRET, "editor", "zh")
    told = {"profile": ("public", "zh"), "language": ("editor", "en")}.get(
        changed, ("editor", "zh")
    )
    if changed == "content":
        content.head["schema_revision"] = "0099"
    assert state_sha256(content, SECRET, *told) != before
    assert state_sha256(content, b"another", "editor", "zh") != before
