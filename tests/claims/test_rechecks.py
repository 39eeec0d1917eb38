"""What rests on a source, directly or through its reprints, and asking for all of it again."""

import pytest
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.material import material_sha256
from claims.models import Claim
from claims.queries.blast import blast_radius
from claims.rechecks import open_rechecks
from claims.sign_offs import sign
from claims.vocabulary import Stage
from sources.models import Source
from sources.origins import derive
from tests.claims.newsroom import (
    CHECKER,
    LEAD,
    REVIEWER,
    a_claim,
    a_source,
    a_submitted_claim,
    attached,
)

REASON = "统计局撤回了这组数字"


def opened(claim: Claim) -> list[str]:
    return [row.code for row in claim.findings if row.code == "recheck" and not row.waived_by]


def a_reprint(session: Session, origin: Source) -> Source:
    reprint = a_source(session)
    derive(session, reprint, origin)
    return reprint


def test_what_rests_on_a_reprint_rests_on_its_origin(session: Session) -> None:
    origin = a_source(session)
    reprint = a_reprint(session, origin)
    direct, through, other = a_claim(session), a_claim(session), a_claim(session)
    attached(session, direct, source=origin)
    attached(session, through, source=a_reprint(session, reprint))
    attached(session, other)

    found = blast_radius(session, origin)

    assert {claim.id for claim in found.claims} == {direct.id, through.id}
    assert len(found.repeats) == 2


def test_one_act_asks_again_for_every_claim_and_reopens_the_signed_ones(session: Session) -> None:
    signed, still_open = a_submitted_claim(session), a_claim(session)
    source = signed.evidence[0].source
    assert source is not None
    attached(session, still_open, source=source)
    sign(session, signed, by=REVIEWER, seen_sha256=material_sha256(signed))
    was = str(signed.stage)

    touched = open_rechecks(session, blast_radius(session, source), by=LEAD, reason=REASON)

    assert {claim.id for claim in touched} == {signed.id, still_open.id}
    session.expire_all()
    assert (was, str(signed.stage)) == (Stage.SIGNED_OFF, Stage.CHECKING)
    assert opened(signed) == opened(still_open) == ["recheck"]


def test_asking_twice_for_the_same_reason_adds_nothing(session: Session) -> None:
    claim, source = a_claim(session), a_source(session)
    attached(session, claim, source=source)
    open_rechecks(session, blast_radius(session, source), by=CHECKER, reason=REASON)
    session.expire_all()

    assert open_rechecks(session, blast_radius(session, source), by=LEAD, reason=REASON) == []
    assert opened(claim) == ["recheck"]


def test_a_reason_is_needed(session: Session) -> None:
    source = a_source(session)
    with pytest.raises(Refused):
        open_rechecks(session, blast_radius(session, source), by=LEAD, reason="  ")
