"""The fixed words of an appendix: headings, column heads and names of facts, in each tongue."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.exports.view.text import Text


@dataclass(frozen=True, slots=True)
class Headings:
    """Every word of the layout that is the same in each appendix."""

    appendix: Text
    desk: Text
    contents: Text
    at_a_glance: Text
    status: Text
    count: Text
    share: Text
    article_sign_off: Text
    not_signed_off: Text
    changes: Text
    claims: Text
    claim: Text
    statement: Text
    quote: Text
    figures: Text
    figure: Text
    printed: Text
    reads: Text
    period: Text
    measure: Text
    reasoning: Text
    earlier: Text
    wording: Text
    attribution: Text
    evidence: Text
    no_evidence: Text
    stance: Text
    source: Text
    passage: Text
    comparison: Text
    locator: Text
    snapshot: Text
    formula: Text
    note: Text
    contests: Text
    contest: Text
    side_for: Text
    side_against: Text
    settlement: Text
    replies: Text
    findings: Text
    sign_offs: Text
    nobody_signed: Text
    missing: Text
    sha: Text
    root: Text
    set_aside: Text
    sources: Text
    no_sources: Text
    repeats: Text
    used_by: Text
    people: Text
    method: Text
    withheld: Text
    integrity: Text
    how_to_verify: Text
    head: Text
    keys: Text
    key: Text
    fingerprint: Text
    command: Text
    scan: Text


HEADINGS: dict[str, LazyString] = {
    "appendix": _("Verification appendix"),
    "desk": _("Claim Desk"),
    "contents": _("Contents"),
    "at_a_glance": _("At a glance"),
    "status": _("Status"),
    "count": _("Claims"),
    "share": _("Share"),
    "article_sign_off": _("Sign-off of the article"),
    "not_signed_off": _("The article as a whole is not signed off."),
    "changes": _("Changes since the last appendix"),
    "claims": _("Claims in the order of the article"),
    "claim": _("Claim"),
    "statement": _("Statement"),
    "quote": _("In the article"),
    "figures": _("Figures"),
    "figure": _("Figure"),
    "printed": _("As printed"),
    "reads": _("Reads as"),
    "period": _("Period"),
    "measure": _("Measure"),
    "reasoning": _("Reasoning"),
    "earlier": _("Earlier conclusions"),
    "wording": _("Proposed wording"),
    "attribution": _("Attribution in the article"),
    "evidence": _("Evidence"),
    "no_evidence": _("No evidence."),
    "stance": _("Stance"),
    "source": _("Source"),
    "passage": _("What it says"),
    "comparison": _("Comparison"),
    "locator": _("Where it stands"),
    "snapshot": _("Snapshot"),
    "formula": _("Formula"),
    "note": _("Note"),
    "contests": _("Contests"),
    "contest": _("Contest"),
    "side_for": _("For the contest"),
    "side_against": _("Against the contest"),
    "settlement": _("Settlement"),
    "replies": _("Asked outside the newsroom"),
    "findings": _("Remarks of the rules"),
    "sign_offs": _("Sign-offs"),
    "nobody_signed": _("Nobody has signed this claim."),
    "missing": _("Missing at that moment:"),
    "sha": _("Claim content SHA-256"),
    "root": _("Commitment"),
    "set_aside": _("Numbers set aside"),
    "sources": _("Sources"),
    "no_sources": _("No claim rests on a source."),
    "repeats": _("repeats"),
    "used_by": _("used by"),
    "people": _("Who worked on it"),
    "method": _("How this was made"),
    "withheld": _("Withheld in this edition"),
    "integrity": _("Integrity"),
    "how_to_verify": _("How to verify"),
    "head": _("The signed head"),
    "keys": _("Public keys"),
    "key": _("Public key"),
    "fingerprint": _("Fingerprint"),
    "command": _("Command"),
    "scan": _("The signed head as a QR code"),
}
"""Field by field what :class:`Headings` holds; a test compares the two."""
