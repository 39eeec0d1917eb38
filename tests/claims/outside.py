"""Claims that stand in a text, and somebody outside the desk who is asked about them."""

from typing import Any

from sqlalchemy.orm import Session

from claims.answers import Credit, Said, answer
from claims.invitations import Asking, Opened, invite
from claims.models import Answer, Claim, Invitation
from claims.queries.claims import claim_with_all
from claims.triage import accept
from claims.vocabulary import AnswerChoice, Side
from tests.claims.newsroom import CHECKER
from tests.claims.sorting import an_article_to_sort

TEXT = "2024年，公司的市场份额为18.3%。同年，门店达到160家。\n排名升至第四。"
STATEMENT = "我们公布的数字是 18.9%，口径是按收入计。"


def claims_in_text(session: Session, text: str = TEXT) -> list[Claim]:
    """Return the claims of a new article, each standing in its first version."""
    version = an_article_to_sort(session, text)
    numbers = range(1, 4)
    made = [accept(session, version, number, by=CHECKER) for number in numbers]
    assert len(made) == len(numbers)
    session.flush()
    session.expire_all()
    return [
        claim_with_all(session, claim.id)
        for claim in sorted(version.article.claims, key=lambda one: one.number)
    ]


def invited(session: Session, *claims: Claim, **facts: Any) -> Opened:
    asking = Asking(
        **{
            "name": "王教授",
            "side": Side.EXPERT,
            "question": "这个份额对吗？",
            **facts,
        }
    )
    return invite(session, claims, asking, by=CHECKER)


def answered(
    session: Session,
    invitation: Invitation,
    claim: Claim,
    choice: AnswerChoice = AnswerChoice.DISPUTE,
    **facts: Any,
) -> Answer | None:
    credit = Credit(name=facts.pop("name", None), by_name=facts.pop("by_name", False))
    said = Said(**{"choice": choice, "statement": STATEMENT, **facts})
    return answer(session, invitation, claim, said, credit)
