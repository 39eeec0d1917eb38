"""The register of accounts: who has one, with which roles, seen when, signed in where."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session, selectinload

from app.accounts import factors
from app.accounts.administration import state_of
from app.accounts.factor_models import Factor, RecoveryCode
from app.accounts.identity_models import AccountIdentity
from app.accounts.models import Account, AccountLink, ApiToken, OpenSession, RoleGrant
from app.accounts.sessions import IDLE, LONGEST
from app.accounts.vocabulary import AccountState
from app.ledger import replay
from app.ledger.replay import Keys
from claims.errors import Missing
from sources.base import now


@dataclass(frozen=True)
class Registered:
    """An account as the register shows it; ``seen`` is None for whoever never signed in."""

    account: Account
    state: AccountState
    seen: dt.datetime | None
    sessions: int
    tokens: int
    factors: int


def accounts(session: Session) -> list[Registered]:
    """Return every account by name, in five statements however many there are."""
    rows = session.scalars(
        select(Account).options(selectinload(Account.grants)).order_by(Account.name)
    ).all()
    seen, lasting, tokens = _seen(session), _lasting(session), _tokens(session)
    held = factors.numbers(session)
    return [
        Registered(
            account=row,
            state=state_of(row),
            seen=seen.get(row.id),
            sessions=lasting.get(row.id, 0),
            tokens=tokens.get(row.id, 0),
            factors=held.get(row.id, 0),
        )
        for row in rows
    ]


def account_of(session: Session, account_id: uuid.UUID, *, lock: bool = False) -> Account:
    """Return one account with its roles, held by whoever will change it; raise Missing."""
    query = select(Account).where(Account.id == account_id)
    if lock:
        session.execute(query.with_for_update())
    found = session.scalar(query.options(selectinload(Account.grants)))
    if found is None:
        raise Missing(
            "no_such_account", {"zh": "没有这个账户。", "en": "There is no such account."}
        )
    return found


def keys_of(session: Session, account_id: uuid.UUID) -> dict[str, Keys]:
    """Return the keys of everything the ledger holds about an account, roles taken away as well."""
    return {
        Account.__tablename__: [str(account_id)],
        **{model.__tablename__: _ever(session, model, account_id) for model in TAKEN_AWAY},
        AccountLink.__tablename__: select(cast(AccountLink.id, Text)).where(
            AccountLink.account_id == account_id
        ),
        ApiToken.__tablename__: select(cast(ApiToken.id, Text)).where(
            ApiToken.account_id == account_id
        ),
    }


Taken = RoleGrant | Factor | RecoveryCode | AccountIdentity
TAKEN_AWAY: tuple[type[Taken], ...] = (RoleGrant, Factor, RecoveryCode, AccountIdentity)
"""The tables about accounts whose rows may go."""


def _ever(session: Session, model: type[Taken], account_id: uuid.UUID) -> list[str]:
    """Return the keys of the rows of an account, and of those it had.

    Of recovery codes only those that were used: one act says that ten were made, and ten more
    lines that say so would push everything else off the page.
    """
    gone = replay.removed_since(session, model.__tablename__, 0)
    own = {pk: image for pk, image in gone.items() if image.get("account_id") == str(account_id)}
    kept = select(cast(model.id, Text)).where(model.account_id == account_id)
    if model is RecoveryCode:
        own = {pk: image for pk, image in own.items() if image.get("used_at")}
        kept = kept.where(RecoveryCode.used_at.is_not(None))
    return [*session.scalars(kept), *own]


def is_first_run(session: Session) -> bool:
    """Tell whether this desk has no account yet."""
    return session.scalar(select(Account.id).limit(1)) is None


def _seen(session: Session) -> dict[uuid.UUID, dt.datetime]:
    last = func.max(OpenSession.seen_at)
    rows = session.execute(select(OpenSession.account_id, last).group_by(OpenSession.account_id))
    return {row[0]: row[1] for row in rows}


def _lasting(session: Session) -> dict[uuid.UUID, int]:
    moment = now()
    rows = session.execute(
        select(OpenSession.account_id, func.count())
        .where(
            OpenSession.ended_at.is_(None),
            OpenSession.seen_at >= moment - IDLE,
            OpenSession.started_at >= moment - LONGEST,
        )
        .group_by(OpenSession.account_id)
    )
    return {row[0]: row[1] for row in rows}


def _tokens(session: Session) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(ApiToken.account_id, func.count())
        .where(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now())
        .group_by(ApiToken.account_id)
    )
    return {row[0]: row[1] for row in rows}
