"""What a person types into the forms of the desk, whichever desk it is that the forms stand on.

Two proofs send every form once: that it is done once however often it comes (tests/app/once), and
that only who may is let do it (tests/app/access). What depends on a desk's own rows is theirs.
"""

from typing import Any

from tests.app.browser import PASSWORD

NEXT_PASSWORD = "another long password"
REASON: dict[str, Any] = {"reason": "A reason."}
WORDS: dict[str, dict[str, Any]] = {
    "accounts.link_used": {"password": NEXT_PASSWORD, "again": NEXT_PASSWORD},
    "administration.disable": {"typed": "qian.er"},
    "administration.invite": {
        "name": "new.one", "display_name": "New One", "roles": ["checker"],
    },
    "appendix_issues.make": {"format": "md"},
    "article_sign_offs.publish": {"reason": "It goes out at six.", "known": "y"},
    "articles.add": {
        "way": "paste", "text": "2024年的份额是5%。", "title": "New", "language": "zh-Hans",
    },
    "claim_figures.add": {"stated_text": "7%", "period": "2024"},
    "claim_figures.remove": REASON,
    "claim_figures.save": {"stated_text": "6%", "low": "6"},
    "claims.drop": REASON,
    "claims.reopen": REASON,
    "claims.waive_finding": REASON,
    "comments.add": {"body": "A remark."},
    "confidences.add": {"phone": "010 1234 5678"},
    "contest_dues.save": {"due_on": "2031-05-06"},
    "contests.add": {"reason": "other", "side": "checker", "statement": "Not so."},
    "contests.settle": {"outcome": "rejected", "settlement": "It holds."},
    "contests.withdraw": {"settlement": "It holds."},
    "deadlines.save": {"deadline": "2031-05-06 18:00"},
    "evidence.withdraw": REASON,
    "figures.remember": {"outcome": "different_definition", "note": "Other years."},
    "formulas.withdraw": REASON,
    "invitations.add": {"name": "An expert", "question": "Is it right?"},
    "looks.watch": {"often": "never", "reason": "It is gone."},
    "own_account.add_token": {"name": "for a program", "scopes": ["read"], "days": "90"},
    "own_account.change_password": {
        "old": PASSWORD, "password": NEXT_PASSWORD, "again": NEXT_PASSWORD,
    },
    "own_account.save": {"display_name": "Wu the First"},
    "restorations.add": REASON,
    "saved_filters.add": {"name": "A filter"},
    "sources.add": {
        "title": "A new report",
        "url": "https://example.org/new",
        "kind": "news_report",
        "tier": "established",
    },
    "sources.correct": {"title": "Report 4, corrected"},
    "sources.recheck": REASON,
    "triage.reject": {"reason": "opinion"},
}  # fmt: skip
