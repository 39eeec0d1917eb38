"""The words that only a printed appendix has: pages and volumes."""

from flask_babel import lazy_gettext as _

PAGE = _("Page {page} of {all}")
"""The template puts the numbers in, which nobody knows before the pages are set."""
PAGE_HEAD = _("Page")
STRETCH = _("Volume %(number)s of %(count)s · claims %(first)s to %(last)s")
ATTACHED = _("The appendix as JSON, with what lets anybody check it")
