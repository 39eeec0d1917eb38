"""Taking the new copy of a page as evidence: a person's act, with everything that follows."""

import pytest
from sqlalchemy.orm import Session

from claims.errors import Conflict, Refused
from claims.freshness import freshness
from claims.material import material_sha256
from claims.models import Claim, Evidence, Finding
from claims.sign_offs import sign
from claims.typed_figures import read_typed
from claims.vocabulary import Freshness, Severity, Stage, Watched
from claims.watching.news import news_of
from claims.watching.taking import take
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER, a_claim, a_submitted_claim, attached
from tests.claims.watching.pages import NEW, OLD, seen


def the_finding(claim: Claim) -> Finding:
    return next(row for row in claim.findings if row.code.startswith("source_"))


def item_of(session: Session) -> Evidence:
    claim = a_submitted_claim(session)
    return claim.evidence[0]


def test_a_changed_figure_weighs_more_than_other_words(session: Session) -> None:
    changed, reworded = item_of(session), item_of(session)
    seen(session, changed)
    seen(session, reworded, Watched.REWORDED)

    assert the_finding(changed.claim).severity is Severity.MANDATORY
    assert the_finding(reworded.claim).severity is Severity.WARNING
    assert freshness(changed.claim.findings) is Freshness.SOURCE_CHANGED


def test_what_moved_is_no_news(session: Session) -> None:
    item = item_of(session)
    seen(session, item, Watched.MOVED)

    assert news_of(session, item.claim) == []
    assert freshness(item.claim.findings) is Freshness.CURRENT


def test_a_signed_claim_stays_signed_until_somebody_takes_the_copy(session: Session) -> None:
    item = item_of(session)
    claim = item.claim
    item.quote = OLD
    session.flush()
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    assert claim.stage is Stage.SIGNED_OFF
    row = seen(session, item)
    assert claim.stage is Stage.SIGNED_OFF

    take(session, claim, row, figure="6.2 %", by=CHECKER)

    assert claim.stage.value == Stage.CHECKING.value
    assert (item.quote, item.snapshot_id) == (NEW, row.kept_id)
    assert not any(one.code == "source_changed" for one in claim.findings)
    assert news_of(session, claim) == []


def test_the_news_show_both_figures_and_what_the_new_one_does_to_the_claim(
    session: Session,
) -> None:
    item = item_of(session)
    seen(session, item)

    (news,) = news_of(session, item.claim)

    (change,) = news.changes
    assert (change.figure.old, change.figure.new) == ("5.0 %", "6.2 %")
    assert change.absolute is not None
    assert change.absolute["en"] == "+1.2 percentage points"
    assert change.against is not None
    assert news.takable
    assert news.finding is not None


def test_a_figure_that_nobody_can_read_is_refused_where_it_was_typed(session: Session) -> None:
    item = attached(session, a_claim(session), figure=read_typed("5.0 %"))
    row = seen(session, item)

    with pytest.raises(Refused) as refused:
        take(session, item.claim, row, figure="??", by=CHECKER)

    assert refused.value.field == "figure"


def test_a_look_at_former_words_is_overtaken(session: Session) -> None:
    item = item_of(session)
    row = seen(session, item)
    item.quote = "Something else."
    session.flush()

    with pytest.raises(Conflict):
        take(session, item.claim, row, figure=None, by=LEAD)


def test_without_a_kept_copy_there_is_nothing_to_take(session: Session) -> None:
    item = item_of(session)
    row = seen(session, item, kept=False)

    (news,) = news_of(session, item.claim)
    assert not news.takable
    with pytest.raises(Refused):
        take(session, item.claim, row, figure=None, by=CHECKER)
