"""Evidence is attached with its place and figure, put right, and withdrawn but never deleted."""

import pytest
from sqlalchemy.orm import Session

from claims.errors import Conflict, Refused
from claims.evidence import Passage, attach_evidence, edit_evidence, pin_snapshot, withdraw_evidence
from claims.models import Figure
from claims.support import weigh
from claims.vocabulary import EvidenceKind, LocatorKind, Stance
from sources.models import Snapshot, Source
from sources.vocabulary import Capture, Tier
from tests.claims.newsroom import (
    CHECKER,
    REVIEWER,
    a_claim,
    a_passage,
    a_source,
    attached,
    four_point_six,
)


def test_items_are_numbered_within_their_claim(session: Session) -> None:
    claim, other = a_claim(session), a_claim(session)
    assert [attached(session, claim).number, attached(session, claim).number] == [1, 2]
    assert attached(session, other).number == 1


def test_the_figure_a_source_gives_is_kept_as_a_figure(session: Session) -> None:
    claim = a_claim(session)
    item = attached(session, claim, figure=four_point_six())
    session.expire_all()
    assert item.figure is not None
    assert (item.figure.stated_text, item.figure.unit) == ("4.6%", "%")
    assert str(item.figure.low) == "4.6"
    assert item.figure.claim_id is None


def test_an_item_speaks_to_the_figures_it_names(session: Session) -> None:
    claim = a_claim(session, figures=2)
    item = attached(session, claim, addresses=[claim.figures[1].id])
    session.expire_all()
    assert item.addresses == [claim.figures[1]]


def test_another_claims_figure_cannot_be_addressed(session: Session) -> None:
    claim, other = a_claim(session), a_claim(session)
    with pytest.raises(Refused) as problem:
        attached(session, claim, addresses=[other.figures[0].id])
    assert problem.value.field == "addresses"
    assert claim.evidence == []


def a_snapshot(session: Session, source: Source) -> Snapshot:
    snapshot = Snapshot(
        source=source,
        capture=Capture.UPLOAD,
        sha256="a" * 64,
        media_type="text/plain",
        size=1,
        created_by=CHECKER,
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def test_an_item_rests_on_a_copy_of_its_source(session: Session) -> None:
    item = attached(session, a_claim(session))
    assert item.source is not None
    snapshot = a_snapshot(session, item.source)
    pin_snapshot(session, item, snapshot)
    assert item.snapshot is snapshot
    edit_evidence(session, item, a_passage(session), by=CHECKER)
    assert item.snapshot is None


def test_another_sources_snapshot_cannot_be_attached(session: Session) -> None:
    item = attached(session, a_claim(session))
    snapshot = a_snapshot(session, a_source(session))
    with pytest.raises(Refused) as problem:
        pin_snapshot(session, item, snapshot)
    assert problem.value.field == "file"
    assert item.snapshot is None


def test_a_source_is_wanted_unless_somebody_said_it_to_us(session: Session) -> None:
    claim = a_claim(session)
    unnamed = Passage(stance=Stance.SUPPORTS, quote="x")
    with pytest.raises(Refused) as problem:
        attach_evidence(session, claim, unnamed, by=CHECKER)
    assert problem.value.field == "source"
    spoken = Passage(
        stance=Stance.REFUTES,
        quote="“不是我们。”",
        kind=EvidenceKind.PERSONAL_COMMUNICATION,
    )
    item = attach_evidence(session, claim, spoken, by=CHECKER)
    assert item.source is None


def test_a_locator_without_a_kind_is_a_page(session: Session) -> None:
    claim = a_claim(session)
    item = attached(session, claim, locator="12", locator_kind=None)
    assert item.locator_kind is LocatorKind.PAGE
    other = attached(session, claim, locator="  ", locator_kind=LocatorKind.TIME)
    assert (other.locator, other.locator_kind) == (None, None)


def test_an_edit_replaces_figure_and_targets(session: Session) -> None:
    claim = a_claim(session, figures=2)
    one, other = claim.figures
    item = attached(
        session,
        claim,
        figure=four_point_six(),
        addresses=[one.id],
    )
    passage = a_passage(session, source=item.source, addresses=[other.id])
    edit_evidence(session, item, passage, by=REVIEWER, seen_version=item.version)
    session.expire_all()
    assert item.figure is None
    assert item.addresses == [other]
    assert session.query(Figure).filter(Figure.evidence_id == item.id).count() == 0


def test_a_stale_edit_is_a_conflict(session: Session) -> None:
    claim = a_claim(session)
    item = attached(session, claim)
    seen = item.version
    edit_evidence(session, item, a_passage(session, quote="Newer."), by=REVIEWER, seen_version=seen)
    with pytest.raises(Conflict):
        edit_evidence(
            session, item, a_passage(session, quote="Mine."), by=CHECKER, seen_version=seen
        )
    assert item.quote == "Newer."


def test_withdrawn_evidence_stays_and_no_longer_counts(session: Session) -> None:
    claim = a_claim(session)
    item = attached(session, claim)
    with pytest.raises(Refused):
        withdraw_evidence(session, item, by=CHECKER, reason="")
    withdraw_evidence(session, item, by=CHECKER, reason="引错了年份")
    assert item in claim.evidence
    assert not item.counts
    with pytest.raises(Conflict):
        withdraw_evidence(session, item, by=CHECKER, reason="again")
    with pytest.raises(Conflict):
        edit_evidence(session, item, a_passage(session), by=CHECKER)


def test_support_is_weighed_by_origin_and_stance(session: Session) -> None:
    claim = a_claim(session)
    origin = a_source(session, tier=Tier.PRIMARY)
    for source in (origin, a_source(session, derived_from=origin), a_source(session)):
        attached(session, claim, source=source)
    attached(session, claim, source=a_source(session), stance=Stance.REFUTES)
    attached(session, claim, source=a_source(session), quote=None, locator=None)
    found = weigh(session, claim.evidence, Stance.SUPPORTS)
    assert (found.links, found.origins, found.primary) == (3, 2, 1)
