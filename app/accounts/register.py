"""The register of accounts: who has one, with which roles, seen when, signed in where."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session, selectinload

from app.accounts.administration import state_of
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


def accounts(session: Session) -> list[Registered]:
    """Return every account by name, in four statements however many there are."""
    rows = session.scalars(
        select(Account).options(selectinload(Account.grants)).order_by(Account.name)
    ).all()
    seen, lasting, tokens = _seen(session), _lasting(session), _tokens(session)
    return [
        Registered(
            account=row,
            state=state_of(row),
            seen=seen.get(row.id),
            sessions=lasting.get(row.id, 0),
            tokens=tokens.get(row.id, 0),
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
    owner = str(account_id)
    return {
        Account.__tablename__: [owner],
        RoleGrant.__tablename__: _with_gone(session, RoleGrant, account_id),
        AccountIdentity.__tablename__: _with_gone(session, AccountIdentity, account_id),
        AccountLink.__tablename__: select(cast(AccountLink.id, Text)).where(
            AccountLink.account_id == account_id
        ),
        ApiToken.__tablename__: select(cast(ApiToken.id, Text)).where(
            ApiToken.account_id == account_id
        ),
    }


def _with_gone(
    session: Session, kind: type[RoleGrant | AccountIdentity], account_id: uuid.UUID
) -> list[str]:
    """Return the keys of an account's rows of a kind, with those that were taken away."""
    gone = replay.removed_since(session, kind.__tablename__, 0)
    owner = str(account_id)
    taken = [pk for pk, image in gone.items() if image.get("account_id") == owner]
    standing = select(cast(kind.id, Text)).where(kind.account_id == account_id)
    return [*session.scalars(standing), *taken]


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
