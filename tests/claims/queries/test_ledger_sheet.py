"""The ledger on paper names the sources that speak to a claim, and no others."""

from sqlalchemy.orm import Session

from claims.queries.ledger_sheet import sources_of
from claims.vocabulary import Stance
from tests.claims.newsroom import CHECKER, a_claim, a_source, attached


def test_a_source_that_speaks_to_a_claim_stands_there_once(session: Session) -> None:
    claim, other = a_claim(session), a_claim(session)
    first, second = a_source(session), a_source(session)
    attached(session, claim, source=first)
    attached(session, claim, source=second, stance=Stance.REFUTES)
    attached(session, claim, source=first, stance=Stance.QUALIFIES)
    attached(session, other, source=second)
    session.flush()
    found = sources_of(session, [claim.id])
    assert found == {claim.id: [first, second]}


def test_what_was_withdrawn_or_only_mentions_the_claim_is_left_out(session: Session) -> None:
    claim = a_claim(session)
    attached(session, claim, source=a_source(session), stance=Stance.MENTIONS)
    gone = attached(session, claim, source=a_source(session))
    gone.withdrawn_by, gone.withdrawal_reason = CHECKER, "The page was a copy."
    session.flush()
    assert sources_of(session, [claim.id]) == {}
