"""A stranger checks an export with one file and nothing else, and every change in it shows."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.db import Database
from app.ledger import verify_offline as offline
from app.ledger.export import written
from app.ledger.note import SigningKey, opened
from app.ledger.tree import Tree
from tests.app.ledger.small import SIGNING, Note, check
from tests.benchmarks.effort import calls

# RFC 8032, section 7.1: tests 1, 2 and 3.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
            "f9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
            "f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
            "4dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
MOST_CALLS = 5_000
"""Of functions, to check one entry."""
KEYS = [offline.key_of(str(SIGNING.verifier))]
Export = dict[str, Any]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_published_signatures_are_right_and_changed_ones_are_not(
    public: str, message: str, signature: str
) -> None:
    key, text, signed = (bytes.fromhex(part) for part in (public, message, signature))
    assert offline.signed(key, text, signed)
    assert not offline.signed(key, text + b"x", signed)
    for place in (0, 31, 32, 63):
        changed = bytearray(signed)
        changed[place] ^= 1
        assert not offline.signed(key, text, bytes(changed))
    assert not offline.signed(key, text, signed[:-1])
    assert not offline.signed(key[:-1], text, signed)
    scalar = int.from_bytes(signed[32:], "little") + offline.ORDER
    assert not offline.signed(key, text, signed[:32] + scalar.to_bytes(32, "little"))


def exported(database: Database, eids: list[int] | None, **more: Any) -> Export:
    note = database.checkpoint()
    assert note is not None
    head = opened(note, [SIGNING.verifier])
    with database.reading(steady=True) as session:
        pieces = written(
            session.connection(),
            database.prover,
            head,
            note,
            [str(SIGNING.verifier)],
            eids=eids,
            **more,
        )
        found: Export = json.loads("".join(pieces))
    return found


def test_a_part_and_the_whole_hold_on_both_engines(worked: Database) -> None:
    part = exported(worked, [3, 5, 8])
    assert offline.check(part, KEYS, [])["entries"] == 3
    whole = exported(worked, None)
    found = offline.check(whole, KEYS, [])
    assert (found["entries"], found["root"]) == (found["size"], check(worked).root)
    assert all(entry["proof"] is None for entry in whole["entries"])


@pytest.fixture(scope="module")
def part(open_desk: Callable[[str, str], Database]) -> Export:
    database = open_desk("sqlite", "worked")
    old = database.signer.outside()[0]
    earlier = [(opened(old, [SIGNING.verifier]), old)]
    with database.writing("editor:ana") as session:
        session.add(Note(id="x", title='二 "quoted" \\'))
    found = exported(database, [3, 5, 8, 10], withheld=["done", "note.figure"], earlier=earlier)
    database.close()
    return found


def test_withheld_values_are_digests_and_the_rest_is_shown(part: Export) -> None:
    assert offline.check(part, KEYS, [])["hidden"] >= 2
    values = part["entries"][0]["values"]
    assert set(values["n.done"]) == {"digest"}
    assert set(values["n.title"]) == {"salt", "value"}


def put(export: Export, *path: Any, to: Any) -> None:
    for step in path[:-1]:
        export = export[step]
    export[path[-1]] = to


STRANGER = SigningKey(SIGNING.name, b"\x11" * 32)
CHANGES: dict[str, Callable[[Export], None]] = {
    "a value": lambda e: put(e, "entries", 0, "values", "n.title", "value", to='"other"'),
    "a salt": lambda e: put(e, "entries", 0, "values", "n.title", "salt", to="00" * 16),
    "a digest": lambda e: put(e, "entries", 0, "values", "n.done", "digest", to="00" * 32),
    "a value left out": lambda e: e["entries"][0]["values"].pop("n.title"),
    "a value added": lambda e: put(e, "entries", 0, "values", "n.x", to={"digest": "00" * 32}),
    "an image's mark left out": lambda e: e["entries"][0]["values"].pop("n"),
    "values all left out": lambda e: put(e, "entries", 0, "values", to={}),
    "the actor": lambda e: put(
        e, "entries", 0, "header", to=e["entries"][0]["header"].replace("ana", "bo")
    ),
    "the place": lambda e: put(e, "entries", 0, "index", to=3),
    "a hash of the proof": lambda e: put(e, "entries", 0, "proof", 0, to="A" * 43 + "="),
    "a shorter proof": lambda e: e["entries"][0]["proof"].pop(),
    "a longer proof": lambda e: e["entries"][0]["proof"].append("A" * 43 + "="),
    "the size": lambda e: put(e, "checkpoint", to=e["checkpoint"].replace("\n1", "\n2", 1)),
    "the signature": lambda e: put(e, "checkpoint", to=STRANGER.sign("x\n1\nAAAA\n")),
    "no checkpoint": lambda e: put(e, "checkpoint", to="x"),
    "called complete": lambda e: put(e, "complete", to=True),
    "the proof of continuation": lambda e: put(e, "earlier", 0, "proof", 0, to="A" * 43 + "="),
    "no proof of continuation": lambda e: put(e, "earlier", 0, "proof", to=[]),
    "another format": lambda e: put(e, "format", to="x"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_change_in_an_export_goes_unnoticed(
    part: Export, change: Callable[[Export], None]
) -> None:
    forged = copy.deepcopy(part)
    change(forged)
    with pytest.raises((offline.Wrong, KeyError)):
        offline.check(forged, KEYS, [])


def test_a_kept_head_must_be_continued(part: Export) -> None:
    kept = part["earlier"][0]["checkpoint"]
    assert offline.check(part, KEYS, [kept])["earlier"] == 1
    with pytest.raises(offline.Wrong, match="you kept"):
        offline.check(part, KEYS, [SIGNING.sign("x\n1\nAAAA\n")])


def test_a_strangers_key_is_not_taken_for_ours(part: Export) -> None:
    with pytest.raises(offline.Wrong, match="none of the given keys"):
        offline.check(part, [offline.key_of(str(STRANGER.verifier))], [])
    with pytest.raises(offline.Wrong, match="damaged"):
        offline.key_of(str(SIGNING.verifier).replace("small", "big"))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-I", "-S", offline.__file__, *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, check=False)


def test_it_runs_alone_and_says_what_holds(part: Export, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps(part))
    found = run(file, "--show", "--key", str(SIGNING.verifier))
    assert found.returncode == 0
    assert "HOLDS: 4 entries" in found.stdout
    assert 'n.title = "份额' in found.stdout
    assert "given by you" in found.stdout
    assert "compare it" in run(file).stdout
    for text in ("{", "[]", "null", json.dumps({**part, "entries": [{}]})):
        file.write_text(text)
        wrong = run(file)
        assert (wrong.returncode, wrong.stdout[:6]) == (3, "WRONG:")
    assert run(tmp_path / "none").returncode == 3


def test_the_proof_of_one_entry_is_small_and_quick(worked: Database) -> None:
    one = exported(worked, [5])
    text = json.dumps({**one, "entries": [{**one["entries"][0], "values": {}}]})
    assert len(text) < 4096
    assert calls(lambda: offline.check(one, KEYS, [])) < MOST_CALLS


def test_its_arithmetic_is_that_of_the_tree() -> None:
    tree = Tree()
    for size in range(1, 20):
        tree.append(sha256(bytes([size])).digest())
        root = tree.root()
        assert offline.root_of(tree.levels[0]) == root
        for index in range(size):
            leaf, proof = tree.levels[0][index], tree.inclusion(index, size)
            assert offline.includes(leaf, index, size, proof, root)
            assert not offline.includes(leaf, index, size, [*proof, root], root)
            assert not offline.includes(leaf, index, size, proof, leaf[::-1] + b"x")
            assert not offline.includes(leaf, index + size, size, proof, root)
            assert not offline.includes(leaf, -1, size, proof, root)
            if size > 1:
                assert not offline.includes(leaf, index ^ 1, size, proof, root)
                assert not offline.includes(leaf, index, size, proof[:-1], root)
        for old in range(1, size + 1):
            before, proof = tree.root(old), tree.consistency(old, size)
            assert offline.extends(old, size, before, root, proof)
            assert not offline.extends(old, size, root[::-1], root, proof)
            assert not offline.extends(old, size, before, before[::-1], proof)
            assert not offline.extends(old, size, before, root, [*proof, root])
            assert not offline.extends(0, size, before, root, proof)
            assert not offline.extends(size + 1, size, before, root, proof)
            if proof:
                assert not offline.extends(old, size, before, root, proof[:-1])
                assert not offline.extends(old, size, before, root, proof[1:])
    assert offline.root_of([]) == Tree().root()
