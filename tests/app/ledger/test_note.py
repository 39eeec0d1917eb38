"""Signed notes against the published example, and what is refused as a note, key or checkpoint."""

import pytest

from app.ledger.note import (
    BadNote,
    Checkpoint,
    SigningKey,
    VerifierKey,
    decoded,
    encoded,
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
SIGNED = NOTE.split()[-1]


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


NO_CHECKPOINT = "this is no checkpoint"
NO_BASE64 = "this is not base64"
NO_NOTE = "this is no signed note"
WRONG = f"the signature of {KEY.name} is not right"
UNKNOWN = "no known key signed this"
NO_LINE = "this is no signature line"
SHORT_ROOT = "a root has 32 bytes"
BAD = {
    "no known key": (OTHER.sign(HEAD.text), UNKNOWN),
    "another size": (NOTE.replace("\n5\n", "\n6\n"), WRONG),
    "another root": (KEY.sign(HEAD.text.replace("AAEC", "AAED")).replace("AAED", "AAEC"), WRONG),
    "another origin": (KEY.sign(Checkpoint("else.example", 5, HEAD.root).text), WRONG),
    "a size with a zero before it": (KEY.sign(HEAD.text.replace("\n5\n", "\n05\n")), NO_CHECKPOINT),
    "a negative size": (KEY.sign(HEAD.text.replace("\n5\n", "\n-5\n")), NO_CHECKPOINT),
    "a short root": (KEY.sign(f"{KEY.name}\n5\nAAEC\n"), SHORT_ROOT),
    "a long root": (KEY.sign(f"{KEY.name}\n5\n{encoded(bytes(33))}\n"), SHORT_ROOT),
    "no base64": (KEY.sign(f"{KEY.name}\n5\n****\n"), NO_BASE64),
    "no ASCII": (KEY.sign(f"{KEY.name}\n5\n份额\n"), NO_BASE64),
    "no root": (KEY.sign(f"{KEY.name}\n5\n"), NO_CHECKPOINT),
    "no size": (KEY.sign(f"{KEY.name}\n"), NO_CHECKPOINT),
    "no origin": (KEY.sign(HEAD.text.removeprefix(KEY.name)), NO_CHECKPOINT),
    "no signature": (HEAD.text, NO_NOTE),
    "an empty signature line": (f"{HEAD.text}\n— {KEY.name} {encoded(KEY.verifier.id)}\n", NO_LINE),
    "a signature cut short": (NOTE[:-8] + "\n", NO_BASE64),
    "a byte missing": (NOTE.replace(SIGNED, encoded(decoded(SIGNED)[:-1])), WRONG),
    "no end": (NOTE[:-1], NO_NOTE),
    "another dash": (NOTE.replace("—", "-"), NO_LINE),
    "a name of two words": (NOTE.replace(f"— {KEY.name}", f"— {KEY.name} x"), NO_BASE64),
    "nothing": ("", NO_NOTE),
}


@pytest.mark.parametrize(("note", "sentence"), BAD.values(), ids=BAD.keys())
def test_what_is_not_signed_so_is_refused_with_the_reason(note: str, sentence: str) -> None:
    with pytest.raises(BadNote) as refused:
        opened(note, [KEY.verifier])
    assert str(refused.value) == sentence


def test_a_text_may_have_empty_lines_and_the_last_one_parts_the_signatures() -> None:
    longer = KEY.sign(HEAD.text + "more\n\nand more\n")
    assert opened(longer, [KEY.verifier]) == HEAD


OTHER_ID = "the key's id is not the one of its bytes"
NO_KEY = "this is no Ed25519 key of a signed note"
PUBLIC = str(KEY.verifier)
SECRET = KEY.written()


def with_bytes(data: bytes) -> str:
    """The public key with other bytes in it."""
    return PUBLIC[: PUBLIC.rindex("+") + 1] + encoded(data)


DAMAGED = {
    "another name": (PUBLIC.replace("desk", "disk"), OTHER_ID),
    "cut short": (PUBLIC[:-4], NO_KEY),
    "a byte more": (with_bytes(b"\1" + KEY.verifier.public + b"\0"), NO_KEY),
    "another algorithm": (with_bytes(b"\2" + KEY.verifier.public), NO_KEY),
    "no name": (PUBLIC.removeprefix(KEY.name), NO_KEY),
    "a name of two words": (PUBLIC.replace("desk", "de sk"), NO_KEY),
    "a word": ("x", NO_KEY),
    "nothing": ("", NO_KEY),
    "no base64": (PUBLIC[:-4] + "****", NO_BASE64),
}


@pytest.mark.parametrize(("text", "sentence"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_key_is_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(BadNote) as refused:
        VerifierKey.read(text)
    assert str(refused.value) == sentence


def test_keys_survive_the_round_and_are_not_taken_for_each_other() -> None:
    assert VerifierKey.read(f"{PUBLIC}\n") == KEY.verifier
    assert SigningKey.read(f"{SECRET}\n") == KEY
    assert SECRET.startswith(f"PRIVATE+KEY+{KEY.name}+{KEY.verifier.id.hex()}+")
    for text, sentence in (
        (PUBLIC, "this is no signing key"),
        (SECRET.replace("PRIVATE", "PUBLIC"), "this is no signing key"),
        (SECRET.replace("desk", "disk"), OTHER_ID),
    ):
        with pytest.raises(BadNote) as refused:
            SigningKey.read(text)
        assert str(refused.value) == sentence
    with pytest.raises(BadNote):
        VerifierKey.read(SECRET)


def test_notes_below_each_other_are_told_apart() -> None:
    second = KEY.sign(Checkpoint(KEY.name, 6, HEAD.root).text)
    assert several(NOTE + second) == [NOTE, second]
    assert several(NOTE + second + "rubbish\n") == [NOTE, second, "rubbish\n"]
    assert several("") == []
