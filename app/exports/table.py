"""The appendix as CSV: one row per figure, safe to open in a spreadsheet."""

import csv
import io
from typing import Any

from flask_babel import gettext as _

from app.exports.integrity import Integrity
from app.exports.words import label, shown
from claims.appendix import AppendixClaim, AppendixContent, AppendixFigure

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}")
BOM = "\ufeff"
"""Without it the most used spreadsheet reads the Chinese as something else."""


def defused(value: Any) -> str:
    """Return a cell's text; one that a spreadsheet would run as a formula gets an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def header() -> list[str]:
    """Return the column names in the language of the page."""
    return [
        _("Claim"),
        _("Statement"),
        _("Quote"),
        _("Figure"),
        _("Reads as"),
        _("Period"),
        _("Figure status"),
        _("Claim status"),
        _("Stage"),
        _("Disposition"),
        _("Reasoning"),
        _("Open contests"),
        _("Evidence"),
        _("Signed by"),
        _("Levels of sign-off"),
        _("Submitted by"),
        _("Claim content SHA-256"),
        _("Sign-off of the article"),
        _("Ledger number"),
    ]


def rows(content: AppendixContent) -> list[list[str]]:
    """Return one row per figure; a claim without figures has one row."""
    keys = {source.number: source for source in content.sources}
    whole = _whole(content)
    found: list[list[str]] = []
    for claim in content.claims:
        evidence = "; ".join(
            f"E{item.number} {label('Stance', item.stance)}:"
            f" {keys[item.source].publisher or keys[item.source].key}"
            for item in claim.evidence
            if item.source is not None and item.withdrawn is None
        )
        signed = "; ".join(
            f"{row.by} ({label('SignOffLevel', str(row.level))})"
            for row in claim.sign_offs
            if row.decision == "signed" and not row.void
        )
        figures: list[AppendixFigure | None] = list(claim.figures)
        found.extend(
            [*_row(claim, figure, evidence, signed), whole, str(content.ledger_position)]
            for figure in figures or [None]
        )
    return found


def _whole(content: AppendixContent) -> str:
    """How the article went out: its sign-offs, and an emergency with what was missing."""
    told = []
    for row in content.sign_offs:
        lacked = " ".join(shown(missing) for missing in row.missing)
        parts = (
            f"{label('ArticleDecision', row.decision)} v{row.version}",
            row.by,
            row.at[:16].replace("T", " ") + " UTC",
            _("void: something has changed since") if row.void else "",
            row.reason or "",
            f"{_('Missing at that moment:')} {lacked}" if lacked else "",
        )
        told.append(" · ".join(part for part in parts if part))
    return "; ".join(told) or _("The article as a whole is not signed off.")


def _row(
    claim: AppendixClaim, figure: AppendixFigure | None, evidence: str, signed: str
) -> list[str]:
    return [
        f"C-{claim.number:02d}",
        shown(claim.statement),
        claim.quote or "",
        figure.stated_text if figure else "",
        shown(figure.interval) if figure else "",
        shown(figure.period_words) if figure else "",
        label("VerificationStatus", figure.status) if figure else "",
        label("VerificationStatus", claim.status),
        label("Stage", claim.stage),
        label("Disposition", claim.disposition),
        shown(claim.reasoning),
        str(claim.open_contests),
        evidence,
        signed,
        str(claim.levels),
        claim.submitted_by or "",
        claim.content_sha256,
    ]


def render(content: AppendixContent, integrity: Integrity | None = None) -> str:
    """Return the table with a byte order mark, comma separated, lines ended as RFC 4180 says.

    A table has no room for proofs: they stand in the other formats.
    """
    del integrity
    stream = io.StringIO()
    writer = csv.writer(stream)
    for row in [header(), *rows(content)]:
        writer.writerow([defused(cell) for cell in row])
    return BOM + stream.getvalue()
