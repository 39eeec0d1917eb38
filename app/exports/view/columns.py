"""What the columns and sheets of a table are called where the other formats need no such word."""

from flask_babel import lazy_gettext as _

CHECKLIST = _("Checklist")
SUMMARY = _("Summary")
CLAIMS = _("Claims")
CHANGES = _("Changes")
METHOD = _("Method")
CONTESTED = _("Contested")
STAGE = _("Stage")
DISPOSITION = _("Disposition")
ORIGINS = _("Origins")
LOW, HIGH, UNIT = _("At least"), _("At most"), _("Unit")
FIGURE_STATUS, CLAIM_STATUS = _("Figure status"), _("Claim status")
FIGURE_REASONING = _("Reasoning for the figure")
QUOTE = _("Quote")
REMARKS = _("Remarks")
CLAIM_REMARKS = _("Remarks on the claim")
SPEAKS_TO = _("Speaks to")
WHO, WHEN, REASON = _("Who"), _("When"), _("Reason")
SUBMITTED = _("Submitted")
SIGNED_BY = _("Signed by")
TITLE, TEXT = _("Title"), _("Text")
ADDRESS = _("Address")
KIND = _("Kind")
LEDGER_NUMBER = _("Ledger number")
CONTINUED = _("… goes on in the next row")
FACT, CHECKED_BY, SOURCE, DATE, VERIFIED = (
    _("fact"),
    _("method"),
    _("source"),
    _("date"),
    _("verified"),
)
"""The columns of the spreadsheet that newsrooms keep without this desk; the last is `note`."""
REMARK = _("note")
