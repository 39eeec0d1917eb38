"""Recovery codes: what they are drawn from, and what of them is kept."""

import re

from sqlalchemy import select

from app.accounts import recovery_codes
from app.accounts.factor_models import RecoveryCode
from app.accounts.models import Account
from tests.app.claim_desk import Desk


def test_a_code_has_112_bits_that_nobody_can_foresee_and_its_hash_is_kept(desk: Desk) -> None:
    """T-AUTH-1: any letter comes at any place, no code twice, and no row has one."""
    letters = recovery_codes.ALPHABET
    assert len(set(letters)) ** 24 > 2**112
    drawn = list[str]()
    with desk.database.writing("system:test") as session:
        account = session.scalars(select(Account).where(Account.name == "li.wei")).one()
        for _ in range(4):
            drawn += recovery_codes.make(session, account.id, by="system:test")
        rows = session.scalars(select(RecoveryCode)).all()
        kept = repr([vars(row) for row in rows])
        assert recovery_codes.use(session, account.id, drawn[-1])
        assert not recovery_codes.use(session, account.id, drawn[0])
    bare = [code.replace("-", "") for code in drawn]
    assert all(re.fullmatch(f"[{letters}]{{24}}", code) for code in bare)
    assert len(set(bare)) == len(bare) == 40
    # Forty draws of thirty letters: fewer than ten of them at one place is no chance.
    assert min(len(set(place)) for place in zip(*bare, strict=True)) >= 10
    assert set("".join(bare)) == set(letters)
    assert len(rows) == 10
    assert not [code for code in (*drawn, *bare) if code in kept]
