"""Passkeys (Web Authentication level 2): made, and checked as the only proof or as the second."""

import json
import re
import uuid
from dataclasses import dataclass
from typing import Any, cast

import webauthn
from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    decode_credential_public_key,
    parse_authentication_credential_json,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.decode_credential_public_key import DecodedRSAPublicKey
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from app.accounts import factors
from app.accounts.factor_models import Factor, FactorUse
from app.accounts.models import Account
from app.accounts.vocabulary import FactorKind
from claims.errors import Conflict, Refused
from sources.base import now

MOST = 10
"""Passkeys of one account."""
LONGEST = 20_000
"""Characters of an answer: far more than any browser sends."""
NAME = re.compile(r"[A-Za-z0-9_-]{1,1400}")
"""What a passkey is called: at most 1023 bytes, as a browser writes them."""
UNREADABLE = (WebAuthnException, ValueError, TypeError, KeyError, RecursionError)
TRANSPORTS = frozenset({"ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"})
ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
"""What a new passkey may sign with, the best first; Windows machines make keys of RSA alone."""
RSA_BITS = 2048
"""The length of the keys that the chips of Windows machines make; no shorter one is believed."""
VERIFIED = UserVerificationRequirement.REQUIRED
"""A passkey asks for a finger, a face or a PIN: with that it is two proofs in one."""


@dataclass(frozen=True)
class Site:
    """What passkeys are bound to: the name of the desk's host, and the whole origin."""

    host: str
    origin: str


def options_to_make(site: Site, account: Account, own: list[Factor], challenge: bytes) -> str:
    """Return, as JSON, what a browser needs to make a passkey for an account."""
    made = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Claim Desk",
        user_id=account.id.bytes,
        user_name=account.name,
        user_display_name=account.display_name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=_descriptors(own),
        supported_pub_key_algs=ALGORITHMS,
    )
    return webauthn.options_to_json(made)


def options_to_use(site: Site, own: list[Factor], challenge: bytes) -> str:
    """Return, as JSON, what a browser needs to use a passkey: one of these, or any it has."""
    asked = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        allow_credentials=_descriptors(own) or None,
        user_verification=VERIFIED,
    )
    return webauthn.options_to_json(asked)


def add(
    session: Session,
    site: Site,
    account: Account,
    name: str,
    *,
    answer: str,
    challenge: bytes,
    by: str,
) -> Factor:
    """Keep a passkey that a browser made; raise Refused when its answer is not one to this desk."""
    made = _made(site, answer, challenge)
    _refuse_short(made.credential_public_key)
    _refuse_more(session, account, credential := bytes_to_base64url(made.credential_id))
    row = Factor(
        account_id=account.id,
        kind=FactorKind.PASSKEY,
        name=name.strip(),
        credential_id=credential,
        public_key=bytes_to_base64url(made.credential_public_key),
        transports=_transports(answer),
        confirmed_at=now(),
        created_by=by,
    )
    session.add(row)
    session.flush()
    session.add(FactorUse(factor_id=row.id, counter=made.sign_count))
    session.flush()
    return row


def accept(
    session: Session,
    site: Site,
    answer: str,
    challenge: bytes,
    account_id: uuid.UUID | None = None,
) -> Factor | None:
    """Return the passkey that signed a challenge, of anybody or of one account; None for no such.

    Its count must have risen, where it counts at all: a copy of the device is refused.
    """
    try:
        given = parse_authentication_credential_json(answer[:LONGEST])
        if NAME.fullmatch(given.id) is None:
            return None
        row = _of_credential(session, given.id, account_id)
        handle = given.response.user_handle
        if row is None or (handle is not None and handle != row.account_id.bytes):
            return None
        if handle is None and account_id is None:
            return None
        used = session.get_one(FactorUse, row.id)
        signed = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(row.public_key or ""),
            credential_current_sign_count=used.counter,
            require_user_verification=True,
        )
    except UNREADABLE:
        return None
    return row if _counted(session, row, signed.new_sign_count) else None


def _made(site: Site, answer: str, challenge: bytes) -> VerifiedRegistration:
    try:
        return webauthn.verify_registration_response(
            credential=answer[:LONGEST],
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except UNREADABLE as problem:
        raise Refused(
            "passkey_wrong",
            {
                "zh": "浏览器的答复不是给这个核查台的通行密钥。请再试一次。",
                "en": "What the browser answered is no passkey for this desk. Try again.",
            },
        ) from problem


def _refuse_short(public_key: bytes) -> None:
    key = decode_credential_public_key(public_key)
    if not isinstance(key, DecodedRSAPublicKey):
        return
    if int.from_bytes(key.n, "big").bit_length() < RSA_BITS:
        raise Refused(
            "passkey_short",
            {
                "zh": f"这个设备用的是不足 {RSA_BITS} 位的 RSA 密钥，本台不收。"
                "请换用手机或安全密钥。",
                "en": f"This device uses an RSA key of fewer than {RSA_BITS} bits, which this "
                "desk does not take. Use a telephone or a security key.",
            },
        )


def _counted(session: Session, row: Factor, count: int) -> bool:
    """Note the use of a passkey, in one statement that of two with the same count refuses one."""
    rises = or_(FactorUse.counter < count, (FactorUse.counter == 0) & (count == 0))
    moved = session.execute(
        update(FactorUse)
        .where(FactorUse.factor_id == row.id, rises)
        .values(counter=count, used_at=now())
    )
    return cast("CursorResult[object]", moved).rowcount == 1


def _of_credential(
    session: Session, credential: str, account_id: uuid.UUID | None
) -> Factor | None:
    """Return the passkey of this name, of an account that may sign in."""
    query = select(Factor).join(Account).where(Factor.credential_id == credential, Account.active)
    if account_id is not None:
        query = query.where(Factor.account_id == account_id)
    return session.scalar(query)


def _refuse_more(session: Session, account: Account, credential: str) -> None:
    """Refuse a passkey that is known, or one too many; raise Conflict."""
    if session.scalar(select(Factor.id).where(Factor.credential_id == credential)) is not None:
        raise Conflict(
            "passkey_known",
            {"zh": "这个通行密钥已经登记过。", "en": "This passkey is registered already."},
        )
    if len(factors.factors_of(session, account.id, FactorKind.PASSKEY)) >= MOST:
        raise Conflict(
            "too_many_passkeys",
            {
                "zh": f"已有 {MOST} 个通行密钥。请先删除一个。",
                "en": f"There are {MOST} passkeys already. Remove one first.",
            },
        )


def _descriptors(own: list[Factor]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential_id))
        for row in own
        if row.credential_id is not None
    ]


def _transports(answer: str) -> str:
    """Return how a browser says it reaches the device, as far as the words are known."""
    told: Any = json.loads(answer)["response"].get("transports")
    known = {word for word in told if word in TRANSPORTS} if isinstance(told, list) else set()
    return " ".join(sorted(known))
