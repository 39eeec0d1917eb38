"""Until when an article has to be checked: set, moved or taken away, always by somebody."""

import datetime as dt

from sqlalchemy.orm import Session

from claims.models import Article
from claims.versions import expect_version


def set_deadline(
    session: Session,
    article: Article,
    deadline: dt.datetime | None,
    *,
    seen_version: int | None = None,
) -> None:
    """Say until when an article has to be checked; None takes the deadline away.

    Its claims follow, but for those with a deadline of their own. A moment that has passed may be
    set: it is what was agreed. Raises Conflict when the article is stale.
    """
    expect_version(article, seen_version)
    article.deadline = deadline
    session.flush()
