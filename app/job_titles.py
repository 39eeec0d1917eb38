"""What entries of the ledger about background jobs say: asked for, failed, cancelled, retried."""

from flask_babel import gettext

from app.job_words import kind_words
from app.ledger.history import Entry


def title_of(entry: Entry) -> str | None:
    """What an entry about a job means; None for every other entry."""
    if entry.table != "job":
        return None
    what = kind_words(str((entry.new or {}).get("kind", "—")))
    return {
        "asked": gettext("Background work asked for: %(what)s", what=what),
        "failed": gettext("Background work failed: %(what)s", what=what),
        "cancelled": gettext("Background work cancelled: %(what)s", what=what),
        "retried": gettext("Background work to be tried again: %(what)s", what=what),
    }.get(entry.op)
