"""What somebody who knows everything but the signing key makes of an issued document."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from app.exports.verifier.strict import written
from app.exports.verifier.tree import Tree, marks_of
from app.ledger.note import SigningKey

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
Document = dict[str, Any]
Forge = Callable[[Document], object]


def claims(document: Document) -> list[Document]:
    found: list[Document] = document["content"]["claims"]
    return found


def with_evidence(document: Document) -> Document:
    """A claim with at least two items of evidence."""
    return next(claim for claim in claims(document) if len(claim["evidence"]) > 1)


def number_of(document: Document) -> str:
    return f"C-{with_evidence(document)['number']:02d}"


def withheld_in(claim: Document) -> str | None:
    """A field of a claim that is withheld."""
    return next(
        (
            name
            for name, value in claim.items()
            if isinstance(value, dict) and set(value) == {"withheld"}
        ),
        None,
    )


def with_withheld(document: Document) -> tuple[Document, str]:
    """A claim that has a withheld field, and the field."""
    for claim in claims(document):
        name = withheld_in(claim)
        if name is not None:
            return claim, name
    raise LookupError("nothing of any claim is withheld")


def reworded(document: Document) -> None:
    claims(document)[1]["statement"]["en"] = "The share was 50 %."


def rehashed(document: Document) -> None:
    """Calculate again everything that can be calculated without the key."""
    content, proven = document["content"], document["integrity"]
    tree, listed = Tree(document["salts"]), []
    for index, claim in enumerate(content["claims"]):
        root = tree.hash(claim, f"claims/{index}").hex()
        listed.append([claim["number"], root])
        proven["claims"][index].update(root=root, marks=marks_of(tree.leaves()))
    shown = {"issue": document["issue"], "content": content}
    said = {
        "root": tree.hash(content, "").hex(),
        "claims_sha256": sha256(written(listed)).hexdigest(),
        "shown_sha256": sha256(written(shown)).hexdigest(),
    }
    for name, value in said.items():
        proven["act"]["values"][f"n.{name}"]["value"] = json.dumps(value)
    header = json.loads(proven["act"]["header"])
    header["c"] = commitment(proven["act"]["values"])
    proven["act"]["header"] = json.dumps(header, separators=(",", ":"))


def commitment(values: dict[str, dict[str, str]]) -> str:
    """What the header of an entry says of its values."""
    parts = [b"desk-ledger-1"]
    for name in sorted(values):
        one = values[name]
        if "value" in one:
            text = name.encode() + b"\0" + one["value"].encode()
            digest = sha256(bytes.fromhex(one["salt"]) + text).digest()
        else:
            digest = bytes.fromhex(one["digest"])
        parts += [name.encode(), b"\0", digest]
    return sha256(b"".join(parts)).hexdigest()


def reworded_and_rehashed(document: Document) -> None:
    reworded(document)
    rehashed(document)


def grown_anew(document: Document) -> None:
    """A tree of the forger's own, in which the act is the only leaf, under the old signature."""
    reworded_and_rehashed(document)
    proven = document["integrity"]
    leaf = sha256(b"\0" + proven["act"]["header"].encode()).digest()
    proven["act"].update(index=0, proof=[])
    lines = proven["checkpoint"].split("\n")
    lines[1:3] = ["1", b64encode(leaf).decode()]
    proven["checkpoint"] = "\n".join(lines)


def signed_by_the_forger(document: Document) -> None:
    """The same, signed with a key of the forger's own that bears the newsroom's name."""
    grown_anew(document)
    proven = document["integrity"]
    key = SigningKey(proven["checkpoint"].split("\n")[0], b"\xcd" * 32)
    text = proven["checkpoint"].partition("\n\n")[0] + "\n"
    proven.update(checkpoint=key.sign(text), keys=[str(key.verifier)])


def sealed_by_the_forger(seal: Document, body: str) -> None:
    """A seal over another body, in a tree of the forger's own and signed with their key."""
    act = seal["act"]
    act["values"]["n.body_sha256"]["value"] = json.dumps(body)
    header = json.loads(act["header"])
    header["c"] = commitment(act["values"])
    act["header"] = json.dumps(header, separators=(",", ":"))
    leaf = sha256(b"\0" + act["header"].encode()).digest()
    act.update(index=0, proof=[])
    origin = seal["checkpoint"].split("\n")[0]
    key = SigningKey(origin, b"\xcd" * 32)
    text = f"{origin}\n1\n{b64encode(leaf).decode()}\n"
    seal.update(checkpoint=key.sign(text), keys=[str(key.verifier)])


def a_decoy_named(document: Document) -> None:
    """The forger's key, with the newsroom's named beside it."""
    keys = list(document["integrity"]["keys"])
    signed_by_the_forger(document)
    document["integrity"]["keys"] += keys


def unlike_numbers(document: Document) -> None:
    for claim in claims(document):
        claim["number"] = []


def lists_for_numbers(document: Document) -> None:
    for one in document["integrity"]["claims"]:
        one["number"] = {}


def a_deep_act(document: Document) -> None:
    values = document["integrity"]["act"]["values"]
    values["n.more"] = {"salt": "00", "value": "[" * 100_000}


def removed(document: Document) -> None:
    del claims(document)[1]


def removed_with_its_proof(document: Document) -> None:
    removed(document)
    del document["integrity"]["claims"][1]


def added(document: Document) -> None:
    claims(document).append({**claims(document)[0], "number": 999})


def twice(document: Document) -> None:
    claims(document).append(claims(document)[0])


def turned(document: Document) -> None:
    claims(document)[0:2] = claims(document)[1::-1]


def turned_with_their_proofs(document: Document) -> None:
    turned(document)
    proofs = document["integrity"]["claims"]
    proofs[0:2] = proofs[1::-1]


def texts_swapped(document: Document) -> None:
    one, two = claims(document)[:2]
    one["statement"], two["statement"] = two["statement"], one["statement"]


def proofs_swapped(document: Document) -> None:
    one, two = document["integrity"]["claims"][:2]
    one["proof"], two["proof"] = two["proof"], one["proof"]


def roots_swapped(document: Document) -> None:
    one, two = document["integrity"]["claims"][:2]
    one["root"], two["root"] = two["root"], one["root"]


def evidence_turned(document: Document) -> None:
    with_evidence(document)["evidence"].reverse()


def evidence_turned_and_numbered(document: Document) -> None:
    items = with_evidence(document)["evidence"]
    first, second = items[0]["number"], items[1]["number"]
    items[0], items[1] = {**items[1], "number": first}, {**items[0], "number": second}


def evidence_removed(document: Document) -> None:
    del with_evidence(document)["evidence"][0]


def commitment_replaced(document: Document) -> None:
    claim, name = with_withheld(document)
    claim[name] = {"withheld": "0" * 64}


def commitment_filled(document: Document) -> None:
    claim, name = with_withheld(document)
    claim[name] = "Nothing was withheld."


def withheld_later(document: Document) -> None:
    """Withhold a whole claim with its right commitment: even that nobody may do afterwards."""
    path, claim = "claims/1", claims(document)[1]
    digest = Tree(document["salts"]).hash(claim, path).hex()
    claims(document)[1] = {"withheld": digest}


def retitled(document: Document) -> None:
    document["content"]["article"]["title"]["en"] = "Another"


def dated_back(document: Document) -> None:
    document["issue"]["issued_at"] = "2020-01-01T00:00:00.000Z"


def renumbered(document: Document) -> None:
    document["issue"]["number"] = 7


def other_salt(document: Document) -> None:
    salts = document["salts"]
    salts[max(salts)] = "0" * 64


def unknown_salt(document: Document) -> None:
    document["salts"]["claims/77"] = "0" * 64


def signature_cut(document: Document) -> None:
    note = document["integrity"]["checkpoint"]
    document["integrity"]["checkpoint"] = note[:-9] + "AAAAAA==\n"


def loose_bits(document: Document) -> None:
    """Base64 whose last bits, which decoding drops, are others."""
    proof = document["integrity"]["act"]["proof"]
    last = LETTERS[LETTERS.index(proof[0][-2]) ^ 1]
    loose = f"{proof[0][:-2]}{last}="
    assert b64decode(loose) == b64decode(proof[0])
    proof[0] = loose


def capital_digits(document: Document) -> None:
    one = document["integrity"]["claims"][0]
    one["root"] = one["root"].upper()


def no_proofs(document: Document) -> None:
    del document["integrity"]


def marks_changed(document: Document) -> None:
    one = document["integrity"]["claims"][0]
    one["marks"] = "0000" + one["marks"][4:]


def a_word_more(document: Document) -> None:
    document["integrity"]["note"] = "All of this is withdrawn."


FORGERIES: list[tuple[Forge, set[str], str]] = [
    (reworded, {"ALTERED_CLAIM"}, "statement"),
    (reworded_and_rehashed, {"BAD_PROOF"}, "act"),
    (grown_anew, {"FORGED_SIGNATURE"}, "checkpoint"),
    (removed, {"REMOVED_CLAIM"}, "C-"),
    (removed_with_its_proof, {"REMOVED_CLAIM"}, "…"),
    (added, {"ADDED_CLAIM"}, "C-999"),
    (twice, {"ADDED_CLAIM"}, "C-"),
    (turned, {"REORDERED_CLAIMS"}, "C-"),
    (turned_with_their_proofs, {"REORDERED_CLAIMS"}, ""),
    (texts_swapped, {"ALTERED_CLAIM"}, "statement"),
    (proofs_swapped, {"BAD_PROOF"}, "C-"),
    (roots_swapped, {"BAD_PROOF"}, "claims"),
    (evidence_turned, {"REORDERED_EVIDENCE"}, "E"),
    (evidence_turned_and_numbered, {"REORDERED_EVIDENCE"}, "E"),
    (evidence_removed, {"ALTERED_CLAIM"}, "evidence"),
    (commitment_replaced, {"ALTERED_COMMITMENT"}, "C-"),
    (commitment_filled, {"ALTERED_COMMITMENT"}, "C-"),
    (withheld_later, {"ALTERED_COMMITMENT"}, "C-"),
    (retitled, {"ALTERED_TEXT"}, "article/title"),
    (dated_back, {"ALTERED_TEXT"}, "issue"),
    (renumbered, {"ALTERED_TEXT"}, "issue/number"),
    (other_salt, {"BAD_PROOF"}, ""),
    (unknown_salt, {"BAD_PROOF"}, "salts"),
    (signature_cut, {"FORGED_SIGNATURE"}, "checkpoint"),
    (loose_bits, {"BAD_PROOF"}, "act"),
    (capital_digits, {"UNREADABLE"}, "integrity"),
    (no_proofs, {"NO_PROOF"}, "integrity"),
    (marks_changed, {"BAD_PROOF"}, "C-"),
    (a_word_more, {"UNREADABLE"}, "integrity"),
    (unlike_numbers, {"REMOVED_CLAIM", "ADDED_CLAIM"}, "C-"),
    (lists_for_numbers, {"UNREADABLE"}, "integrity"),
    (a_deep_act, {"BAD_PROOF"}, "act"),
]
"""Each with the names that must be found, and a word of the place of one of them."""
