"""Checks a document of format 3: its act binds it whole, and the tree says where it was changed."""

from hashlib import sha256
from typing import Any

from app.exports.verifier.acts import (
    Act,
    SignedHead,
    Trust,
    act_of,
    entry_of_claim,
    signed_head,
    trust_in,
)
from app.exports.verifier.claims import Claims
from app.exports.verifier.findings import Report, claim_name
from app.exports.verifier.listing import number_of
from app.exports.verifier.strict import Unreadable, digest_in, fields, only, written
from app.exports.verifier.tree import Tree, Uncovered, differing, is_withheld, joint, marks_of

FORMAT_3 = "claim-desk/appendix/3"
ISSUES = "appendix"
BOUND = ("number", "profile", "language", "ledger_position")
"""What the act says of an issue in so many words."""


class Checked:
    """What is known of a document after its check."""

    def __init__(self) -> None:
        self.act: Act | None = None
        self.seal: Act | None = None
        self.listed: list[str] = []
        self.head: SignedHead | None = None
        self.sealed: SignedHead | None = None
        self.trust = Trust([], given=False)
        self.root = b""

    def signers(self) -> "list[tuple[str, bytes, bytes]]":
        """The keys that signed what the file is proven by; where none did, those it names."""
        heads = [head.signers for head in (self.head, self.sealed) if head is not None]
        signers = [key for keys in heads for key in keys]
        return list(dict.fromkeys(signers)) or self.trust.keys


def check_document(found: Any, given: "list[str] | None", report: Report) -> Checked:
    """Check a document; ``given`` are the keys the reader brings, None for those of the file."""
    checked = Checked()
    try:
        fields(found, "format", "issue", "content", "salts", "integrity?")
        only(found["format"], FORMAT_3)
        content, part = found["content"], found.get("integrity")
        list_of(content["claims"])
        tree = Tree(found["salts"])
        told(found, report)
    except (Unreadable, KeyError, TypeError, AttributeError) as problem:
        report.add("UNREADABLE", "", "不是附录应有的样子", f"not an appendix: {problem}")
        return checked
    if part is None:
        report.add("NO_PROOF", "integrity", "文件没有签过的树头", "no signed head in the file")
        return checked
    try:
        fields(part, "keys", "checkpoint", "act", "claims", "marks")
        listed = [
            fields(one, "number", "root", "header?", "leaf?", "proof", "marks")
            for one in list_of(part["claims"])
        ]
        roots = [digest_in(one["root"]) for one in listed]
        for one in listed:
            numbered(one["number"])
        checked.listed = [str(key) for key in list_of(part["keys"])]
    except (Unreadable, TypeError) as problem:
        report.add("UNREADABLE", "integrity", "证明部分读不懂", f"the proofs: {problem}")
        return checked
    checked.trust = trust_in(part["keys"], given, report, "")
    checked.head = signed_head(part["checkpoint"], checked.trust, report, "")
    checked.act = act_of(part["act"], ISSUES, checked.head, report, "")
    claims = Claims(content["claims"], listed, roots, tree, report)
    if checked.act is not None and checked.act.holds:
        against_act(found, checked, claims, report)
    else:
        claims.compare()
    if checked.head is not None and checked.head.holds:
        entries(listed, content["claims"], checked.head, report)
    return checked


def list_of(value: Any) -> "list[Any]":
    """A list; raise Unreadable for anything else."""
    if not isinstance(value, list):
        raise Unreadable("no list")
    return value


def numbered(value: Any) -> None:
    """Raise Unreadable for what is no claim's number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable("a claim without a number")


def told(found: Any, report: Report) -> None:
    """Note what the document says of itself."""
    issue, content = found["issue"], found["content"]
    article = content.get("article")
    if not isinstance(article, dict):
        article = {}
    report.facts.update(
        {name: issue.get(name) for name in ("number", "profile", "language", "issued_at")},
        article=article.get("key"),
        title=article.get("title"),
        claims=len(content["claims"]),
        withheld=count_withheld(content),
    )


def count_withheld(value: Any) -> int:
    """How many parts stand as their commitments."""
    if is_withheld(value):
        return 1
    if isinstance(value, dict):
        value = list(value.values())
    return sum(count_withheld(part) for part in value) if isinstance(value, list) else 0


def against_act(found: Any, checked: Checked, claims: Claims, report: Report) -> None:
    """Compare all that is shown with what the act fixed."""
    said = checked.act.says if checked.act else {}
    shown = sha256(written({"issue": found["issue"], "content": found["content"]}))
    intact = shown.hexdigest() == said.get("shown_sha256")
    before = len(report.findings)
    claims.listed_in(said.get("claims_sha256"), intact=intact)
    claims.compare(intact=intact)
    same = len(report.findings) == before
    root = around(found, claims, report, intact=intact)
    checked.root = root or b""
    right = root is not None and root.hex() == said.get("root")
    known = claims.fixed is not None
    if intact and not right:
        report.add("BAD_PROOF", "salts", "盐与内容不相符", "the salts do not fit the content")
    if not intact and known:
        bound(found, said, report, right=right, same=same)


def around(found: Any, claims: Claims, report: Report, *, intact: bool) -> "bytes | None":
    """Compare what stands around the claims; the answer is the root of the whole, if any."""
    parts, leaves, tree = [], [], claims.tree
    marks = found["integrity"].get("marks")
    whole = tree.at("")
    try:
        for name in sorted(found["content"]):
            if name == "claims":
                digest = claims.fixed or b""
            else:
                value = found["content"][name]
                digest = tree.node(value, name, tree.child(whole, "", name))
            leaves += tree.leaves()
            parts.append(name.encode() + b"\0" + digest)
    except Unreadable as problem:
        if intact or not isinstance(problem, Uncovered):
            report.add("BAD_PROOF", "salts", "盐不合用", f"no salt that fits: {problem}")
        else:
            words = ("隐去之处换成了别的", "something else stands where a part was withheld")
            report.add("ALTERED_COMMITMENT", problem.path, *words)
        return None
    left = set(tree.salts) - tree.used
    if left and intact:
        report.add("BAD_PROOF", f"salts {min(left)}", "多出的盐", "a salt that opens nothing")
    changed = differing(leaves, str(marks))
    if intact and marks != marks_of(leaves):
        report.add("BAD_PROOF", "marks", "标记与内容不相符", "the marks do not fit the content")
    for path, withheld in [] if intact else changed:
        report.add("ALTERED_COMMITMENT" if withheld else "ALTERED_TEXT", path)
    return sha256(b"\1" + b"".join(parts)).digest()


def bound(found: Any, said: "dict[str, Any]", report: Report, *, right: bool, same: bool) -> None:
    """Name what was changed of the issue itself, or say that something around the claims was.

    ``right`` says that the text around the claims is right, ``same`` that each claim is.
    """
    issue, before = found["issue"], len(report.findings)
    for name in BOUND:
        if issue.get(name) != said.get(name):
            report.add(
                "ALTERED_TEXT",
                joint("issue", name),
                f"出具时为 {said.get(name)}",
                f"issued as {said.get(name)}",
            )
    if len(report.findings) > before:
        return
    if not right and not {"ALTERED_TEXT", "ALTERED_COMMITMENT"} & set(report.names()):
        report.add("ALTERED_TEXT")
    elif right and same:
        report.add(
            "ALTERED_TEXT",
            "issue",
            "时间、出具人或所替换的附录，或出具后又隐去了内容",
            "its date, its issuer, what it replaces, or something was withheld after the issue",
        )


def entries(listed: Any, shown: Any, head: SignedHead, report: Report) -> None:
    """Check the ledger's entry of each claim."""
    ids = {number_of(one): one.get("id") for one in shown if isinstance(one, dict)}
    for one in listed:
        why = entry_of_claim(one, ids.get(one["number"]), head)
        if why is not None:
            report.add("BAD_PROOF", claim_name(one["number"]), *why)
