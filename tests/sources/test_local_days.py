"""A day is the desk's: at night in Shanghai it is another one in UTC."""

import datetime as dt
import io
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from sources.citing.citations import accessed_days
from sources.local_days import ZONE_KEY, local_day
from sources.registry import add_source
from sources.snapshots import take_in
from sources.store import Store
from sources.vocabulary import Capture

LATE = dt.datetime(2025, 6, 30, 20, tzinfo=dt.UTC)
GIVEN = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)
WHO = "editor:li.wei"


def test_where_no_zone_is_known_the_day_is_that_of_utc(session: Session) -> None:
    session.info.pop(ZONE_KEY, None)
    assert local_day(session, LATE) == dt.date(2025, 6, 30)


def test_a_page_is_seen_on_the_day_it_is_at_the_desk_and_a_file_on_the_day_that_was_given(
    session: Session, tmp_path: Path
) -> None:
    rows = []
    for capture, moment in ((Capture.WEB, LATE), (Capture.UPLOAD, GIVEN)):
        row = add_source(session, by=WHO, title=capture)
        page = io.BytesIO(b"5 %")
        take_in(session, Store(tmp_path), row, page, "a.txt", WHO,
                capture=capture, retrieved_at=moment)  # fmt: skip
        rows.append(row)
    seen = {}
    for zone in ("Asia/Shanghai", "America/New_York"):
        session.info[ZONE_KEY] = ZoneInfo(zone)
        days = accessed_days(session, rows)
        seen[zone] = [days[row.id].isoformat() for row in rows]
    assert seen == {
        "Asia/Shanghai": ["2025-07-01", "2025-07-01"],
        "America/New_York": ["2025-06-30", "2025-07-01"],
    }
