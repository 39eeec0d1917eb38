"""An article is signed off when nothing is missing, by somebody who checked nothing of it."""

import json
import uuid

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.article_gate import article_state, gaps
from claims.article_sign_offs import (
    NotComplete,
    article_signing,
    publish_in_emergency,
    sign_article,
)
from claims.contests import settle
from claims.errors import Conflict, Forbidden, Refused
from claims.material import material_sha256
from claims.models import Article, ArticleSignOff, Claim, ClaimAnchor, QuantityMention
from claims.sign_offs import sign
from claims.vocabulary import AnchorState, ArticleDecision, ContestOutcome, DismissalReason
from claims.workflow import drop, reopen
from sources.base import now
from tests.claims.newsroom import (
    CHECKER,
    LEAD,
    REVIEWER,
    a_claim,
    a_submitted_claim,
    a_version,
    an_article,
    attached,
)
from tests.claims.test_guards import a_contest


def an_open_article(session: Session) -> tuple[Article, Claim, QuantityMention]:
    """Return an article with one submitted claim, and one number nobody accounted for."""
    article = an_article(session)
    version = a_version(article, 1, "份额为 5%，采用 3nm 工艺。")
    session.add(version)
    session.flush()
    claim = a_submitted_claim(session, article=article)
    mention = QuantityMention(
        version_id=version.id,
        start=9,
        stop=12,
        text="3nm",
        kind="length",
        rule="test",
        reason="designation",
        reader_version="1",
        created_by="system:extractor",
    )
    session.add(mention)
    session.flush()
    return article, claim, mention


def place(session: Session, claim: Claim, state: AnchorState) -> ClaimAnchor:
    anchor = ClaimAnchor(
        claim_id=claim.id,
        version_id=article_state(session, claim.article).version.id,
        exact="份额为 5%",
        prefix="",
        suffix="",
        start=None if state is AnchorState.ORPHANED else 0,
        stop=None if state is AnchorState.ORPHANED else 6,
        state=state,
        created_by="system:extractor",
    )
    session.add(anchor)
    session.flush()
    return anchor


def finished(session: Session) -> tuple[Article, Claim]:
    article, claim, mention = an_open_article(session)
    mention.dismissed_as, mention.dismissed_by = DismissalReason.DESIGNATION, CHECKER
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    return article, claim


def seen(session: Session, article: Article) -> str:
    return article_state(session, article).sha256


def codes(session: Session, article: Article) -> list[str]:
    return [gap.code for gap in gaps(article_state(session, article))]


def test_the_gate_lists_exactly_what_is_missing(session: Session) -> None:
    article, claim, mention = an_open_article(session)
    contest = a_contest(session, claim, blocking=True)
    place(session, claim, AnchorState.EXACT).state = AnchorState.MOVED
    session.flush()
    assert codes(session, article) == [
        "numbers_open",
        "claim_unsigned",
        "contested",
        "place_unconfirmed",
    ]
    listed = gaps(article_state(session, article))
    assert "“3nm”" in listed[0].message["en"]
    assert listed[1].claim == listed[2].claim == listed[3].claim == claim.number
    with pytest.raises(NotComplete) as problem:
        sign_article(session, article, by=REVIEWER, seen_sha256=seen(session, article))
    assert problem.value.gaps == listed
    assert contest.outcome is None
    mention.dismissed_as, mention.dismissed_by = DismissalReason.DESIGNATION, CHECKER
    for anchor in claim.anchors:
        anchor.confirmed_by = CHECKER
    session.flush()
    assert codes(session, article) == ["claim_unsigned", "contested"]


@pytest.mark.parametrize(
    "state", [one for one in AnchorState if one not in {AnchorState.EXACT, AnchorState.ORPHANED}]
)
def test_a_place_found_again_waits_for_a_person(session: Session, state: AnchorState) -> None:
    article, claim, _ = an_open_article(session)
    anchor = place(session, claim, state)
    assert "place_unconfirmed" in codes(session, article)
    anchor.confirmed_by = CHECKER
    session.flush()
    assert "place_unconfirmed" not in codes(session, article)


def test_a_finished_article_is_signed_in_the_state_that_was_seen(session: Session) -> None:
    article, _ = finished(session)
    with pytest.raises(Conflict) as problem:
        sign_article(session, article, by=REVIEWER, seen_sha256="0" * 64)
    assert problem.value.code == "article_changed"
    row = sign_article(session, article, by=REVIEWER, seen_sha256=seen(session, article))
    assert article_signing(session, article).signed == row
    with pytest.raises(Conflict) as problem:
        sign_article(session, article, by=LEAD, seen_sha256=seen(session, article))
    assert problem.value.code == "signed_already"


@pytest.mark.parametrize("who", [CHECKER, "system:extractor"])
def test_who_assessed_wrote_or_entered_does_not_sign_the_article(
    session: Session, who: str
) -> None:
    """T-2P: the article's signature is a second person's as well."""
    article, _ = finished(session)
    with pytest.raises(Forbidden):
        sign_article(session, article, by=who, seen_sha256=seen(session, article))


def test_a_sign_off_of_the_article_is_void_when_anything_changes(session: Session) -> None:
    article, claim = finished(session)
    row = sign_article(session, article, by=REVIEWER, seen_sha256=seen(session, article))
    mention = article_state(session, article).numbers[0]
    mention.dismissed_as = DismissalReason.PRODUCT_NAME
    session.flush()
    assert article_signing(session, article).signed is None
    mention.dismissed_as = DismissalReason.DESIGNATION
    session.flush()
    assert article_signing(session, article).signed == row
    contest = a_contest(session, claim, blocking=True)
    assert article_signing(session, article).signed is None
    settled = {"zh": "核对过了。", "en": "It was looked at."}
    settle(session, contest, outcome=ContestOutcome.REJECTED, settlement=settled, by=REVIEWER)
    assert article_signing(session, article).signed == row
    attached(session, claim)
    assert article_signing(session, article).signed is None


def test_reopening_a_claim_or_another_version_voids_it_too(session: Session) -> None:
    article, claim = finished(session)
    sign_article(session, article, by=REVIEWER, seen_sha256=seen(session, article))
    with session.begin_nested() as undone:
        reopen(session, claim, by=CHECKER, reason="再看")
        assert article_signing(session, article).signed is None
        undone.rollback()
    session.add(a_version(article, 2, "份额为 6%。"))
    session.flush()
    assert article_signing(session, article).signed is None


def test_an_emergency_wants_a_reason_and_keeps_what_was_missing(session: Session) -> None:
    article, claim, _ = an_open_article(session)
    with pytest.raises(Refused) as problem:
        publish_in_emergency(
            session, article, by=CHECKER, reason=" ", seen_sha256=seen(session, article)
        )
    assert problem.value.field == "reason"
    row = publish_in_emergency(
        session, article, by=CHECKER, reason="突发地震", seen_sha256=seen(session, article)
    )
    assert [words["en"] for words in row.lacked] == [
        *(gap.message["en"] for gap in gaps(article_state(session, article))),
        "Nobody who may sign the article has signed it.",
    ]
    assert json.loads(row.missing or "") == row.lacked
    signing = article_signing(session, article)
    assert signing.signed is None
    assert f"C-{claim.number:02d}" in row.lacked[1]["zh"]


def test_what_is_signed_off_needs_no_emergency(session: Session) -> None:
    article, _ = finished(session)
    sign_article(session, article, by=REVIEWER, seen_sha256=seen(session, article))
    with pytest.raises(Conflict):
        publish_in_emergency(
            session, article, by=LEAD, reason="急", seen_sha256=seen(session, article)
        )


def bypass(session: Session, article: Article, by: str, **facts: object) -> None:
    """Sign an article past the domain, as a database shell would."""
    state = article_state(session, article)
    values = {
        "id": uuid.uuid4(),
        "article_id": article.id,
        "version_id": state.version.id,
        "decision": ArticleDecision.SIGNED,
        "version_sha256": state.version.sha256,
        "state_sha256": state.sha256,
        "created_at": now(),
        "created_by": by,
        **facts,
    }
    with session.begin_nested():
        session.execute(insert(ArticleSignOff).values(**values))


def test_the_database_refuses_who_assessed_and_what_is_unfinished(session: Session) -> None:
    """T-2P: nor by a statement past the program."""
    article, _ = finished(session)
    with pytest.raises(DBAPIError, match="nobody signs an article"):
        bypass(session, article, CHECKER)
    with pytest.raises(DBAPIError, match="not finished"):
        bypass(session, article, LEAD, version_sha256="f" * 64)
    session.execute(update(QuantityMention).values(dismissed_as=None))
    with pytest.raises(DBAPIError, match="not finished"):
        bypass(session, article, LEAD)
    unfinished, _, _ = an_open_article(session)
    with pytest.raises(DBAPIError, match="not finished"):
        bypass(session, unfinished, LEAD)
    with pytest.raises(DBAPIError, match="emergency_has_reason"):
        bypass(session, unfinished, LEAD, decision=ArticleDecision.EMERGENCY, missing="[]")


def test_a_signature_slipped_in_for_another_state_is_void(session: Session) -> None:
    """T-2P: what was not seen is not signed."""
    article, _ = finished(session)
    bypass(session, article, LEAD, state_sha256="f" * 64)
    assert article_signing(session, article).signed is None


def test_a_claim_nobody_ever_looked_at_holds_the_article_back(session: Session) -> None:
    article, _ = finished(session)
    other = a_claim(session, article=article)
    found = gaps(article_state(session, article))
    assert [(gap.code, gap.claim) for gap in found] == [("claim_unsigned", other.number)]


def dropped_in(session: Session, article: Article, state: AnchorState) -> Claim:
    """A claim that the lead dropped, and how the newest version has its words."""
    other = a_claim(session, article=article)
    place(session, other, state)
    drop(session, other, by=LEAD, reason="not worth it")
    return other


def test_who_dropped_a_claim_that_still_stands_does_not_sign_the_article(session: Session) -> None:
    """T-2P: dropping what the article says all the same would be passing it unchecked, alone."""
    article, _ = finished(session)
    dropped_in(session, article, AnchorState.EXACT)
    assert gaps(article_state(session, article)) == []
    with pytest.raises(Forbidden):
        sign_article(session, article, by=LEAD, seen_sha256=seen(session, article))
    with pytest.raises(DBAPIError, match="assessed or wrote"):
        bypass(session, article, LEAD)
    sign_article(session, article, by=REVIEWER, seen_sha256=seen(session, article))


def test_who_dropped_a_claim_that_is_gone_signs_the_article(session: Session) -> None:
    article, _ = finished(session)
    dropped_in(session, article, AnchorState.ORPHANED)
    sign_article(session, article, by=LEAD, seen_sha256=seen(session, article))
