"""Checks a verification appendix of Claim Desk, offline, with Python's standard library alone.

    python3 -I verify_appendix.py FILE [--key KEY] [--proof FILE] [--same-as FILE] [--json]

It takes every format an appendix is issued in (HTML, PDF, Word, Excel, CSV, Markdown, JSON,
ClaimReview) and exports of the ledger. Exit code 0: everything holds; 3: something does not, and
each finding has a name and a place; 2: the question cannot be answered. The file names the key it
was signed with: compare it with the one the newsroom publishes, or give that with --key.
"""

import argparse
import json
import locale
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from app.exports.verifier.acts import fingerprint_of, key_text
from app.exports.verifier.document import Checked, check_document
from app.exports.verifier.files import LONGEST, opened_file
from app.exports.verifier.findings import Report, printable
from app.exports.verifier.former import check_former
from app.exports.verifier.sealing import check_seal
from app.exports.verifier.strict import Unreadable, parsed
from app.ledger.verify_offline import APPENDIX, FORMAT, Wrong

TRUSTS = {
    "reader": ("由您给出", "given by you"),
    "desk": ("本编辑部的", "this desk's own"),
    "file": ("文件自己所列：请与编辑部公布的核对", "named by the file itself: compare it"),
}
FORMER = {APPENDIX: ("json", "html"), FORMAT: ("json",)}
"""What older programs made, and in which files: an export of the ledger binds no page."""
HOLDS, QUESTION, DOES_NOT = 0, 2, 3
PROFILES = {
    "internal": "内部", "editor": "主编", "legal": "法务", "public": "公开"
}  # fmt: skip


def examine(
    path: Path,
    given: "list[str] | None" = None,
    proof: "Path | None" = None,
    *,
    largest: int = LONGEST,
) -> "tuple[Report, Checked]":
    """Check one file; ``given`` are the public keys the reader trusts.

    ``largest`` is how many bytes a packed part may have that is read whole.
    """
    report, checked = examined_file(path, given, proof, largest)
    report.facts = printable(report.facts)
    return report, checked


def examined_file(
    path: Path, given: "list[str] | None", proof: "Path | None", largest: int
) -> "tuple[Report, Checked]":
    """Check one file; what is told of it is in the words of the file itself."""
    report, checked = Report(), Checked()
    report.facts["file"] = path.name
    found = opened_file(path, proof, report, largest)
    if found is None:
        return report, checked
    report.facts["format"] = found.form
    try:
        document = parsed(found.document) if found.document is not None else None
    except Unreadable as problem:
        report.add("UNREADABLE", "", "文件里的 JSON 读不懂", f"the JSON: {problem}")
        document = None
    if isinstance(document, dict) and found.form in FORMER.get(str(document.get("format")), ()):
        former = Report()
        former.facts.update(report.facts)
        check_former(path, given, former)
        return former, checked
    if document is not None:
        checked = check_document(document, given, report)
    elif found.form == "html" and not report.findings:
        report.add("UNREADABLE", "", "页面里没有文件", "the page holds no document")
    if found.seal is not None:
        check_seal(found, checked, given, report)
    report.facts["root"] = checked.root.hex() if checked.root else None
    report.facts["keys"] = [key_text(key) for key in checked.signers()]
    report.facts["fingerprints"] = [fingerprint_of(key) for key in checked.signers()]
    report.facts["trust"] = "reader" if checked.trust.given else "file"
    return report, checked


def same_as(one: Checked, path: Path, given: "list[str] | None", report: Report) -> None:
    """Say whether another appendix rests on the very same content."""
    other, two = examine(path, given)
    report.facts["same_as"] = other.facts
    report.findings += [found._replace(place=f"{path.name} {found.place}".strip())
                        for found in other.findings]  # fmt: skip
    if not one.root or one.root != two.root:
        report.add("OTHER_CONTENT", path.name)


def sentences(report: Report, language: str) -> "list[str]":
    """What a person is told of a file."""
    facts, english = report.facts, language == "en"
    said = []
    if facts.get("number") is not None:
        said.append(title_of(facts, english=english))
    if report.findings:
        said.append("DOES NOT HOLD" if english else "不成立")
    else:
        said.append("HOLDS: this is what was issued" if english else "成立：与出具时一致")
    said += [f"  {found.name}  {found.words(language)}" for found in report.findings]
    other = facts.get("same_as")
    if other and not report.findings:
        said.append(
            f"{other['file']} ({other.get('profile')}) rests on the very same content"
            if english
            else f"{other['file']}（{PROFILES.get(other.get('profile'), '')}）出自同一份内容"
        )
    trust = TRUSTS[facts.get("trust", "file")][english]
    for key in facts.get("keys") or ():
        said.append(f"key {key} ({trust})" if english else f"公钥 {key}（{trust}）")
    for digits in facts.get("fingerprints") or ():
        said.append(f"fingerprint {digits}" if english else f"指纹 {digits}")
    return said


def title_of(facts: "dict[str, Any]", *, english: bool) -> str:
    """Which appendix it is, as far as the file says."""
    number, profile = facts["number"], str(facts.get("profile") or "")
    if "claims" not in facts:
        form = facts.get("format")
        return f"No. {number}, {form}" if english else f"第 {number} 号，{form}"
    article, claims, withheld = (facts.get(name) for name in ("article", "claims", "withheld"))
    if english:
        return f"No. {number}, {profile}, {article}: {claims} claims, {withheld} parts withheld"
    named = PROFILES.get(profile, profile)
    return f"第 {number} 号，{named}，{article}：{claims} 条论断，{withheld} 处隐去"


def told_in(asked: "str | None") -> str:
    """The language of the answer: as asked, else that of the machine."""
    if asked:
        return asked
    spoken = (locale.getlocale()[0] or "").lower()
    return "zh" if spoken.startswith(("zh", "chinese")) else "en"


def run(arguments: "list[str] | None" = None) -> int:
    """Run from a shell."""
    parser = argparse.ArgumentParser(
        description=str(__doc__), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", action="append", help="the public key, as the newsroom gives it")
    parser.add_argument("--proof", type=Path, help="the proof beside a file: NAME.proof.json")
    parser.add_argument("--same-as", type=Path, help="another appendix of the same content")
    parser.add_argument("--language", choices=["zh", "en"])
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    asked = parser.parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that cannot show Chinese is no reason to stop.
        sys.stdout.reconfigure(errors="backslashreplace")
    for path in filter(None, (asked.file, asked.proof, asked.same_as)):
        if not path.is_file():
            parser.error(f"there is no file {path}")
    try:
        report, checked = examine(asked.file, asked.key, asked.proof)
        if asked.same_as:
            same_as(checked, asked.same_as, asked.key, report)
    except (Wrong, ValueError) as problem:
        parser.error(f"--key: {problem}")
    language = told_in(asked.language)
    if asked.json:
        sys.stdout.write(json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(sentences(report, language)) + "\n")
    return DOES_NOT if report.findings else HOLDS


def as_json(report: Report) -> "dict[str, Any]":
    """A report for machines."""
    return {
        "holds": not report.findings,
        "findings": [found.as_dict() for found in report.findings],
        **report.facts,
    }


if __name__ == "__main__":
    sys.exit(run())
