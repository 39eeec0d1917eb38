"""Checks the seal of a file: a second act of the ledger that binds the file as it is shown."""

from typing import Any

from app.exports.verifier.acts import Act, SignedHead, act_of, signed_head, trust_in
from app.exports.verifier.bodies import SHORT, Body
from app.exports.verifier.document import Checked
from app.exports.verifier.files import OpenedFile
from app.exports.verifier.findings import Report
from app.exports.verifier.strict import Unreadable, fields

SEALS = "appendix_file"
PLACE = "seal "


def check_seal(
    found: OpenedFile, checked: Checked, given: "list[str] | None", report: Report
) -> None:
    """Check the seal of an opened file against its body and its document."""
    try:
        seal = fields(found.seal, "format", "act", "checkpoint", "keys", "parts?")
    except Unreadable as problem:
        report.add("BAD_PROOF", PLACE, "封记读不懂", f"the seal: {problem}")
        return
    trust = trust_in(seal["keys"], given, report, PLACE)
    head = signed_head(seal["checkpoint"], trust, report, PLACE)
    act = act_of(seal["act"], SEALS, head, report, PLACE)
    one_signer(checked, head, report)
    checked.sealed = head
    if not checked.trust.keys:
        checked.trust = trust
    if not checked.listed and isinstance(seal["keys"], list):
        checked.listed = [str(key) for key in seal["keys"]]
    checked.seal = act
    if act is None:
        return
    report.facts.setdefault("number", act.says.get("number"))
    if act.holds:
        belongs(found, act, checked, report)
        if found.body is not None:
            bound_body(found.form, found.body, seal.get("parts"), act, report)


def one_signer(checked: Checked, head: "SignedHead | None", report: Report) -> None:
    """Name it where a file names the keys itself, and its seal is not signed like its document.

    Else anybody could put a true document, with the newsroom's key, under a seal of their own.
    """
    if checked.trust.given or head is None or checked.head is None:
        return
    if head.holds and checked.head.holds and not own_among(checked.head.signers, head.signers):
        report.add(
            "FORGED_SIGNATURE",
            "seal checkpoint",
            "封记与内容不是同一把公钥签的；若编辑部换过公钥，请用 --key 给出其公布的各把公钥",
            "the seal is signed with another key than the document; if the newsroom has had"
            " several, give those it publishes with --key",
        )


def own_among(keys: "list[Any]", others: "list[Any]") -> bool:
    """Whether two heads were signed with one key."""
    return any(key in others for key in keys)


def belongs(found: OpenedFile, act: Act, checked: Checked, report: Report) -> None:
    """Name it where a seal is that of another file."""
    if act.says.get("format") != found.form:
        zh = f"封记属于 {act.says.get('format')} 格式的文件"
        report.add("WRONG_FILE", "seal", zh, f"it is of a {act.says.get('format')} file")
    own = checked.act
    if own is None or not own.holds:
        return
    if act.says.get("number") != own.says.get("number") or act.row != own.row:
        report.add(
            "WRONG_FILE",
            "seal",
            f"封记属于第 {act.says.get('number')} 号",
            f"the seal is of No. {act.says.get('number')}",
        )


def bound_body(form: str, body: Body, parts: Any, act: Act, report: Report) -> None:
    """Name it where a body is not the one that was sealed, and say where it differs."""
    same = body.sha256 == act.says.get("body_sha256")
    if not isinstance(parts, list):
        parts = []
    if same:
        if parts != body.short():
            report.add("BAD_PROOF", "seal parts", "分段的校验值不对", "the digests of its parts")
        return
    places = places_of_change(form, body, [str(part) for part in parts])
    if places is None:
        zh, en = "或与原文件相去甚远", "or hardly anything of the file is left"
        report.add("WRONG_FILE", "seal", zh, en)
    elif places != ["#appendix"] or not report.findings:
        report.add("ALTERED_PAGE", ", ".join(places))


def places_of_change(form: str, body: Body, parts: "list[str]") -> "list[str] | None":
    """Where a body differs from its parts, the first few places; None where nearly all does."""
    own = body.short()
    known, there = set(parts), set(own)
    alike = sum(1 for part in own if part in known)
    if form not in ("html", "md", "docx", "xlsx") and alike * 2 < len(own):
        return None
    found = [place_of(form, at, part) for at, part in enumerate(own) if part not in known]
    names = {part[SHORT + 1 :] for part in own}
    gone = [part[SHORT + 1 :] for part in parts if part not in there]
    found += [f"-{name}" for name in gone if name and name not in names]
    if not found:
        # Only something without a name is gone, or in another place.
        pairs = enumerate(zip(own, parts))
        at = next((at for at, (one, two) in pairs if one != two), min(len(own), len(parts)))
        found = [place_of(form, at, "")]
    return list(dict.fromkeys(found))[:5]


def place_of(form: str, at: int, part: str) -> str:
    """The name of a part: an element, a member, or the number of a line."""
    name = part[SHORT + 1 :]
    if form == "html":
        return f"#{name}" if name else "<head>"
    return name or (f"object {at + 1}" if form == "pdf" else f"line {at + 1}")
