"""The domain believes no place it does not find, and tells a typed figure from one it read."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.evidence import Passage, attach_evidence, edit_evidence
from claims.evidence_places import copy_of, keep_true, settle
from claims.material import material_fields, material_sha256
from claims.models import Claim, Evidence
from claims.restoration import Earlier, restore
from claims.typed_figures import read_typed
from claims.vocabulary import LocatorKind, Stance
from sources.models import Snapshot, Source
from sources.vocabulary import Capture
from tests.claims.newsroom import CHECKER, a_claim, a_source, attached

TEXT = "In 2024 it held 4.6 percent. Later it held 5.2 percent."


def a_copy(session: Session, source: Source, text: str = TEXT) -> Snapshot:
    snapshot = Snapshot(
        source=source,
        capture=Capture.UPLOAD,
        sha256=uuid.uuid4().hex * 2,
        media_type="text/plain",
        size=len(text),
        extracted_text=text,
        places=((0, "page", "7"),),
        created_by=CHECKER,
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def a_passage(session: Session, quote: str = "it held 4.6 percent") -> Passage:
    """A passage that was found in a copy, with the figure that was read there."""
    source = a_source(session, language="en")
    snapshot = a_copy(session, source)
    copy = copy_of(snapshot)
    assert copy is not None
    found = settle(copy, quote).selected
    assert found is not None
    return Passage(
        stance=Stance.SUPPORTS,
        source=source,
        snapshot=snapshot,
        quote=found.quote,
        locator_kind=found.locator_kind,
        locator=found.locator,
        place=found.span,
        figure=found.figures[0].figure,
        figure_place=found.figures[0].span,
    )


def placed(session: Session) -> tuple[Claim, Evidence]:
    claim = a_claim(session)
    return claim, attach_evidence(session, claim, a_passage(session), by=CHECKER)


def test_a_passage_is_saved_with_its_place_and_the_place_of_its_figure(session: Session) -> None:
    _, item = placed(session)
    assert item.quote_place == (8, 27)
    assert TEXT[slice(*(item.figure_place or (0, 0)))] == "4.6 percent"
    assert (item.locator_kind, item.locator) == (LocatorKind.PAGE, "7")


def test_what_does_not_stand_there_is_refused(session: Session) -> None:
    claim, good = a_claim(session), a_passage(session)
    other = a_copy(session, a_source(session))
    for bad, field in (
        (replace(good, place=(9, 28)), "quote"),
        (replace(good, place=(8, 99)), "quote"),
        (replace(good, quote="it held 5.2 percent"), "quote"),
        (replace(good, snapshot=None), "quote"),
        (replace(good, snapshot=other), "snapshot"),
        (replace(good, figure=read_typed("4.7%")), "figure"),
        (replace(good, figure=None), "figure"),
        (replace(good, figure_place=(8, 12)), "figure"),
    ):
        with pytest.raises(Refused) as refused:
            attach_evidence(session, claim, bad, by=CHECKER)
        assert refused.value.field == field, bad
    assert claim.evidence == []


def test_older_material_keeps_its_hash_and_a_place_is_part_of_it(session: Session) -> None:
    claim = a_claim(session)
    attached(session, claim)
    (before,) = material_fields(claim)["evidence"]
    assert set(before) == {
        *("number", "kind", "stance", "locator_kind", "locator", "quote", "says"),
        *("source", "snapshot", "figure", "addresses"),
    }
    claim, item = placed(session)
    seen = {material_sha256(claim)}
    assert material_fields(claim)["evidence"][0]["quote_place"] == [8, 27]
    item.figure_start = item.figure_stop = None
    seen.add(material_sha256(claim))
    item.quote_start = item.quote_stop = None
    seen.add(material_sha256(claim))
    assert len(seen) == 3


def test_a_typed_figure_takes_the_mark_of_one_that_was_read_away(session: Session) -> None:
    claim, item = placed(session)
    assert item.snapshot is not None
    typed = replace(a_passage(session), source=item.source, snapshot=item.snapshot)
    edit_evidence(
        session, item, replace(typed, figure=read_typed("4.7%"), figure_place=None), by=CHECKER
    )
    assert (item.quote_place, item.figure_place) == ((8, 27), None)
    assert claim.evidence[0].figure is not None


def test_a_mark_is_kept_only_as_long_as_it_is_true(session: Session) -> None:
    _, item = placed(session)
    keep_true(item)
    assert [item.figure_start, item.figure_stop] == [16, 27]
    assert item.figure is not None
    item.figure.stated_text = "9 percent"
    keep_true(item)
    assert [item.quote_start, item.quote_stop, item.figure_start] == [8, 27, None]


def test_words_that_are_put_back_lose_the_mark_of_other_words(session: Session) -> None:
    claim, item = placed(session)
    earlier = Earlier(entry=1, before={"quote": "other words"}, after={"quote": item.quote})
    restore(session, claim, item, earlier, by=CHECKER, reason="as it was")
    assert (item.quote, item.quote_place, item.figure_place) == ("other words", None, None)
