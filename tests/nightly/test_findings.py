"""A night is good when nothing is found in the product and everything that was planted is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conventions.tree import ROOT
from tests.nightly import command, environment, reading
from tests.nightly.findings import DESK, TWIN, Accepted, Finding, Hole, accepted, judge
from tests.nightly.planted.careless import careless

FOUND = Finding("wapiti", TWIN, "Open Redirect", "GET /go")
HOLE = Hole("wapiti", TWIN, ("Open Redirect",), "GET /go")
LOCKED = re.compile(r"^[a-z0-9.-]+(?:\[[^]]*\])?==", re.MULTILINE)


def test_a_hole_that_was_missed_makes_a_bad_night() -> None:
    assert judge([FOUND], [HOLE], [], ["wapiti"]).good
    assert judge([], [HOLE], [], ["wapiti"]).missed == (HOLE,)
    assert judge([replace(FOUND, where=DESK)], [HOLE], [], ["wapiti"]).missed == (HOLE,)
    assert judge([replace(FOUND, place="GET /")], [HOLE], [], ["wapiti"]).missed == (HOLE,)
    assert judge([], [HOLE], [], ["sqlmap"]).good


def test_a_finding_in_the_product_makes_a_bad_night_unless_it_was_accepted() -> None:
    found = replace(FOUND, where=DESK)
    known = Accepted("wapiti", "Open Redirect", "GET /*", "It leads to the start.")
    assert judge([found], [], [], ["wapiti"]).found == (found,)
    assert judge([found], [], [known], ["wapiti"]).good
    assert judge([replace(found, rule="SSRF")], [], [known], ["wapiti"]).found
    steady = replace(known, tool="bandit")
    assert judge([], [], [steady], ["bandit"]).stale == (steady,)
    assert judge([], [], [known, steady], ["wapiti"]).good
    assert judge([], [], [], ["wapiti"], failed=["wapiti: broke off"]).failed


def test_what_was_accepted_has_a_reason(tmp_path: Path) -> None:
    assert {one.tool for one in accepted()} <= set(command.TOOLS)
    file = tmp_path / "accepted.toml"
    entry = '[[accepted]]\ntool = "bandit"\nrule = "B101"\nplace = "x"\nreason = "%s"\n'
    file.write_text(entry % "It is ours.", "utf-8")
    assert accepted(file)
    file.write_text(entry % " ", "utf-8")
    with pytest.raises(ValueError, match="no reason"):
        accepted(file)


def test_every_rule_of_ours_has_a_hole_it_must_find() -> None:
    files = (ROOT / "tests" / "rules").glob("*.yml")
    names = [name for file in files for name in re.findall(r"- id: (\S+)", file.read_text("utf-8"))]
    assert sorted(names) == sorted(reading.SEMGREP)
    assert {hole.tool for hole in command.HOLES} == set(command.TOOLS)


@pytest.mark.parametrize("name", sorted(set(environment.LOCKS.values())))
def test_the_tools_are_locked_with_hashes(name: str) -> None:
    text = environment.lock(name).read_text("utf-8")
    wanted = environment.lock(name).with_suffix(".in").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z])", text)
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(LOCKED.findall(text))
    for tool in re.findall(r"^([a-z0-9]+)>=", wanted, re.MULTILINE):
        assert re.search(rf"^{tool}==", text, re.MULTILINE), tool


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    with careless(tmp_path / "words", "").test_client() as found:
        yield found


def test_the_planted_holes_are_open(client: FlaskClient) -> None:
    """A hole that somebody closes by accident would be missed by every tool."""
    assert ">1<" in client.get("/sqlite?q=rain").text
    assert ">2<" in client.get("/sqlite?q=x' UNION SELECT 1, 2 UNION SELECT 3, '4").text
    assert "<script>" in client.get("/hello?name=<script>").text
    assert "<img src=x>" in client.post("/notes", data={"note": "<img src=x>"}).text
    assert "<img src=x>" in client.get("/notes").text
    with client.get("/file?name=../findings.py") as answer:
        assert b"class Hole" in answer.data
    assert client.get("/go?to=https://evil.example/").location == "https://evil.example/"
    assert "12" in client.get("/ping?host=$((3*4))").text
    assert client.get("/secret").status_code == 200
    assert "Content-Security-Policy" not in client.get("/").headers
