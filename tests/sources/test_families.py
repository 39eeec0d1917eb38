"""An entry that stands for others is read with all that was kept of them."""

import datetime as dt
import io
from pathlib import Path

from sqlalchemy.orm import Session

from sources.citing.citations import accessed_days
from sources.registry import add_source
from sources.snapshots import take_in
from sources.store import Store

WHO = "editor:li.wei"
DAY = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)


def test_a_citation_keeps_the_day_on_which_a_merged_entry_was_retrieved(
    session: Session, tmp_path: Path
) -> None:
    stays, goes, other = (add_source(session, by=WHO, title=title) for title in "ABC")
    page = io.BytesIO(b"5 %")
    take_in(session, Store(tmp_path), goes, page, "a.txt", WHO, retrieved_at=DAY)
    assert accessed_days(session, [stays, other]) == {}

    goes.merged_into = stays
    session.flush()

    assert accessed_days(session, [stays, other]) == {stays.id: DAY.date()}
