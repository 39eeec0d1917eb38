"""Sources handed out as a file for other programs; a confidential source is never in one."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from sources.citing.citations import accessed_days
from sources.citing.items import IN_A_CONTAINER, Item, item_of
from sources.exchange.formats import FORMS, Format
from sources.models import Source


def export(session: Session, sources: Sequence[Source], form: Format) -> str:
    """Return the sources that are not confidential as a file of the form."""
    shown = [source for source in sources if not source.confidential]
    days = accessed_days(session, shown)
    return FORMS[form].write(placed(item_of(source, days.get(source.id))) for source in shown)


def placed(item: Item) -> Item:
    """An item whose paper or site is also where other programs look for it."""
    publisher = item.get("publisher")
    if publisher and item["type"] in IN_A_CONTAINER:
        item.setdefault("container-title", publisher)
    return item
