"""A remark belongs to its claim, may be answered and resolved, and is never erased."""

import pytest
from sqlalchemy.orm import Session

from claims.comments import LONGEST, add_comment, resolve
from claims.errors import Conflict, Refused
from tests.claims.newsroom import CHECKER, REVIEWER, a_claim


def test_a_remark_is_answered_and_resolved(session: Session) -> None:
    claim = a_claim(session)
    question = add_comment(session, claim, by=REVIEWER, body=" 口径是什么? ")
    answer = add_comment(session, claim, by=CHECKER, body="按营收。", reply_to=question.id)
    resolve(session, question, by=REVIEWER, seen_version=question.version)
    assert question.body == "口径是什么?"
    assert answer.reply_to_id == question.id
    assert question.resolved_by == REVIEWER
    with pytest.raises(Conflict):
        resolve(session, question, by=CHECKER)


@pytest.mark.parametrize("body", ["", "  \n", "长" * (LONGEST + 1)])
def test_an_empty_or_endless_remark_is_refused(session: Session, body: str) -> None:
    with pytest.raises(Refused) as problem:
        add_comment(session, a_claim(session), by=CHECKER, body=body)
    assert problem.value.field == "body"


def test_a_remark_cannot_answer_or_point_into_another_claim(session: Session) -> None:
    claim, other = a_claim(session), a_claim(session)
    foreign = add_comment(session, other, by=CHECKER, body="别处")
    with pytest.raises(Refused) as problem:
        add_comment(session, claim, by=CHECKER, body="x", reply_to=foreign.id)
    assert problem.value.field == "reply_to"
    with pytest.raises(Refused) as problem:
        add_comment(session, claim, by=CHECKER, body="x", figure=other.figures[0].id)
    assert problem.value.field == "figure"
