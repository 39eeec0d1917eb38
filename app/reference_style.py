"""Citations for people: every style, the one the desk prefers first, and a short one in passing."""

from typing import NamedTuple

from flask import current_app
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.i18n import language
from sources.citation_styles import NAMES, Style
from sources.citing.citations import accessed_days, cite
from sources.models import Source


class Shown(NamedTuple):
    """A citation in a style, ready for a page: the HTML is escaped where it is made."""

    style: Style
    name: str
    html: Markup
    text: str


def preferred() -> Style:
    """The desk's own style where it has one, else GB/T 7714 on Chinese pages and APA on others."""
    own: str = current_app.extensions["settings"].citation_style
    if own:
        return Style(own)
    return Style.GB_NUMERIC if language() == "zh" else Style.APA


def citations_of(session: Session, source: Source) -> list[Shown]:
    """Return the citation of a source in every style."""
    day = accessed_days(session, [source]).get(source.id)
    first = preferred()
    found = []
    for style in sorted(Style, key=lambda one: one is not first):
        made = cite(source, style, day)
        # Escaped by sources.citing.marks.as_html; its only element is <i>.
        found.append(Shown(style, NAMES[style], Markup(made.html), made.text))  # noqa: S704
    return found
