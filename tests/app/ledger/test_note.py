"""Signed notes against the published example, and what is refused as a note, key or checkpoint."""

import pytest

from app.ledger.note import (
    BadNote,
    Checkpoint,
    SigningKey,
    VerifierKey,
    decoded,
    opened,
    several,
)

# The example in the documentation of the format's first implementation, the note of Go's sumdb.
NEUMANN = VerifierKey.read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
WORDS = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
KEY = SigningKey("desk.example/ledger", b"\x07" * 32)
OTHER = SigningKey("desk.example/ledger", b"\x08" * 32)
HEAD = Checkpoint(KEY.name, 5, bytes(range(32)))
NOTE = KEY.sign(HEAD.text)


def test_the_published_signature_is_right_and_only_for_its_text() -> None:
    data = decoded(SIGNATURE)
    assert data[:4] == NEUMANN.id
    assert NEUMANN.signed(WORDS, data[4:])
    assert not NEUMANN.signed(WORDS + "\n", data[4:])


def test_a_checkpoint_has_three_lines_and_survives_the_round() -> None:
    assert HEAD.text.split("\n") == [KEY.name, "5", HEAD.text.split("\n")[2], ""]
    assert opened(NOTE, [KEY.verifier]) == HEAD
    assert NOTE.endswith("\n")
    assert KEY.sign(HEAD.text) == NOTE


def test_extension_lines_and_strangers_signatures_are_passed_over() -> None:
    longer = KEY.sign(HEAD.text + "more\n")
    assert opened(longer, [KEY.verifier]) == HEAD
    witnessed = NOTE + OTHER.sign(HEAD.text).split("\n\n")[1]
    assert opened(witnessed, [KEY.verifier]) == HEAD
    assert opened(witnessed, [OTHER.verifier]) == HEAD


BAD = {
    "no known key": OTHER.sign(HEAD.text),
    "another size": NOTE.replace("\n5\n", "\n6\n"),
    "another root": KEY.sign(HEAD.text.replace("AAEC", "AAED")).replace("AAED", "AAEC"),
    "another origin": KEY.sign(Checkpoint("else.example", 5, HEAD.root).text),
    "a size with a zero before it": KEY.sign(HEAD.text.replace("\n5\n", "\n05\n")),
    "a negative size": KEY.sign(HEAD.text.replace("\n5\n", "\n-5\n")),
    "a short root": KEY.sign(f"{KEY.name}\n5\nAAEC\n"),
    "no base64": KEY.sign(f"{KEY.name}\n5\n****\n"),
    "no root": KEY.sign(f"{KEY.name}\n5\n"),
    "no origin": KEY.sign(HEAD.text.removeprefix(KEY.name)),
    "no signature": HEAD.text,
    "a signature cut short": NOTE[:-8] + "\n",
    "no end": NOTE[:-1],
    "another dash": NOTE.replace("—", "-"),
    "nothing": "",
}


@pytest.mark.parametrize("note", BAD.values(), ids=BAD.keys())
def test_what_is_not_signed_so_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        opened(note, [KEY.verifier])


def test_keys_survive_the_round_and_damage_shows() -> None:
    assert VerifierKey.read(str(KEY.verifier)) == KEY.verifier
    assert SigningKey.read(KEY.written()) == KEY
    for damaged in (
        str(KEY.verifier).replace("desk", "disk"),
        str(KEY.verifier)[:-4],
        KEY.written().replace("PRIVATE", "PUBLIC"),
        KEY.written().replace("desk", "disk"),
        "x",
        "",
    ):
        with pytest.raises(BadNote):
            VerifierKey.read(damaged)
        with pytest.raises(BadNote):
            SigningKey.read(damaged)


def test_notes_below_each_other_are_told_apart() -> None:
    second = KEY.sign(Checkpoint(KEY.name, 6, HEAD.root).text)
    assert several(NOTE + second) == [NOTE, second]
    assert several(NOTE + second + "rubbish\n") == [NOTE, second, "rubbish\n"]
    assert several("") == []
