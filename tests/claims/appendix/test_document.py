"""The document is one JSON value, written piece by piece, read back, and bound as a whole."""

import io
import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from claims.appendix import document
from claims.appendix.profiles import UNNAMED, policy_of
from claims.appendix.redaction import Shown, redacted
from claims.material import canonical_json
from claims.vocabulary import Profile
from tests.claims.appendix.invented import Invention
from tests.claims.appendix.test_redaction import SECRET, issue_of

DESCRIPTION = Path(__file__).parents[3] / "docs" / "appendix.md"
HEADER = '{"actor":"editor:li.wei","pk":"1"}'


def shown_to(profile: Profile, seed: int = 11) -> Shown:
    return redacted(Invention(seed).content(), policy_of(profile), SECRET, {1})


def proven(shown: Shown) -> document.Document:
    rows = {own: {"header": HEADER, "proof": "c2sp"} for own in shown.ids}
    told = document.integrity(shown, ["key"], "head", {"index": 1}, rows)
    return document.drawn(issue_of(shown), shown, told)


@pytest.mark.parametrize("profile", list(Profile))
def test_it_is_read_back_as_it_was_written(profile: Profile) -> None:
    made = proven(shown_to(profile))
    out = io.BytesIO()
    made.write(out)
    again = document.read(out.getvalue())
    assert b"".join(again.pieces()) == out.getvalue()
    assert again.shown_sha256 == made.shown_sha256
    assert again.integrity == made.integrity


def test_the_act_binds_what_is_shown_the_root_and_every_claim() -> None:
    shown = shown_to(Profile.PUBLIC)
    made = proven(shown)
    found = json.loads(b"".join(made.pieces()))
    values = document.act_values(made.issue, shown, "own")
    whole = canonical_json({"content": found["content"], "issue": found["issue"]})
    listed = [[row["number"], row["root"]] for row in found["integrity"]["claims"]]
    assert values["shown_sha256"] == sha256(whole.encode()).hexdigest()
    assert values["claims_sha256"] == sha256(canonical_json(listed).encode()).hexdigest()
    assert values["root"] == shown.root.hex()
    assert values["article"] == found["content"]["article"]["key"]


def test_where_nobody_is_named_the_leaf_stands_for_the_header() -> None:
    leaf = sha256(b"\0" + HEADER.encode()).hexdigest()
    for profile in Profile:
        made = proven(shown_to(profile))
        assert made.integrity is not None
        entries = [{*row} & {"header", "leaf"} for row in made.integrity.claims]
        named = profile is not Profile.PUBLIC
        assert entries == [{"header"} if named else {"leaf"}] * len(entries)
        assert policy_of(profile).hand("editor:li.wei") == ("editor:li.wei" if named else UNNAMED)
        assert named or made.integrity.claims[0]["leaf"] == leaf


def test_the_program_in_the_description_gives_the_root(tmp_path: Path) -> None:
    text = DESCRIPTION.read_text(encoding="utf-8")
    found = re.search(r"<<'END'\n(.*?)\n    END", text, re.DOTALL)
    assert found is not None
    program = re.sub("^    ", "", found[1], flags=re.MULTILINE)
    for profile in (Profile.INTERNAL, Profile.PUBLIC):
        shown = shown_to(profile)
        with (tmp_path / "appendix.json").open("wb") as out:
            proven(shown).write(out)
        told = subprocess.run(
            [sys.executable, "-I", "-c", program],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == shown.root.hex()
