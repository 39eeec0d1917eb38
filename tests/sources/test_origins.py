"""Many links may be one report: origins are counted at the roots, and never run in a circle."""

import uuid

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from sources.errors import Refused
from sources.models import Source
from sources.origins import OriginCount, count_origins, derive, root_among, roots_of
from sources.vocabulary import Lineage, SourceKind, Tier


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
