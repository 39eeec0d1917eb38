"""Many links may be one report: origins are counted at the roots, and never run in a circle."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sources.errors import Refused
from sources.models import Source
from sources.origins import OriginCount, count_origins, derive, root_among, roots_of
from sources.vocabulary import Lineage, SourceKind, Tier
from tests.engines import Maker


def a_source(session: Session, parent: Source | None = None, tier: Tier = Tier.TRADE) -> Source:
    key = uuid.uuid4().hex
    source = Source(key=key, kind=SourceKind.NEWS_REPORT, tier=tier, created_by="editor:li.wei")
    session.add(source)
    session.flush()
    if parent is not None:
        derive(session, source, parent, basis="注明转自该报")
    return source


def test_twelve_links_are_two_origins(session: Session) -> None:
    first, second = a_source(session), a_source(session)
    links = [first, second, *(a_source(session, first) for _ in range(6))]
    links += [a_source(session, links[-1]) for _ in range(4)]
    roots = roots_of(session, {source.id for source in links})
    count = count_origins(links, roots)
    assert count == OriginCount(links=12, origins=2, primary=0)
    assert count.said["en"] == "12 links, 2 origins, 0 primary"
    assert count.said["zh"] == "12 条链接，2 个独立来源，0 个一手来源"


def test_reprints_of_an_origin_nobody_attached_are_still_one(session: Session) -> None:
    hidden = a_source(session, tier=Tier.PRIMARY)
    links = [a_source(session, hidden), a_source(session, hidden)]
    count = count_origins(links, roots_of(session, {source.id for source in links}))
    assert count == OriginCount(links=2, origins=1, primary=0)


def test_a_primary_source_attached_twice_is_one_primary_origin(session: Session) -> None:
    filing = a_source(session, tier=Tier.PRIMARY)
    count = count_origins([filing, filing], roots_of(session, {filing.id}))
    assert count == OriginCount(links=2, origins=1, primary=1)


def test_no_sources_have_no_origins(session: Session) -> None:
    assert roots_of(session, set()) == {}
    assert count_origins([], {}) == OriginCount(0, 0, 0)


def test_a_reprint_is_marked_as_one(session: Session) -> None:
    parent = a_source(session)
    source = a_source(session, parent)
    assert source.lineage is Lineage.REPRINT
    derive(session, source, None)
    assert roots_of(session, {source.id}) == {source.id: source.id}


def test_a_circle_is_refused_at_any_distance(session: Session) -> None:
    first = a_source(session)
    second = a_source(session, first)
    third = a_source(session, second)
    for parent in (first, second, third):
        with pytest.raises(Refused) as problem:
            derive(session, first, parent)
        assert problem.value.field == "derived_from"
    assert first.derived_from_id is None


def test_a_circle_made_by_a_foreign_hand_counts_once(session: Session) -> None:
    first = a_source(session)
    second = a_source(session, first)
    session.execute(update(Source).where(Source.id == first.id).values(derived_from_id=second.id))
    session.expire_all()
    roots = roots_of(session, {first.id, second.id})
    assert roots == {first.id: min(first.id, second.id), second.id: min(first.id, second.id)}


def test_a_root_below_a_circle_is_found_too() -> None:
    one, two, three = sorted(uuid.uuid4() for _ in range(3))
    assert root_among({three: two, two: one, one: two}, three) == one


def test_two_at_once_close_no_circle(make_database: Maker) -> None:
    """The second of two who link sources to each other sees what the first one said."""
    database = make_database("postgresql")
    with database.writing("editor:li.wei") as session:
        first, second = a_source(session).id, a_source(session).id
    looked = Barrier(2)

    def says(source: uuid.UUID, parent: uuid.UUID) -> str:
        try:
            with database.writing("editor:li.wei") as session:
                here, above = session.get_one(Source, source), session.get_one(Source, parent)
                looked.wait(10)
                derive(session, here, above)
        except Refused as problem:
            return problem.code
        return "said"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(says, (first, second), (second, first)))
    assert sorted(told) == ["origin_cycle", "said"]
    with database.reading() as session:
        parents = [row.derived_from_id for row in session.scalars(select(Source))]
    assert sorted(parent is None for parent in parents) == [False, True]
