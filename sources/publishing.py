"""Sources by their publisher: how many each has, and which they are."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from sources.models import Source
from sources.publishers import Publisher, Publishers, publishers
from sources.urls import SCHEMES
from sources.veil import withheld


def counted(session: Session) -> Counter[str]:
    """How many sources each publisher of the table has, by its key."""
    table, found = publishers(), Counter[str]()
    given = (
        select(Source.publisher, func.count())
        .where(*_seen(session), Source.publisher.is_not(None))
        .group_by(Source.publisher)
    )
    for name, count in session.execute(given):
        _add(found, table.named(name), count)
    bare = select(Source.url).where(
        *_seen(session), Source.publisher.is_(None), Source.url.is_not(None)
    )
    for url in session.scalars(bare):
        _add(found, table.at(url), 1)
    return found


def of_publisher(session: Session, publisher: Publisher) -> ColumnElement[bool]:
    """The condition that a source is a publisher's: by its name, without one by its address."""
    names = session.scalars(
        select(Source.publisher).where(Source.publisher.is_not(None)).distinct()
    )
    table = publishers()
    own = [name for name in names if name and table.named(name) is publisher]
    return and_(
        or_(Source.publisher.in_(own), _at(publisher, table)),
        Source.id.not_in(withheld(session)),
    )


def _seen(session: Session) -> tuple[ColumnElement[bool], ...]:
    return Source.merged_into_id.is_(None), Source.id.not_in(withheld(session))


def _add(found: Counter[str], publisher: Publisher | None, count: int) -> None:
    if publisher is not None:
        found[publisher.key] += count


def _at(publisher: Publisher, table: Publishers) -> ColumnElement[bool]:
    """Without a name and at one of its hosts, unless that is a longer one of another's."""
    mine = _under(publisher.hosts)
    others = [
        host
        for host, other in table.by_host.items()
        if other is not publisher and _longer(host, publisher.hosts)
    ]
    return and_(Source.publisher.is_(None), or_(false(), *mine), ~or_(false(), *_under(others)))


def _longer(host: str, hosts: Collection[str]) -> bool:
    return any(host.endswith(f".{own}") or host.startswith(f"{own}/") for own in hosts)


def _under(hosts: Collection[str]) -> list[Any]:
    found = []
    for place in hosts:
        host, slash, path = place.partition("/")
        rest = f"/{path}" if slash else ""
        for scheme in SCHEMES:
            found += [
                Source.url == f"{scheme}://{host}{rest}",
                Source.url.startswith(f"{scheme}://{host}{rest}/", autoescape=True),
                Source.url.like(f"{scheme}://%.{host}{rest}/%"),
            ]
    return found
