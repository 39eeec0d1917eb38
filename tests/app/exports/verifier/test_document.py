"""A stranger alone with a document: what was issued holds, and each forgery is named and placed."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.exports.verifier.acts import key_text
from app.exports.verifier.document import check_document
from app.exports.verifier.findings import Report
from app.exports.verifier.program import as_json, sentences
from app.exports.verifier.strict import written
from tests.app.exports.verifier import forgeries
from tests.app.exports.verifier.issued import Document, Issued, told


def checked(document: Document, keys: list[str] | None = None) -> Report:
    report = Report()
    check_document(document, keys, report)
    return report


@pytest.mark.parametrize("profile", ["legal", "public"])
def test_what_was_issued_holds_and_says_what_it_is(issued: Issued, profile: str) -> None:
    report = told(issued.path(profile, "json"), issued.keys)
    assert report.findings == []
    facts = report.facts
    assert (facts["article"], facts["profile"]) == (issued.article, profile)
    assert facts["claims"] > 2
    assert facts["withheld"] > 0
    assert (facts["keys"], facts["trust"]) == (issued.keys, "reader")


@pytest.mark.parametrize(
    ("forge", "names", "place"),
    forgeries.FORGERIES,
    ids=[forge.__name__ for forge, _, _ in forgeries.FORGERIES],
)
def test_a_forgery_has_its_name_and_its_place(
    issued: Issued, forge: forgeries.Forge, names: set[str], place: str
) -> None:
    """T-ISSUE: an altered appendix is told from the one that was issued."""
    document = issued.document()
    forge(document)
    report = checked(document, issued.keys)
    assert set(report.names()) == names, [found.words("en") for found in report.findings]
    assert any(place in found.place for found in report.findings)
    for found in report.findings:
        assert found.words("zh") != found.words("en")


def test_the_evidence_that_was_moved_is_named(issued: Issued) -> None:
    document = issued.document()
    forgeries.evidence_turned(document)
    place = checked(document).findings[0].place
    items = forgeries.with_evidence(document)["evidence"]
    assert place.startswith(forgeries.number_of(document))
    assert f"E{items[0]['number']}" in place


def test_several_changes_are_all_found(issued: Issued) -> None:
    document = issued.document()
    for forge in (
        forgeries.reworded,
        forgeries.commitment_replaced,
        forgeries.retitled,
        forgeries.proofs_swapped,
    ):
        forge(document)
    found = set(checked(document).names())
    assert found == {"ALTERED_CLAIM", "ALTERED_COMMITMENT", "ALTERED_TEXT", "BAD_PROOF"}


def test_a_forger_with_a_key_of_their_own_is_found_out_by_the_key_the_newsroom_publishes(
    issued: Issued,
) -> None:
    document = issued.document()
    forgeries.signed_by_the_forger(document)
    names = set(checked(document).names())
    assert "FORGED_SIGNATURE" not in names
    assert "FORGED_SIGNATURE" in checked(document, issued.keys).names()


def test_a_head_of_another_issue_proves_nothing(issued: Issued) -> None:
    document, other = issued.document(), issued.document("public")
    document["integrity"]["checkpoint"] = other["integrity"]["checkpoint"]
    assert set(checked(document).names()) == {"BAD_PROOF"}
    document = issued.document()
    document["integrity"] = other["integrity"]
    assert "ALTERED_TEXT" in checked(document).names()


def test_salts_swapped_between_claims_open_nothing(issued: Issued) -> None:
    document = issued.document()
    salts = document["salts"]
    one, two = [path for path in sorted(salts) if path.startswith("claims/")][:2]
    salts[one], salts[two] = salts[two], salts[one]
    assert set(checked(document).names()) == {"BAD_PROOF"}


BAD = [
    b"",
    b"[]",
    b"nonsense",
    b'"text"',
    b"\xff\xfe",
    b"[" * 200_000,
    b'{"format": "claim-desk/appendix/3"}',
    b'{"format": "claim-desk/appendix/4", "content": {}}',
    b'{"format": "claim-desk/appendix/3", "issue": 1, "content": [], "salts": 2}',
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_appendix_is_unreadable_and_never_a_crash(text: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(text)
    assert set(told(file).names()) <= {"UNREADABLE", "NO_PROOF"}
    assert told(file).findings


WRONG: list[Any] = [None, 0, -1, True, "x", [], [[]], {}, {"withheld": "00"}, [None]]


def test_no_wrong_type_in_any_place_is_a_crash(issued: Issued) -> None:
    original = issued.document()
    for name, whole in (("integrity", original["integrity"]), ("", original)):
        for key in whole:
            for value in WRONG:
                document = json.loads(json.dumps(original))
                (document[name] if name else document)[key] = value
                if written(document) != written(original):
                    assert checked(document).findings, (name, key, value)


def test_two_profiles_of_one_content_have_one_root(issued: Issued) -> None:
    legal, public = (told(issued.path(name, "json")) for name in ("legal", "public"))
    assert legal.facts["root"] == public.facts["root"]
    assert legal.facts["withheld"] <= public.facts["withheld"]


def test_of_the_keys_a_file_names_only_the_one_that_signed_is_told(issued: Issued) -> None:
    document = issued.document()
    forgeries.a_decoy_named(document)
    found = Report()
    signers = check_document(document, None, found).signers()
    assert "FORGED_SIGNATURE" not in found.names()
    assert [key_text(key) for key in signers] == document["integrity"]["keys"][:1]


def test_a_file_does_not_write_over_what_is_said_of_it(issued: Issued, tmp_path: Path) -> None:
    document = issued.document()
    document["issue"]["number"] = document["content"]["article"]["key"] = "\ud800"
    document["integrity"]["keys"] = ["a\udfff", "\x1b[9A\x1b[JHOLDS\n", "\u202eSDLOH"]
    file = tmp_path / "a.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    report = told(file)
    assert report.findings
    said = "".join(sentences(report, "en"))
    assert said.encode()
    assert not set(said) & set("\x1b\n\u202e")
    assert json.dumps(as_json(report), ensure_ascii=False).encode()
