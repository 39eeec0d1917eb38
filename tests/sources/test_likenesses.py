"""Copies of one story are proposed as reprints, and become one origin when a person says so."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sources.duplicates import MOST, doubles
from sources.errors import Conflict, Refused
from sources.likenesses import alike, alike_among, complete, dismiss, link
from sources.models import LikenessAnswer, Snapshot, SnapshotBand
from sources.origins import count_origins, roots_of
from sources.shingles import bands, likeness, shingles
from sources.veil import cover
from sources.vocabulary import Capture, Lineage
from tests.sources.stories import SAME_TOPIC, WIRE, copy, kept

MIN = "editor:zhang.min"


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_ten_copies_find_each_other_and_another_story_finds_none(
    session: Session, tongue: str
) -> None:
    copies = [kept(session, copy(tongue, number)) for number in range(10)]
    other = kept(session, SAME_TOPIC[tongue])
    for one in copies:
        found = {row.source for row in alike(session, one)}
        assert found == {*copies} - {one}
    assert alike(session, other) == []
    assert alike_among(session, [copies[0], other]).keys() == {copies[0].id}


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_two_stories_on_one_topic_share_little(tongue: str) -> None:
    wire, topic = shingles(WIRE[tongue]), shingles(SAME_TOPIC[tongue])
    assert likeness(wire, topic) < 15
    assert likeness(wire, shingles(copy(tongue, 2))) > 85
    assert not set(bands(wire)) & set(bands(topic))


def test_confirming_makes_them_one_origin_with_the_earlier_as_such(session: Session) -> None:
    wire = kept(session, WIRE["zh"], issued="2025-11-25")
    site = kept(session, copy("zh", 1), issued="2025-11-26")
    (proposed,) = alike(session, site)
    assert (proposed.source, proposed.earlier) == (wire, True)
    assert [row.earlier for row in alike(session, wire)] == [False]
    roots = roots_of(session, {wire.id, site.id})
    assert count_origins([wire, site], roots).origins == 2
    before = site.derived_from_id
    link(session, site, wire, by=MIN)
    assert [before, site.derived_from_id] == [None, wire.id]
    assert site.lineage is Lineage.REPRINT
    assert site.derived_basis is not None
    assert "zhang.min" in site.derived_basis
    assert count_origins([wire, site], roots_of(session, {wire.id, site.id})).origins == 1
    assert alike(session, site) == alike(session, wire) == []


def test_a_circle_and_a_second_origin_are_refused(session: Session) -> None:
    first, second, third = (kept(session, copy("en", number)) for number in range(3))
    link(session, second, first, by=MIN)
    with pytest.raises(Refused):
        link(session, first, second, by=MIN)
    with pytest.raises(Conflict):
        link(session, second, third, by=MIN)
    assert {row.source for row in alike(session, third)} == {first, second}


def test_what_was_dismissed_is_remembered_in_both_directions(session: Session) -> None:
    one, other = kept(session, copy("en", 0)), kept(session, copy("en", 1))
    dismiss(session, one, other, by=MIN, note="an embargoed text given to both")
    assert alike(session, one) == alike(session, other) == []
    row = session.scalars(select(LikenessAnswer)).one()
    assert (row.created_by, row.note) == (MIN, "an embargoed text given to both")
    assert row.likeness > 60


def test_nothing_is_said_about_texts_that_are_not_alike(session: Session) -> None:
    one, other = kept(session, WIRE["en"]), kept(session, SAME_TOPIC["en"])
    for act in (link, dismiss):
        with pytest.raises(Refused):
            act(session, one, other, by=MIN)
    with pytest.raises(Refused):
        dismiss(session, one, one, by=MIN)


def test_only_kept_text_counts_and_a_few_words_are_no_story(session: Session) -> None:
    for text in (None, "", "同比下降4.3%。"):
        pair = kept(session, text), kept(session, text)
        assert alike(session, pair[0]) == []


def test_two_copies_of_one_source_are_no_reprint(session: Session) -> None:
    source = kept(session, WIRE["zh"])
    session.add(
        Snapshot(
            source=source,
            capture=Capture.WEB,
            sha256="f" * 64,
            media_type="text/html",
            size=1,
            extracted_text=WIRE["zh"],
            created_by=MIN,
        )
    )
    session.flush()
    assert alike(session, source) == []


def test_a_page_that_was_kept_many_times_hides_no_reprint_of_it(session: Session) -> None:
    reprint, watched = kept(session, copy("en", 1)), kept(session, WIRE["en"])
    session.add_all(
        Snapshot(
            source=watched,
            capture=Capture.WEB,
            sha256=f"{number:064x}",
            media_type="text/html",
            size=1,
            extracted_text=WIRE["en"],
            created_by=MIN,
        )
        for number in range(50)
    )
    session.flush()
    assert [row.source for row in alike(session, watched)] == [reprint]


def test_what_is_withheld_takes_no_place_of_what_is_not(session: Session) -> None:
    """T-SEC: else whoever may not know confidential sources learns that there are many alike."""
    source, reprint = kept(session, WIRE["en"]), kept(session, copy("en", 2))
    for one in (source, reprint):
        one.url = "https://wire.example.com/story"
    hidden = [kept(session, WIRE["en"]) for _ in range(2 * MOST)]
    for one in hidden:
        one.confidential, one.url = True, source.url
    session.flush()
    cover(session, "editor:zhou.lan")
    assert [row.source for row in alike(session, source)] == [reprint]
    assert [row.source for row in doubles(session, source)] == [reprint]
    session.info.clear()
    assert reprint not in {row.source for row in alike(session, source)}


def test_texts_from_before_the_index_are_taken_up_by_the_upgrade(session: Session) -> None:
    one, other = kept(session, copy("zh", 0)), kept(session, copy("zh", 3))
    session.execute(delete(SnapshotBand))
    assert alike(session, one) == []
    assert complete(session) == 2
    assert [row.source for row in alike(session, one)] == [other]
    assert complete(session) == 0
