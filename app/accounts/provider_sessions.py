"""Sessions that began with the provider, so that it can end them, and unbinding does.

Between the provider's proof and a second factor of the desk's own nothing is open yet: until then
the cookie says which identity it was.
"""

import uuid
from collections.abc import Collection, Iterable

import flask
from sqlalchemy import Exists, Select, exists, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.identity_models import AccountIdentity, ProviderSession
from app.accounts.models import Account, OpenSession
from app.accounts.sessions import key_sha256
from app.accounts.vocabulary import Proof, SessionEnd
from app.ledger import acts
from sources.base import now

PLACE = "desk_provider_began"
"""Where the cookie holds which identity a session will begin with."""
BY_PROVIDER = frozenset({Proof.PROVIDER, Proof.PROVIDER_MFA})


def remember(identity: AccountIdentity, sid: str | None) -> None:
    """Note in the cookie with which identity the next session begins."""
    flask.session[PLACE] = [identity.id.hex, sid]


def began(session: Session, account: Account, key: str, proofs: Collection[Proof]) -> None:
    """Note that a session began with the provider, where it did; forget what the cookie said."""
    kept = flask.session.pop(PLACE, None)
    if kept is None or BY_PROVIDER.isdisjoint(proofs):
        return
    identity = session.get(AccountIdentity, uuid.UUID(kept[0]))
    row = session.scalar(select(OpenSession).where(OpenSession.key_sha256 == key_sha256(key)))
    if identity is None or identity.account_id != account.id or row is None:
        return
    session.add(ProviderSession(session_id=row.id, identity_id=identity.id, sid=kept[1]))
    session.flush()


def gave_two(proofs: str | None) -> bool:
    """Tell whether a session rests on two proofs that the provider asked for itself."""
    return Proof.PROVIDER_MFA in (proofs or "").split()


def has_given_two(account_id: uuid.UUID) -> Exists:
    """Return what tells in SQL whether a session that is remembered rests on two such proofs."""
    words = literal(" ").concat(OpenSession.proofs).concat(" ")
    return exists().where(
        OpenSession.account_id == account_id,
        words.contains(f" {Proof.PROVIDER_MFA} ", autoescape=True),
    )


def is_of_provider(session: Session, key: str | None) -> bool:
    """Tell whether the session of a cookie began with the provider."""
    query = select(ProviderSession.session_id).join(ProviderSession.session)
    return key is not None and (
        session.scalar(query.where(OpenSession.key_sha256 == key_sha256(key))) is not None
    )


def end_of(session: Session, identity_id: uuid.UUID, *, keep: str | None = None) -> None:
    """End the sessions that an identity began, but the one of a key."""
    query = _rows().where(ProviderSession.identity_id == identity_id)
    kept = key_sha256(keep) if keep is not None else None
    found = [row for row in session.scalars(query) if row.session.key_sha256 != kept]
    _ended(session, found, SessionEnd.ELSEWHERE)


def end_by_provider(session: Session, issuer: str, subject: str | None, sid: str | None) -> None:
    """End what the provider has ended: all of a subject, or the session of one name there.

    A session whose name there is not known goes with its subject: better one sign-in too many.
    """
    identities = select(AccountIdentity).where(AccountIdentity.issuer == issuer)
    if subject is not None:
        identities = identities.where(AccountIdentity.subject == subject)
    for identity in session.scalars(identities.options(joinedload(AccountIdentity.account))):
        rows = _rows().where(ProviderSession.identity_id == identity.id)
        if sid is not None:
            named = ProviderSession.sid == sid
            unnamed = ProviderSession.sid.is_(None)
            rows = rows.where(named if subject is None else or_(named, unnamed))
        ended = _ended(session, session.scalars(rows).all(), SessionEnd.SIGNED_OUT)
        if ended:
            story = {"name": identity.account.name, "sessions": ended}
            key = str(identity.account_id)
            acts.record(session, "act", "account", key, "signed_out_by_provider", story)


def _rows() -> Select[ProviderSession]:
    return select(ProviderSession).options(joinedload(ProviderSession.session))


def _ended(session: Session, rows: Iterable[ProviderSession], how: SessionEnd) -> int:
    """End sessions and tell how many of them lasted."""
    count = 0
    for row in rows:
        if row.session.ended_as is None:
            row.session.ended_at, row.session.ended_as = now(), how
            count += 1
    session.flush()
    return count
