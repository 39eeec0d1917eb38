"""Narrowings of the queue that people keep under a name, for themselves or for the whole desk."""

import uuid
from collections.abc import Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import SavedFilter
from claims.errors import Forbidden, Missing, Refused
from claims.versions import expect_version

MOST = 40
"""Filters one account may keep."""


def saved_filters(session: Session, account_id: uuid.UUID) -> Sequence[SavedFilter]:
    """What a person sees above the queue: their own, then what others share; one statement."""
    found = session.scalars(
        select(SavedFilter)
        .where(or_(SavedFilter.account_id == account_id, SavedFilter.shared))
        .options(joinedload(SavedFilter.account))
        .order_by(SavedFilter.account_id != account_id, SavedFilter.id)
    )
    return found.all()


def opening(session: Session, account_id: uuid.UUID) -> str | None:
    """The address the queue opens with for a person, or None."""
    mine = select(SavedFilter.query).where(SavedFilter.account_id == account_id, SavedFilter.first)
    return session.scalar(mine)


def keep(
    session: Session, account_id: uuid.UUID, *, name: str, query: str, shared: bool, by: str
) -> SavedFilter:
    """Keep a narrowing under a name; raise Refused for a name that is taken, or one too many."""
    mine = select(SavedFilter.name).where(SavedFilter.account_id == account_id)
    names = set(session.scalars(mine))
    if len(names) >= MOST:
        raise Refused(
            "filters_many",
            {
                "zh": f"最多保存 {MOST} 个筛选；请先删除一个。",
                "en": f"At most {MOST} filters are kept; remove one first.",
            },
        )
    _refuse_taken(name, names)
    made = SavedFilter(account_id=account_id, name=name, query=query, shared=shared, created_by=by)
    session.add(made)
    session.flush()
    return made


def own(session: Session, account_id: uuid.UUID, key: uuid.UUID) -> SavedFilter:
    """Return a person's own filter; raise Missing for none, Forbidden for another's shared one."""
    found = session.get(SavedFilter, key)
    if found is None or (found.account_id != account_id and not found.shared):
        raise Missing("no_such_filter", {"zh": "没有这个筛选。", "en": "There is no such filter."})
    if found.account_id != account_id:
        raise Forbidden(
            "filter_of_another",
            {
                "zh": "这个筛选是别人的；可以另存一个自己的。",
                "en": "This filter is somebody else's; save one of your own.",
            },
        )
    return found


def rename(
    session: Session, row: SavedFilter, name: str, *, shared: bool, seen: int | None
) -> None:
    """Give a filter another name, and say whether it is shared."""
    expect_version(row, seen)
    others = select(SavedFilter.name).where(
        SavedFilter.account_id == row.account_id, SavedFilter.id != row.id
    )
    _refuse_taken(name, set(session.scalars(others)))
    row.name, row.shared = name, shared
    session.flush()


def open_with(session: Session, row: SavedFilter, *, first: bool) -> None:
    """Let the queue open with this filter for its owner, or with all claims again."""
    session.execute(
        update(SavedFilter)
        .where(SavedFilter.account_id == row.account_id, SavedFilter.first)
        .values(first=False, version=SavedFilter.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
    row.first = first
    session.flush()


def remove(session: Session, row: SavedFilter) -> None:
    """Forget a filter."""
    session.delete(row)
    session.flush()


def _refuse_taken(name: str, names: set[str]) -> None:
    if name in names:
        raise Refused(
            "filter_name",
            {"zh": "您已有同名的筛选。", "en": "You have a filter of this name already."},
            "name",
        )
