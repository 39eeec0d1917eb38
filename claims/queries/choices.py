"""What a form offers for choosing: the sources on the register, by name."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from sources.models import Source
from sources.veil import withheld

MOST = 1000
"""How many sources a list offers, the newest first; older ones are found by their address."""


def sources_to_choose(session: Session) -> Sequence[Row[str, str | None, str | None]]:
    """Return key, name and date of the sources in the order of their names.

    What the person may not know is not offered, nor what was merged into another.
    """
    name = func.coalesce(
        Source.publisher + " · " + Source.title, Source.title, Source.publisher
    ).label("name")
    newest = (
        select(Source.key, name, Source.issued)
        .where(Source.merged_into_id.is_(None), Source.id.not_in(withheld(session)))
        .order_by(Source.id.desc())
        .limit(MOST)
        .subquery()
    )
    return session.execute(select(newest).order_by(newest.c.name, newest.c.key)).all()
