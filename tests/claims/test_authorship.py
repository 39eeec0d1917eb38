"""Who wrote a claim: whoever had a hand in its words, also while it was only proposed."""

from sqlalchemy.orm import Session

from claims.models import ArticleVersion
from claims.proposal_edits import FigureEdit, edit, merge
from claims.proposals import proposal_of
from claims.sign_offs import WROTE, bar
from claims.signatures import authors
from claims.triage import accept, reopen
from claims.undo import undo
from tests.claims.sorting import MINE, THEIRS, an_article_to_sort, one_with

THIRD = "editor:chen.mo"


def reworded(session: Session, version: ArticleVersion, number: int, by: str) -> None:
    given = [
        FigureEdit(period=None, subject=None, measure=None, material=True)
        for _ in proposal_of(session, version, number).figures
    ]
    edit(session, version, number, statement="销量很高", kind="", figures=given, by=by)


def test_who_worded_a_proposal_does_not_sign_the_claim_that_somebody_else_made_of_it(
    session: Session,
) -> None:
    """T-2P: the words are one person's, whoever keeps them."""
    version = an_article_to_sort(session)
    number = one_with(session, version, "340").number
    reworded(session, version, number, THEIRS)
    reworded(session, version, number, THIRD)
    accept(session, version, number, by=MINE)
    session.expire_all()
    claim = proposal_of(session, version, number).claim
    assert claim is not None
    assert authors(claim) == {MINE, THEIRS, THIRD}
    assert bar(claim, THEIRS) == WROTE


def test_the_words_of_both_halves_of_a_merge_have_their_writers(session: Session) -> None:
    """T-2P: merging takes words over, and their writers with them."""
    version = an_article_to_sort(session)
    first, second = one_with(session, version, "跃升"), one_with(session, version, "340")
    reworded(session, version, second.number, THEIRS)
    merge(session, version, second.number, by=THIRD)
    accept(session, version, first.number, by=MINE)
    session.expire_all()
    assert first.claim is not None
    assert authors(first.claim) == {MINE, THEIRS, THIRD}


def test_what_was_undone_makes_nobody_a_writer(session: Session) -> None:
    version = an_article_to_sort(session)
    number = one_with(session, version, "340").number
    reworded(session, version, number, THEIRS)
    undo(session, version, by=THEIRS)
    accept(session, version, number, by=MINE)
    session.expire_all()
    claim = proposal_of(session, version, number).claim
    assert claim is not None
    assert authors(claim) == {MINE}


def test_who_brings_a_claim_back_with_other_words_wrote_it(session: Session) -> None:
    """T-2P: a claim that was retracted comes back under its number, and under both names."""
    version = an_article_to_sort(session)
    number = one_with(session, version, "340").number
    accept(session, version, number, by=MINE)
    reopen(session, version, number, by=THEIRS)
    reworded(session, version, number, THEIRS)
    accept(session, version, number, by=THEIRS)
    session.expire_all()
    claim = proposal_of(session, version, number).claim
    assert claim is not None
    assert (claim.created_by, claim.statement["zh"]) == (MINE, "销量很高")
    assert bar(claim, THEIRS) == WROTE
