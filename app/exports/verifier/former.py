"""Checks what was handed out before: appendices of format 2, and exports of the ledger."""

import json
import re
from pathlib import Path
from typing import Any

from app.exports.verifier.acts import key_text
from app.exports.verifier.findings import MEANINGS, Report
from app.ledger.verify_offline import APPENDIX, DATA, UNREADABLE, check, check_appendix, key_of

NAMED = re.compile("([A-Z_]+): (.*)", re.DOTALL)


def check_former(path: Path, given: "list[str] | None", report: Report) -> None:
    """Check an appendix of format 2 or an export of the ledger, up to the first finding."""
    try:
        text = path.read_bytes().decode()
        page = text.partition(DATA)[2].partition("</script>")[0]
        found: dict[str, Any] = json.loads(page or text)
        issue = found["format"] == APPENDIX
        keys = [key_of(key) for key in given or (found.get("integrity") or found)["keys"]]
        report.facts["keys"] = [key_text(key) for key in keys]
        report.facts["trust"] = "file" if given is None else "reader"
        if issue:
            claims, size = check_appendix(found, text if page else None, keys)
            report.facts.update(format=APPENDIX, claims=claims, tree_size=size)
        else:
            report.facts.update(check(found, keys, []), format=found["format"])
    except UNREADABLE as problem:
        named = NAMED.fullmatch(str(problem))
        name = named[1] if named and named[1] in MEANINGS else "WRONG"
        words = named[2] if named and name == named[1] else str(problem)
        report.add(name, "", words, words)
