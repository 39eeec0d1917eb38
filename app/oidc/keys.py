"""The keys with which a provider signs: public ones only, and each for its own algorithms."""

from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey, import_key

from app.oidc import problems

Key = RSAKey | ECKey | OKPKey
ALGORITHMS: Mapping[str, str] = {
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
    "ES256": "EC",
    "ES384": "EC",
    "ES512": "EC",
    "EdDSA": "OKP",
    "Ed25519": "OKP",
}
"""What a signature may be made with, and with which kind of key: never ``none``, never a secret."""
MOST = 50
"""Keys of a set that are looked at."""
PRIVATE = {"d", "p", "q", "k"}


def read(said: Mapping[str, Any], rsa_bits: int) -> list[Key]:
    """Return the keys of a set with which something may be signed; raise Unanswered for none.

    ``rsa_bits`` is the length from which an RSA key is believed.
    """
    listed = said.get("keys")
    found = [_key(one) for one in listed[:MOST]] if isinstance(listed, list) else []
    known = [key for key in found if key is not None]
    usable = [key for key in known if (bits := rsa_length(key)) is None or bits >= rsa_bits]
    if not usable and known:
        raise problems.unusable(
            f"the provider's RSA keys are shorter than {rsa_bits} bits (DESK_RSA_BITS)"
        )
    if not usable:
        raise problems.unusable("the provider's set of keys holds none that can be used")
    return usable


def rsa_length(key: Key) -> int | None:
    """Return the bits of an RSA key; None for a key on a curve, whose kinds are all strong."""
    return key.raw_value.key_size if isinstance(key, RSAKey) else None


def matching(keys: list[Key], kid: str | None, algorithm: str) -> Key | None:
    """Return the one key that a header means; None where there is none, or more than one."""
    kind = ALGORITHMS.get(algorithm)
    fitting = [key for key in keys if key.key_type == kind and key.alg in {None, algorithm}]
    if kid is not None:
        fitting = [key for key in fitting if key.kid == kid]
    return fitting[0] if len(fitting) == 1 else None


def _key(one: Any) -> Key | None:
    """Return a key; None for one of another kind or use, or none at all."""
    if not isinstance(one, dict) or one.get("kty") not in set(ALGORITHMS.values()):
        return None
    if one.get("use", "sig") != "sig" or PRIVATE & one.keys():
        return None
    try:
        key = import_key(one)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key if isinstance(key, RSAKey | ECKey | OKPKey) else None
