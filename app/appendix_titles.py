"""What entries of the ledger about appendices say: content fixed, issued, a file made or sent."""

from flask_babel import gettext

from app.ledger.history import Entry


def title_of(entry: Entry, what: str) -> str | None:
    """What an entry about an appendix means; None for every other entry.

    ``what`` is the name of the row it is about.
    """
    told = entry.new or {}
    number, form = told.get("number", "—"), told.get("format", "—")
    if entry.kind == "export" and entry.table == "article":
        return gettext("Appendix %(number)s exported: %(what)s", number=number, what=what)
    if entry.table == "appendix" and entry.op == "I":
        return gettext("Appendix %(number)s issued", number=number)
    if entry.table == "appendix_file" and entry.op == "I":
        return gettext("File of an appendix made: %(form)s", form=form)
    if entry.op == "appendix":
        return gettext("Content of an appendix fixed: %(what)s", what=what)
    if entry.op == "appendix_file":
        return gettext(
            "File of appendix %(number)s sealed (%(form)s): %(what)s",
            number=number,
            form=form,
            what=what,
        )
    if entry.op == "told_in_appendix":
        article = told.get("article", "—")
        return gettext(
            "%(what)s: named in an internal appendix of %(article)s", what=what, article=article
        )
    return None
