"""The beginning of a long appendix in words: it says nothing that only the whole could tell."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from app.exports.view.parts import Changes, View
from app.exports.view.wording import Wording

SIGNED = _("Told in the files: a sign-off rests on every claim.")
CHANGED = _("Found when the appendix is issued.")


def beginning(view: View) -> View:
    """Return the same view without a word on sign-offs of the article, nor on what has changed."""
    words = Wording(view.tongues)
    head = replace(view.head, not_signed_off=words.text(SIGNED))
    return replace(view, head=head, changes=Changes((words.text(CHANGED),), ()))
