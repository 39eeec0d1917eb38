"""A source's page names every claim that rests on it, and how."""

from sqlalchemy.orm import Session

from claims.evidence import withdraw_evidence
from claims.models import Citation
from claims.queries.reliance import counts, relying_on
from claims.vocabulary import Stance
from tests.claims import newsroom


def test_evidence_and_the_articles_own_citation_are_told_apart(session: Session) -> None:
    source, claim = newsroom.a_source(session), newsroom.a_claim(session)
    newsroom.attached(session, claim, source=source, stance=Stance.REFUTES)
    session.add(Citation(claim=claim, source=source, created_by="editor:li.wei"))
    session.flush()
    uses = {use.stance: use for use in relying_on(session, source.id)}
    assert set(uses) == {Stance.REFUTES, None}
    assert uses[Stance.REFUTES].evidence_number == 1
    assert uses[None].claim_number == claim.number


def test_withdrawn_evidence_is_shown_as_such_and_no_longer_counted(session: Session) -> None:
    source, claim = newsroom.a_source(session), newsroom.a_claim(session)
    item = newsroom.attached(session, claim, source=source)
    assert counts(session, [source.id]) == {source.id: 1}
    withdraw_evidence(session, item, by="editor:li.wei", reason="引错了")
    assert counts(session, [source.id]) == {}
    assert [use.withdrawn for use in relying_on(session, source.id)] == [True]
