"""Checks an export or an appendix with Python's standard library alone, on any machine, offline.

    python3 verify_offline.py FILE [--key KEY] [--checkpoint FILE] [--show]

It says whether every entry is what was signed: each shown value is bound by its entry, each entry
stands in the signed tree (RFC 6962), and the tree head is signed with Ed25519 (RFC 8032). Exit
code 0: everything holds; 3: something does not. The file names the key it was signed with: compare
it with the one the newsroom publishes, or give that with --key.
"""

import argparse
import base64
import binascii
import json
import re
import sys
from hashlib import sha256, sha512
from io import TextIOWrapper
from pathlib import Path
from typing import Any

FORMAT, APPENDIX = "claim-desk-ledger-export@v1", "claim-desk/appendix/2"
APPENDIX_ACT = "appendix"
BEGINS, ENDS = "<!-- integrity -->", "<!-- /integrity -->"
DATA = '<script type="application/json" id="appendix">'
DRAWN = r'<svg width="\d{1,3}" height="\d{1,3}" class="qr"><g transform="scale\(3\)">'
PATHS = r'(?:<path [\w# ="().-]*/>){1,2}</g></svg>'
PROOFS = re.compile(rf"<pre>([^<]*)</pre>{DRAWN}{PATHS}{re.escape(DATA)}[^<]*</script>")
COMMITMENT, DASH, WRONG = b"desk-ledger-1", "\N{EM DASH}", 3

# Ed25519, as RFC 8032 section 5.1 defines it.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
Key = tuple[str, bytes, bytes]
Entry = dict[str, Any]


class Wrong(Exception):
    """Something in the file does not hold."""


# What comes of a file that is neither, however it was made.
UNREADABLE = (Wrong, OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError)


def add(one: Point, two: Point) -> Point:
    """The sum of two points in extended coordinates."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A multiple of a point."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes stand for, None where they stand for none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def base() -> Point:
    """The point B of the standard, whose y is 4/5."""
    found = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    if found is None:
        raise Wrong("this Python cannot calculate")
    return found


BASE = base()


def signed(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature over the text is the key's."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, head = point_of(public), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or head is None or scalar >= ORDER:
        return False
    digest = sha512(signature[:32] + public + text).digest()
    left = times(scalar, BASE)
    right = add(head, times(int.from_bytes(digest, "little") % ORDER, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


def raw(text: str) -> bytes:
    """The bytes of a base64 text."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as problem:
        raise Wrong(f"not base64: {text[:40]!r}") from problem


def key_of(text: str) -> Key:
    """The name, the id and the 32 bytes of a public key written ``name+id+key``."""
    name, _, rest = text.strip().partition("+")
    number, _, body = rest.partition("+")
    data = raw(body)
    own = sha256(name.encode() + b"\n" + data).digest()[:4]
    if len(data) != 33 or data[0] != 1 or own.hex() != number:
        raise Wrong("the public key is damaged")
    return name, own, data[1:]


def head_of(note: str, keys: list[Key]) -> tuple[int, bytes]:
    """The size and the root of a signed tree head; raise Wrong where the signature is not right."""
    text, separator, signatures = note.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if not separator or len(lines) < 4:
        raise Wrong("this is no checkpoint")
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        name, _, body = rest.partition(" ")
        data = raw(body)
        for known, number, public in keys:
            if (dash, name, data[:4]) == (DASH, known, number):
                if name != lines[0] or not signed(public, text.encode(), data[4:]):
                    raise Wrong("the signature under the checkpoint is not right")
                return int(lines[1]), raw(lines[2])
    raise Wrong("none of the given keys signed the checkpoint")


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node of the tree."""
    return sha256(b"\x01" + left + right).digest()


def includes(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node(sibling, reached)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            reached = node(reached, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def extends(old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether the proof shows one tree to begin another (RFC 9162, section 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node(sibling, first), node(sibling, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node(second, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def root_of(leaves: list[bytes]) -> bytes:
    """The root over all leaves."""
    peaks: list[bytes] = []
    for number, leaf in enumerate(leaves):
        carried, rest = leaf, number
        while rest & 1:
            carried, rest = node(peaks.pop(), carried), rest >> 1
        peaks.append(carried)
    if not peaks:
        return sha256(b"").digest()
    reached = peaks.pop()
    while peaks:
        reached = node(peaks.pop(), reached)
    return reached


def leaf_of(entry: Entry) -> bytes:
    """The leaf of an entry, once its values are found to be the ones its header binds."""
    header: bytes = entry["header"].encode("utf-8", "surrogatepass")
    if entry["values"] is not None:
        parts = [COMMITMENT]
        for name in sorted(entry["values"]):
            shown = entry["values"][name]
            if "value" in shown:
                value = shown["value"].encode("utf-8", "surrogatepass")
                words = bytes.fromhex(shown["salt"]) + name.encode() + b"\0" + value
                digest = sha256(words).digest()
            else:
                digest = bytes.fromhex(shown["digest"])
            parts += [name.encode(), b"\0", digest]
        if json.loads(header)["c"] != sha256(b"".join(parts)).hexdigest():
            raise Wrong(f"entry {entry['index']}: a value is not the one that was recorded")
    return sha256(b"\0" + header).digest()


def check(export: Entry, keys: list[Key], earlier: list[str]) -> dict[str, Any]:
    """Check a whole export; the answer counts what holds. Raise Wrong at the first that does not.

    ``earlier`` are signed tree heads that were kept: the export must prove that its tree begins
    with each of theirs.
    """
    if export.get("format") != FORMAT:
        raise Wrong("this is no export of the ledger")
    size, root = head_of(export["checkpoint"], keys)
    leaves = [leaf_of(entry) for entry in export["entries"]]
    if export["complete"]:
        places = [entry["index"] for entry in export["entries"]]
        if places != list(range(size)) or root_of(leaves) != root:
            raise Wrong("the entries are not all those that were signed")
    else:
        for place, entry in enumerate(export["entries"]):
            proof = [raw(text) for text in entry["proof"]]
            if not includes(leaves[place], entry["index"], size, proof, root):
                raise Wrong(f"entry {entry['index']} is not in the signed tree")
    continued = [*export["earlier"]]
    for note in earlier:
        if note not in [kept["checkpoint"] for kept in continued]:
            raise Wrong("the export does not prove that it continues the checkpoint you kept")
    for kept in continued:
        old_size, old_root = head_of(kept["checkpoint"], keys)
        if not extends(old_size, size, old_root, root, [raw(text) for text in kept["proof"]]):
            raise Wrong(f"the tree of {size} does not continue the signed one of {old_size}")
    hidden = sum("value" not in v and v["digest"] != "" for e in export["entries"]
                 for v in (e["values"] or {}).values())  # fmt: skip
    return {"entries": len(leaves), "size": size, "root": root.hex(), "hidden": hidden,
            "earlier": len(continued)}  # fmt: skip


def canonical(value: Any) -> str:
    """SHA-256 of the one way to write a JSON value of an appendix."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def check_appendix(found: Entry, page: str | None, keys: list[Key]) -> tuple[int, int]:
    """Check an appendix, and the page it stands in; the answer is its claims and the tree's size.

    The act binds the content, each claim and the page; the signed head binds the act. Raise Wrong
    at the first that does not hold, beginning with a name for it.
    """
    part = found.get("integrity")
    if part is None:
        raise Wrong("NO_PROOF: this file carries no signed head")
    try:
        size, root = head_of(part["checkpoint"], keys)
    except Wrong as problem:
        raise Wrong(f"FORGED_SIGNATURE: {problem}") from problem
    said = issued(part["act"], size, root)
    listed = [[one["number"], one["sha256"]] for one in part["claims"]]
    if canonical(listed) != said["claims_sha256"]:
        raise Wrong("ALTERED_LIST: the list of claims is not the one that was issued")
    there = {claim["number"]: claim for claim in found["content"]["claims"]}
    for one in part["claims"]:
        claim = there.pop(one["number"], None)
        if claim is None:
            raise Wrong(f"REMOVED_CLAIM: claim {one['number']} was issued and is not here")
        if canonical(claim) != one["sha256"]:
            raise Wrong(f"ALTERED_CLAIM: claim {one['number']} is not what was issued")
        in_tree(one, claim, part["checkpoint"], size, root)
    if there:
        raise Wrong(f"ADDED_CLAIM: claim {min(there)} was not issued")
    check_around(found, page, said)
    return len(part["claims"]), size


def check_around(found: Entry, page: str | None, said: dict[str, Any]) -> None:
    """Raise Wrong unless what stands around the claims, and the page, are what was issued."""
    if not canonical(found["content"]) == found["sha256"] == said["content_sha256"]:
        raise Wrong("ALTERED_TEXT: what stands around the claims is not what was issued")
    if page is None:
        return
    before, _, rest = page.partition(BEGINS)
    inside, _, after = rest.rpartition(ENDS)
    # Beside the proofs there is room for the head and its drawing only, never for other words.
    drawn = PROOFS.fullmatch(inside)
    own = sha256(f"{before}{BEGINS}{ENDS}{after}".encode()).hexdigest()
    head = drawn[1] if drawn else None
    if head != found["integrity"]["checkpoint"] or own != said["text_sha256"]:
        raise Wrong("ALTERED_PAGE: the page that is shown is not what was issued")


def issued(act: Entry, size: int, root: bytes) -> dict[str, Any]:
    """What the act says that fixed the content, once it is found in the signed tree."""
    proof, header = [raw(text) for text in act["proof"]], json.loads(act["header"])
    if header["op"] != APPENDIX_ACT or header["kind"] != "act" or act["values"] is None:
        raise Wrong("BAD_PROOF: the entry is not the one that issues an appendix")
    if not includes(leaf_of(act), act["index"], size, proof, root):
        raise Wrong("BAD_PROOF: the act is not in the signed tree")
    shown = act["values"].items()
    return {name[2:]: json.loads(one["value"]) for name, one in shown if "value" in one}


def in_tree(one: Entry, claim: Entry, note: str, size: int, root: bytes) -> None:
    """Raise Wrong unless the claim's latest entry is its own and stands in the signed tree."""
    lines, header = one["proof"].split("\n"), json.loads(one["header"])
    blank = lines.index("")
    proof = [raw(text) for text in lines[2:blank]]
    leaf = sha256(b"\0" + one["header"].encode("utf-8", "surrogatepass")).digest()
    if (
        (header["tbl"], header["pk"]) != ("claim", claim["id"])
        or "\n".join(lines[blank + 1 :]) != note
        or not includes(leaf, int(lines[1][len("index ") :]), size, proof, root)
    ):
        raise Wrong(f"BAD_PROOF: the proof of claim {one['number']} does not hold")


def line(entry: Entry) -> str:
    """One entry as a person reads it."""
    if entry["values"] is None:
        return f"{entry['index']:>7} written from outside: {entry['header']}"
    head = json.loads(entry["header"])
    shown = "".join(
        f"\n          {name} = {value.get('value', '(erased or withheld)')}"
        for name, value in sorted(entry["values"].items())
        if "." in name
    )
    words = (head["at"], head["actor"] or "(nobody)", head["kind"], head["op"], head["tbl"])
    return f"{entry['index']:>7} {' '.join(words)} {head['pk']} via {head['via']}{shown}"


def main(arguments: list[str] | None = None) -> int:
    """Run from a shell."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--key", action="append", help="the public key, as the newsroom gives it")
    parser.add_argument("--checkpoint", action="append", type=Path, help="a note that you kept")
    parser.add_argument("--show", action="store_true", help="print every entry")
    asked, say = parser.parse_args(arguments), sys.stdout.write
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that cannot show Chinese is no reason to stop.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        text = asked.export.read_bytes().decode()
        page = text.partition(DATA)[2].partition("</script>")[0]
        export = json.loads(page or text)
        issue = export["format"] == APPENDIX
        keys = [key_of(key) for key in asked.key or (export.get("integrity") or export)["keys"]]
        kept = [file.read_text(encoding="utf-8") for file in asked.checkpoint or ()]
        if issue and kept:
            parser.error("an appendix has one head and proves no other: leave --checkpoint out")
        counts = check_appendix(export, text if page else None, keys) if issue else (0, 0)
        found = {} if issue else check(export, keys, kept)
    except UNREADABLE as problem:
        say(f"WRONG: {problem}\n")
        return WRONG
    for entry in export["entries"] if asked.show and not issue else ():
        say(line(entry) + "\n")
    if issue:
        say("HOLDS: an appendix of {} claims, fixed in a signed tree of {}\n".format(*counts))
    else:
        say(f"HOLDS: {found['entries']} entries in a signed tree of {found['size']},"
            f" root {found['root']}; {found['hidden']} values erased or withheld;"
            f" continues {found['earlier']} earlier checkpoints\n")  # fmt: skip
    for name, number, _ in keys:
        trust = "given by you" if asked.key else "named by the file itself: compare it"
        say(f"key {name} {number.hex()} ({trust})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
