"""Whose name a name is: what looks the same is one person's, and other people keep theirs."""

import pytest
from sqlalchemy.orm import Session

from app.accounts.naming import refuse_taken
from app.accounts.roles import Role
from app.accounts.signin import new_account
from claims.errors import Conflict


def an_account(session: Session, shown: str) -> None:
    new_account(
        session,
        name="they",
        display_name=shown,
        password_hash="none",
        roles={Role.CHECKER},
        by="system:seed",
    )


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        ("Chen Mo", "Chen М0"),
        ("Neil Ma", "NEІL MА"),
        ("Neil Ma", "NE1L MA"),
        ("Lin Yi", "ʟɪɴ ʏɪ"),
        ("Ian Lee", "lan Lee"),
        ("Arne", "Ame"),
        ("王伟", "王　伟"),
    ],
)
def test_what_looks_the_same_is_taken(session: Session, theirs: str, shown: str) -> None:
    an_account(session, theirs)
    with pytest.raises(Conflict) as refused:
        refuse_taken(session, shown)
    assert refused.value.code == "display_name_taken"


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        ("Ian Lee", "Lan Lee"),
        ("Neil Ma", "Nell Ma"),
        ("Ilya", "Liya"),
        ("Celia", "Cella"),
        ("Алла", "Аила"),
        ("王一", "王二"),
        ("이영희", "이영이"),
        ("Nguyễn An", "Nguyên Ân"),
    ],
)
def test_two_people_of_like_names_may_both_have_theirs(
    session: Session, theirs: str, shown: str
) -> None:
    an_account(session, theirs)
    refuse_taken(session, shown)
