"""Numbers that are no claim are dismissed singly or together, and opened again."""

import pytest
from sqlalchemy.orm import Session

from claims.dismissals import dismiss, open_again
from claims.errors import Conflict
from claims.mentions import coverage
from claims.triage import accept_all
from claims.undo import undo
from claims.vocabulary import DismissalReason
from tests.claims.sorting import MINE, THEIRS, an_article_to_sort, images


def test_many_are_dismissed_in_one_act_with_one_undo(session: Session) -> None:
    version = an_article_to_sort(session)
    before = images(session)
    rows = [row.id for row in version.mentions if row.kind.startswith("date")]
    dismiss(session, version, rows, DismissalReason.PUBLICATION_DATE, by=MINE, note="日期")
    session.expire_all()
    assert coverage(session, version).accounted == len(rows) > 1
    assert version.mentions[0].dismissal_note == {"zh": "日期"}
    undo(session, version, by=MINE)
    assert images(session) == before


def test_what_a_claim_holds_is_passed_over(session: Session) -> None:
    version = an_article_to_sort(session)
    accept_all(session, version, by=MINE)
    session.expire_all()
    everything = [row.id for row in version.mentions]
    dismiss(session, version, everything, DismissalReason.OTHER, by=THEIRS)
    counted = coverage(session, version)
    assert counted.accounted == counted.total
    with pytest.raises(Conflict):
        dismiss(session, version, everything, DismissalReason.OTHER, by=MINE)


def test_a_dismissed_number_is_opened_again_once(session: Session) -> None:
    version = an_article_to_sort(session)
    row = version.mentions[0]
    dismiss(session, version, [row.id], DismissalReason.IDIOM, by=MINE)
    session.expire_all()
    open_again(session, version, row.id, by=THEIRS, seen=row.version)
    session.expire_all()
    assert row.dismissed_as is None
    with pytest.raises(Conflict):
        open_again(session, version, row.id, by=MINE)
