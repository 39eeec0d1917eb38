"""What a stranger reads: every line that the offline check prints, and every way it says no."""

import base64
import copy
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.db import Database
from app.ledger import verify_offline as offline
from app.ledger.note import Checkpoint, SigningKey, opened
from tests.app.ledger.outsider import as_deed, shell
from tests.app.ledger.small import SIGNING, Note
from tests.app.ledger.test_verify_offline import KEYS, Export, exported

KEY = str(SIGNING.verifier)
ID = SIGNING.verifier.id.hex()
# RFC 8032, section 5.1: the point B.
B = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
)


@pytest.fixture(scope="module")
def export(open_desk: Callable[[str, str], Database]) -> Export:
    """Some entries of a worked desk: withheld values, an outsider's rubbish, an earlier head."""
    database = open_desk("sqlite", "worked")
    old = database.signer.outside()[0]
    with database.writing("editor:ana") as session:
        session.add(Note(id="x", title='二 "quoted"'))
    with shell(database) as outside:
        as_deed(
            "INSERT INTO ledger_event(kind, tbl, pk, op, at, new, salt)"
            " VALUES ('row', 'note', 'n1', 'U', 'never', '[[', x'00'),"
            """ ('row', 'note', 'n2', 'I', 'now', '{"title":"\\ud800"}', randomblob(32))"""
        )(outside)
    found = exported(
        database,
        [1, 3, 10, 19, 20, 21],
        withheld=["done", "note.figure"],
        earlier=[(opened(old, [SIGNING.verifier]), old)],
    )
    database.close()
    return found


@pytest.fixture
def file(export: Export, tmp_path: Path) -> Path:
    return written(tmp_path / "export.json", export)


def written(file: Path, export: Any) -> Path:
    file.write_text(json.dumps(export), encoding="utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[str]]:
    code = offline.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out.splitlines()


def test_what_holds_is_said_in_two_lines(
    export: Export, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = opened(export["checkpoint"], [SIGNING.verifier]).root.hex()
    holds = (
        f"HOLDS: 6 entries in a signed tree of 21, root {root};"
        " 4 values erased or withheld; continues 1 earlier checkpoints"
    )
    compare = f"key {SIGNING.name} {ID} (named by the file itself: compare it)"
    assert said(capsys, file) == (0, [holds, compare])
    given = f"key {SIGNING.name} {ID} (given by you)"
    assert said(capsys, file, "--key", KEY) == (0, [holds, given])


def test_every_entry_is_shown_as_a_person_reads_it(
    export: Export, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = said(capsys, file, "--show")
    assert code == 0
    assert lines[-2].startswith("HOLDS: ")
    heads = [json.loads(e["header"]) for e in export["entries"] if e["values"] is not None]
    second = lines.index(f"      2 {heads[1]['at']} editor:ana row I note n0 via app")
    assert lines[second + 1 : second + 6] == [
        '          n.data = ""',
        "          n.done = (erased or withheld)",
        "          n.figure = (erased or withheld)",
        '          n.id = "n0"',
        '          n.title = "份额 0"',
    ]
    outside = export["entries"][4]["header"]
    assert f"     19 written from outside: {outside}" in lines
    assert '          n.title = "\\ud800"' in lines


def test_an_entry_of_nobody_says_so(export: Export) -> None:
    entry = copy.deepcopy(export["entries"][1])
    entry["header"] = entry["header"].replace('"actor":"editor:ana"', '"actor":null')
    assert offline.line(entry).split()[2:4] == ["(nobody)", "row"]


def test_a_kept_head_is_held_against_the_export(
    export: Export, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    kept.write_text(export["earlier"][0]["checkpoint"], encoding="utf-8")
    assert said(capsys, file, "--checkpoint", kept)[0] == 0
    kept.write_text(SIGNING.sign(Checkpoint(SIGNING.name, 1, b"\0" * 32).text), encoding="utf-8")
    sentence = "WRONG: the export does not prove that it continues the checkpoint you kept"
    assert said(capsys, file, "--checkpoint", kept) == (3, [sentence])


STRANGER = SigningKey(SIGNING.name, b"\x11" * 32)
FORGED = Checkpoint(SIGNING.name, 21, b"\1" * 32)
WRONG: dict[str, tuple[Callable[[Export], object], str]] = {
    "another format": (lambda e: e.update(format="x"), "this is no export of the ledger"),
    "no checkpoint": (lambda e: e.update(checkpoint="x"), "this is no checkpoint"),
    "a checkpoint of two lines": (
        lambda e: e.update(checkpoint="x\n1\n\n— x AAAA\n"),
        "this is no checkpoint",
    ),
    "a stranger's head": (
        lambda e: e.update(checkpoint=STRANGER.sign(FORGED.text)),
        "none of the given keys signed the checkpoint",
    ),
    "a changed head": (
        lambda e: e.update(checkpoint=e["checkpoint"].replace("\n21\n", "\n22\n")),
        "the signature under the checkpoint is not right",
    ),
    "a head of another log": (
        lambda e: e.update(checkpoint=SIGNING.sign(Checkpoint("else", 21, b"\1" * 32).text)),
        "the signature under the checkpoint is not right",
    ),
    "another root": (
        lambda e: e.update(checkpoint=SIGNING.sign(FORGED.text)),
        "entry 0 is not in the signed tree",
    ),
    "another value": (
        lambda e: e["entries"][1]["values"]["n.title"].update(value='"other"'),
        "entry 2: a value is not the one that was recorded",
    ),
    "another header": (
        lambda e: e["entries"][4].update(header="x"),
        "entry 19 is not in the signed tree",
    ),
    "a proof that is no base64": (
        lambda e: e["entries"][1]["proof"].__setitem__(0, "份"),
        "not base64: '份'",
    ),
    "a long proof that is no base64": (
        lambda e: e["entries"][1]["proof"].__setitem__(0, "*" * 60),
        f"not base64: {'*' * 40!r}",
    ),
    "called complete": (
        lambda e: e.update(complete=True),
        "the entries are not all those that were signed",
    ),
    "no continuation": (
        lambda e: e["earlier"][0].update(proof=[]),
        "the tree of 21 does not continue the signed one of 10",
    ),
    "an earlier head of a stranger": (
        lambda e: e["earlier"][0].update(checkpoint=STRANGER.sign(FORGED.text)),
        "none of the given keys signed the checkpoint",
    ),
    "a part missing": (lambda e: e.pop("entries"), "'entries'"),
    "a damaged key": (
        lambda e: e.update(keys=[KEY.replace("small", "big")]),
        "the public key is damaged",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not_hold_is_said_and_nothing_else(
    export: Export,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Export], object],
    sentence: str,
) -> None:
    forged = copy.deepcopy(export)
    change(forged)
    file = written(tmp_path / "forged.json", forged)
    assert said(capsys, file, "--show") == (3, [f"WRONG: {sentence}"])


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 200_000, "\xff"])
def test_what_is_no_export_at_all_is_wrong_and_no_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "rubbish"
    file.write_bytes(text.encode("latin-1"))
    code, lines = said(capsys, file)
    assert (code, lines[0][:7]) == (3, "WRONG: ")
    assert said(capsys, tmp_path / "nowhere")[0] == 3


def test_the_program_says_how_it_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        offline.main(["--help"])
    assert ended.value.code == 0
    words = " ".join(capsys.readouterr().out.split())
    for part in (
        "Checks an export or an appendix with Python's standard library alone",
        "--key KEY the public key, as the newsroom gives it",
        "--checkpoint CHECKPOINT a note that you kept",
        "--show print every entry",
        "[-h] [--key KEY] [--checkpoint CHECKPOINT] [--show] export",
    ):
        assert part in words
    with pytest.raises(SystemExit):
        offline.main([])


def test_the_point_of_the_standard_is_found_and_has_its_order() -> None:
    x, y, z, t = offline.base()
    assert (x, y, z) == (*B, 1)
    assert t == x * y % offline.P
    zero = offline.times(offline.ORDER, offline.base())
    assert (zero[0] % offline.P, (zero[1] - zero[2]) % offline.P) == (0, 0)
    assert offline.times(0, offline.base()) == (0, 1, 1, 0)


def test_what_stands_for_no_point_is_none() -> None:
    for number in (offline.P, offline.P + 1, 2**255 - 1, 1 + 2**255, 2, 2**256 - 1):
        assert offline.point_of(number.to_bytes(32, "little")) is None
    assert offline.point_of((1).to_bytes(32, "little")) == (0, 1, 1, 0)
    x, y, _, _ = offline.base()
    odd = offline.point_of((y | 1 << 255).to_bytes(32, "little"))
    assert odd == (offline.P - x, y, 1, (offline.P - x) * y % offline.P)


def test_a_key_or_a_signature_of_another_length_is_none() -> None:
    name, number, public = KEYS[0]
    assert (name, number.hex()) == (SIGNING.name, ID)
    text = b"words"
    signature = base64.b64decode(SIGNING.sign("words").split()[-1])[4:]
    assert offline.signed(public, text, signature)
    assert not offline.signed(public + b"\0", text, signature)
    assert not offline.signed(public, text, signature + b"\0")
    assert not offline.signed(b"\xff" * 32, text, signature)
    assert not offline.signed(public, text, b"\xff" * 32 + signature[32:])


def test_the_right_key_is_found_among_others_and_witnesses_are_passed_over(export: Export) -> None:
    stranger = offline.key_of(str(STRANGER.verifier))
    head = opened(export["checkpoint"], [SIGNING.verifier])
    assert offline.head_of(export["checkpoint"], [stranger, *KEYS]) == (head.size, head.root)
    lines = STRANGER.sign(head.text).split("\n\n")[1] + export["checkpoint"].split("\n\n")[1]
    assert offline.head_of(f"{head.text}\n{lines}", KEYS) == (head.size, head.root)


def padded(data: bytes, name: str = SIGNING.name) -> str:
    """A public key of these bytes, with the id that belongs to them."""
    number = sha256(name.encode() + b"\n" + data).hexdigest()[:8]
    return f"{name}+{number}+{base64.b64encode(data).decode()}"


def test_a_key_of_another_kind_or_length_is_damaged() -> None:
    data = b"\1" + SIGNING.verifier.public
    assert offline.key_of(f" {padded(data)}\n") == KEYS[0]
    for other in (data + b"\0", data[:-1], b"\2" + data[1:]):
        with pytest.raises(offline.Wrong, match="damaged"):
            offline.key_of(padded(other))
    with pytest.raises(offline.Wrong, match="not base64"):
        offline.key_of("name+00000000+***")
