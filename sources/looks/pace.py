"""One request at a time to a site, with a pause between two: kept in the database for everybody."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from sources.looks.models import HostPace
from sources.looks.policy import WatchPolicy
from sources.looks.robots import Rules


def take(
    session: Session, host: str, policy: WatchPolicy, moment: dt.datetime
) -> tuple[str | None, HostPace]:
    """Take a site's turn, and return its token; None where another has it: then wait.

    ``free_at`` of the row says until when. A turn ends by itself, for a process may die with it.
    """
    _insert(session, host, moment)
    token = uuid.uuid4().hex
    until = moment + dt.timedelta(seconds=policy.hold_seconds)
    taken = session.execute(
        update(HostPace)
        .where(HostPace.host == host, HostPace.free_at <= moment)
        .values(free_at=until, holder=token)
        .returning(HostPace.host)
    ).one_or_none()
    row = session.scalars(
        select(HostPace).where(HostPace.host == host).execution_options(populate_existing=True)
    ).one()
    return (token if taken is not None else None), row


def leave(session: Session, host: str, token: str, until: dt.datetime) -> None:
    """Give a turn back: the next may come at ``until``, unless the turn had ended already."""
    session.execute(
        update(HostPace)
        .where(HostPace.host == host, HostPace.holder == token)
        .values(free_at=until, holder=None)
    )


def note_rules(session: Session, host: str, rules: Rules, moment: dt.datetime) -> None:
    """Keep what a site's robots.txt says."""
    session.execute(
        update(HostPace)
        .where(HostPace.host == host)
        .values(robots=rules.text, robots_at=moment, refuses_all=rules.refuses_all)
    )


def _insert(session: Session, host: str, moment: dt.datetime) -> None:
    sqlite = session.get_bind().dialect.name == "sqlite"
    statement: Any = (sqlite_insert if sqlite else postgresql_insert)(HostPace)
    values = {"host": host, "free_at": moment, "refuses_all": False}
    session.execute(statement.values(values).on_conflict_do_nothing())
