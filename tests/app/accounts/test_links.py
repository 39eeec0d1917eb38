"""A one-time link cannot be guessed, and only its hash is kept."""

from app.accounts.links import TOKEN_BYTES, make_link
from app.accounts.models import Account
from app.accounts.sessions import key_sha256
from app.accounts.vocabulary import LinkPurpose
from tests.app.claim_desk import Desk


def test_a_link_bears_256_random_bits_of_which_the_hash_is_kept(desk: Desk) -> None:
    with desk.database.writing("system:test") as session:
        account = session.query(Account).filter_by(name="li.wei").one()
        made = [make_link(session, account, LinkPurpose.RESET, by="system:test") for _ in range(3)]
        assert TOKEN_BYTES * 8 >= 256
        assert len({one.token for one in made}) == 3
        assert all(len(one.token) >= TOKEN_BYTES * 4 / 3 for one in made)
        assert [one.link.token_sha256 for one in made] == [key_sha256(one.token) for one in made]
        assert [one.link.withdrawn_at is None for one in made] == [False, False, True]
