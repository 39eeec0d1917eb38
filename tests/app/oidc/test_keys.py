"""Which keys of a provider are believed: public ones, of the length that the desk asks for."""

import pytest
from flask import Flask
from joserfc.jwk import ECKey, OKPKey, RSAKey

from app.cli.check import provider_findings
from app.db import Database
from app.defaults import RSA_BITS
from app.oidc import keys
from app.oidc.problems import Unanswered
from tests.app.claim_desk import Desk
from tests.app.oidc.hostile import KEY, Hostile
from tests.app.oidc.traveller import Traveller, bound, desk_of, told_of

STRONG = RSA_BITS[0]
CURVE, EDWARDS = ECKey.generate_key("P-256", {"kid": "curve"}), OKPKey.generate_key("Ed25519")


@pytest.fixture
def database(desk: Desk, provider: Hostile) -> Database:
    bound(desk.database, "li.wei", provider.issuer)
    return desk.database


@pytest.fixture
def app(database: Database, provider: Hostile) -> Flask:
    """A desk that asks for what it asks for where no setting says otherwise."""
    return desk_of(database, provider, rsa_bits=STRONG)


def listed(*found: RSAKey | ECKey | OKPKey) -> dict[str, object]:
    return {"keys": [key.as_dict(private=False) for key in found]}


def kinds(found: list[keys.Key]) -> list[str]:
    return [key.key_type for key in found]


def test_a_key_has_128_bits_of_strength_or_is_not_believed() -> None:
    """T-OIDC: RSA from 3,072 bits, and every curve; 2,048 where a setting says so knowingly."""
    assert STRONG == 3072
    assert kinds(keys.read(listed(KEY, CURVE, EDWARDS), STRONG)) == ["EC", "OKP"]
    assert kinds(keys.read(listed(KEY), RSA_BITS[-1])) == ["RSA"]
    with pytest.raises(Unanswered) as caught:
        keys.read(listed(KEY), STRONG)
    assert "shorter than 3072 bits (DESK_RSA_BITS)" in caught.value.reason


def test_a_provider_of_short_keys_signs_nobody_in_and_check_says_why(
    app: Flask, database: Database, provider: Hostile
) -> None:
    assert Traveller(app, provider).there_and_back().status_code == 503
    settings = told_of(database.settings, provider.issuer, rsa_bits=STRONG)
    (name, well, said), *_ = provider_findings(settings)
    assert (name, well) == ("provider", False)
    assert "shorter than 3072 bits" in said
    assert "DESK_RSA_BITS" in said


def test_a_provider_that_signs_on_a_curve_needs_no_setting(app: Flask, provider: Hostile) -> None:
    """T-OIDC: a short key beside it is not believed, whatever it signs."""
    provider.keys = [KEY, CURVE]
    provider.key, provider.header = CURVE, {"alg": "ES256"}
    known = Traveller(app, provider)
    assert known.there_and_back().status_code == 303
    assert known.is_in()
    provider.key, provider.header = KEY, {"alg": "RS256"}
    other = Traveller(app, provider)
    assert other.there_and_back().status_code == 400
    assert not other.is_in()
