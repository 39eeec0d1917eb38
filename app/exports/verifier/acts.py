"""Signed heads and entries of a ledger, read to the last bit: what is not exact does not hold."""

from base64 import b64encode
from hashlib import sha256
from typing import Any, NamedTuple

from app.exports.verifier.findings import Report
from app.exports.verifier.strict import Unreadable, digest_in, exact, fields, parsed
from app.ledger.verify_offline import DASH, Wrong, head_of, includes, key_of, leaf_of

PROOF_LINE = "c2sp.org/tlog-proof@v1"
ACT_FIELDS = ("index", "header", "values", "proof")


class Trust(NamedTuple):
    """The public keys a file is checked with, and whether the reader gave them."""

    keys: "list[tuple[str, bytes, bytes]]"
    given: bool


class SignedHead(NamedTuple):
    """A tree head: how many entries, their root, its text, and whether a trusted key signed it.

    ``signers`` are the keys that did: a file may name others beside them.
    """

    size: int
    root: bytes
    note: str
    holds: bool
    signers: "list[tuple[str, bytes, bytes]]"


def trust_in(listed: Any, given: "list[str] | None", report: Report, place: str) -> Trust:
    """The keys to check with: the reader's, or those that the file names itself."""
    found = []
    for text in listed if isinstance(listed, list) else []:
        try:
            found.append(key_of(text))
            exact(text.split("+", 2)[2])
            if text != text.strip():
                raise Unreadable("white space")
        except (Wrong, ValueError, TypeError, AttributeError):
            report.add("BAD_PROOF", f"{place}keys", f"公钥损坏：{text}", f"damaged key: {text}")
    if not isinstance(listed, list) or not listed:
        report.add("BAD_PROOF", f"{place}keys", "没有公钥", "no public key")
    if given is None:
        return Trust(found, given=False)
    return Trust([key_of(text) for text in given], given=True)


def key_text(key: "tuple[str, bytes, bytes]") -> str:
    """A public key as a newsroom publishes it."""
    name, own, public = key
    return f"{name}+{own.hex()}+{b64encode(bytes([1]) + public).decode()}"


def fingerprint_of(key: "tuple[str, bytes, bytes]") -> str:
    """The SHA-256 of a public key in groups of four digits, as it can be read out."""
    digest = sha256(key[2]).hexdigest()
    return " ".join([digest[at : at + 4] for at in range(0, len(digest), 4)])


def signed_head(note: Any, trust: Trust, report: Report, place: str) -> "SignedHead | None":
    """The head that a note signs; None where it is not even one."""
    try:
        lines = note.split("\n")
        size, root = int(lines[1]), exact(lines[2])
    except (AttributeError, IndexError, ValueError):
        report.add("UNREADABLE", f"{place}checkpoint", "没有签过的树头", "no signed head")
        return None
    try:
        head_of(note, trust.keys)
        _no_more_than_signed(note, trust)
    except (Wrong, Unreadable) as problem:
        given = "所给的公钥" if trust.given else "文件所列的公钥"
        report.add("FORGED_SIGNATURE", f"{place}checkpoint", f"{given}没有签过它", str(problem))
        return SignedHead(size, root, note, holds=False, signers=[])
    return SignedHead(size, root, note, holds=True, signers=signers_of(note, trust))


def signers_of(note: str, trust: Trust) -> "list[tuple[str, bytes, bytes]]":
    """The keys that signed a note which holds."""
    lines = note.rpartition("\n\n")[2].splitlines()
    numbers = {exact(line.split(" ")[2])[:4] for line in lines}
    return [key for key in trust.keys if key[1] in numbers]


def _no_more_than_signed(note: str, trust: Trust) -> None:
    """Raise Wrong where a note holds more than its text and signatures that hold."""
    text, _, signatures = note.rpartition("\n\n")
    lines = signatures.split("\n")
    if lines.pop() or not lines or len(text.split("\n")) != 3:
        raise Wrong("the note is not as it was signed")
    for line in lines:
        name, _, body = line.replace(f"{DASH} ", "", 1).partition(" ")
        if line != f"{DASH} {name} {body}" or exact(body)[:4] not in [k[1] for k in trust.keys]:
            raise Wrong("the note holds a signature of nobody known")
        head_of(f"{text}\n\n{line}\n", trust.keys)


def proof_hashes(texts: Any) -> "list[bytes]":
    """The hashes of a proof; raise Unreadable."""
    if not isinstance(texts, list):
        raise Unreadable("no proof")
    hashes = [exact(text) for text in texts]
    if any(len(one) != 32 for one in hashes):
        raise Unreadable("a hash of another length")
    return hashes


class Act(NamedTuple):
    """An act of the ledger: what it says, the row it is about, and where it stands."""

    says: "dict[str, Any]"
    row: "tuple[str, str]"
    place: int
    leaf: bytes
    holds: bool


def act_of(
    act: Any, op: str, head: "SignedHead | None", report: Report, place: str
) -> "Act | None":
    """What an act says, once it is found to be the entry that was signed; None if unreadable."""
    try:
        fields(act, *ACT_FIELDS)
        header = parsed(act["header"].encode("utf-8", "surrogatepass"))
        said = {
            name[2:]: parsed(value.encode("utf-8", "surrogatepass"))
            for name, value in _shown_values(act["values"])
        }
        row = (header["tbl"], header["pk"])
        right = (header["op"], header["kind"]) == (op, "act") and _whole_index(act["index"])
        hashes = proof_hashes(act["proof"])
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        report.add("BAD_PROOF", f"{place}act", "台账条目读不懂", f"the entry: {problem}")
        return None
    if not right:
        report.add("BAD_PROOF", f"{place}act", "不是出具附录的条目", "not the entry of an issue")
        return Act(said, row, -1, b"", holds=False)
    try:
        leaf = leaf_of(act)
    except (Wrong, ValueError, KeyError, TypeError) as problem:
        report.add("BAD_PROOF", f"{place}act", "条目的值不是当时记下的", str(problem))
        return Act(said, row, -1, b"", holds=False)
    signed = head if head is not None and head.holds else None
    if signed and not includes(leaf, act["index"], signed.size, hashes, signed.root):
        report.add(
            "BAD_PROOF", f"{place}act", "条目不在签过的树里", "the entry is not in the signed tree"
        )
        return Act(said, row, act["index"], leaf, holds=False)
    return Act(said, row, act["index"], leaf, holds=True)


def _whole_index(index: Any) -> bool:
    return isinstance(index, int) and not isinstance(index, bool) and index >= 0


def _shown_values(values: Any) -> "list[tuple[str, str]]":
    """The values that an entry shows; raise Unreadable where one is not exact."""
    found = []
    for name, one in values.items():
        if "digest" in one:
            fields(one, "digest")
            if one["digest"]:
                digest_in(one["digest"])
            continue
        fields(one, "salt", "value")
        if bytes.fromhex(one["salt"]).hex() != one["salt"]:
            raise Unreadable("a salt that is not exact")
        found.append((name, one["value"]))
    return found


def entry_of_claim(one: "dict[str, Any]", own: Any, head: SignedHead) -> "tuple[str, str] | None":
    """Why the ledger's entry of a claim does not hold, in two languages; None where it does.

    ``own`` is the claim's id, None where the claim is not at hand.
    """
    try:
        lines = one["proof"].split("\n")
        blank = lines.index("")
        index = int(lines[1][len("index ") :])
        hashes = proof_hashes(lines[2:blank])
        again = "\n".join([PROOF_LINE, f"index {index}", *lines[2:blank], "", head.note])
        if "header" in one:
            header = one["header"].encode("utf-8", "surrogatepass")
            told, leaf = parsed(header), sha256(b"\0" + header).digest()
            if own is not None and (told["tbl"], told["pk"]) != ("claim", own):
                return "条目属于另一论断", "the entry is another claim's"
        else:
            leaf = digest_in(one["leaf"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return "条目读不懂", "the entry cannot be read"
    if one["proof"] != again:
        return "证明写法不对，或出自另一树头", "the proof is of another head, or not exact"
    if not includes(leaf, index, head.size, hashes, head.root):
        return "条目不在签过的树里", "the entry is not in the signed tree"
    return None
