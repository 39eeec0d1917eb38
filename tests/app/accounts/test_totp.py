"""Codes of a telephone: what their seed is drawn from, and how long one lives."""

import re
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from app.accounts import totp
from app.accounts.factor_keys import FactorKeys
from app.accounts.models import Account
from tests.app.claim_desk import Desk


def test_a_seed_has_160_bits_of_its_own(desk: Desk) -> None:
    """T-AUTH-1: RFC 4226 asks for so many; two telephones never share one."""
    keys, seeds = FactorKeys(desk.database.settings.factor_key_file), list[str]()
    with desk.database.writing("system:test") as session:
        account = session.scalars(select(Account).where(Account.name == "li.wei")).one()
        for _ in range(20):
            row = totp.begin(session, keys, account, "telephone", by="system:test")
            told = parse_qs(urlsplit(totp.address(keys, row, account, "Claim Desk")).query)
            seeds += told["secret"]
    assert all(re.fullmatch("[A-Z2-7]{32}", seed) for seed in seeds)
    assert len(set(seeds)) == 20
    assert min(len(set(place)) for place in zip(*seeds, strict=True)) >= 5
    assert (totp.STEP, totp.DRIFT) == (30, 1)
