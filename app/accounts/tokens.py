"""Keys for programs: they read an account's pages as JSON, no more than their scopes say."""

import datetime as dt
import secrets
import uuid
from collections.abc import Collection
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from app.accounts import factors, provider_sessions
from app.accounts.factor_models import Factor
from app.accounts.models import Account, ApiToken, ApiTokenUse
from app.accounts.roles import Permission
from app.accounts.sessions import PAUSE, key_sha256
from app.accounts.vocabulary import Scope
from app.db import Database
from app.db_problems import DatabaseProblem
from app.security_events.entering import record
from app.security_events.vocabulary import Event
from claims.errors import Conflict, Missing, Refused
from sources.base import now

PREFIX = "desk_"
"""Begins every token, so that one that went astray is recognised by whoever looks for such."""
TOKEN_BYTES = 32
LONGEST_TOKEN = 200
DAYS = (30, 90, 180, 365)
USUAL_DAYS = 90
MOST = 20
"""Tokens of one account that work at a time."""
SCOPES: dict[Scope, frozenset[Permission]] = {
    Scope.READ: frozenset({Permission.PUBLIC, Permission.READ}),
    Scope.EXPORT: frozenset({Permission.PUBLIC, Permission.EXPORT}),
    Scope.AUDIT: frozenset({Permission.PUBLIC, Permission.AUDIT}),
}
"""What each scope lets through of what the account may do."""


class Issued(NamedTuple):
    """A token as it is kept, with the text that is shown once."""

    row: ApiToken
    text: str


class Bearer(NamedTuple):
    """Whose token came with a request, what it may be used for, and whether that must wait.

    ``must_enrol`` says that the desk wants a second factor of its owner, who has none: then it
    opens no page, as little as their password does.
    """

    account: Account
    allowed: frozenset[Permission]
    must_enrol: bool


def issue(
    session: Session,
    account_id: uuid.UUID,
    name: str,
    scopes: Collection[Scope],
    days: int,
    by: str,
) -> Issued:
    """Make a token; raise Refused without a scope or with another term, Conflict for too many."""
    if not scopes or days not in DAYS:
        raise Refused(
            "no_scope", {"zh": "请至少选一个范围。", "en": "Choose at least one scope."}, "scopes"
        )
    if len([row for row in tokens_of(session, account_id) if is_live(row, now())]) >= MOST:
        raise Conflict(
            "too_many_tokens",
            {
                "zh": f"有效令牌已有 {MOST} 个。请先撤销一个。",
                "en": f"There are {MOST} working tokens already. Revoke one first.",
            },
        )
    text = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    row = ApiToken(
        account_id=account_id,
        name=name.strip(),
        scopes=" ".join(sorted(scopes)),
        token_sha256=key_sha256(text),
        expires_at=now() + dt.timedelta(days=days),
        created_by=by,
    )
    session.add(row)
    session.flush()
    return Issued(row, text)


def revoke(
    session: Session, token_id: uuid.UUID, *, by: str, owner: uuid.UUID | None = None
) -> ApiToken:
    """End a token; raise Missing for one that is not ``owner``'s, Conflict when it was ended."""
    row = session.get(ApiToken, token_id)
    if row is None or (owner is not None and row.account_id != owner):
        raise Missing("no_such_token", {"zh": "没有这个令牌。", "en": "There is no such token."})
    if row.revoked_at is not None:
        raise Conflict(
            "token_revoked", {"zh": "这个令牌已撤销。", "en": "This token was revoked before."}
        )
    row.revoked_by, row.revoked_at = by, now()
    session.flush()
    return row


def revoke_all(session: Session, account_id: uuid.UUID, *, by: str) -> None:
    """End every token of an account that was not ended before."""
    for row in tokens_of(session, account_id):
        if row.revoked_at is None:
            row.revoked_by, row.revoked_at = by, now()
    session.flush()


def is_live(row: ApiToken, at: dt.datetime) -> bool:
    """Tell whether a token works at a moment, as far as it alone decides that."""
    return row.revoked_at is None and at < row.expires_at


def tokens_of(session: Session, account_id: uuid.UUID | None = None) -> list[ApiToken]:
    """Return the tokens of an account, or of the whole desk, the newest first."""
    query = select(ApiToken).options(joinedload(ApiToken.account)).order_by(ApiToken.id.desc())
    if account_id is not None:
        query = query.where(ApiToken.account_id == account_id)
    return list(session.scalars(query))


def uses(session: Session) -> dict[uuid.UUID, dt.datetime]:
    """Return when each token was used last."""
    rows = session.execute(select(ApiTokenUse.token_id, ApiTokenUse.used_at))
    return {row.token_id: row.used_at for row in rows}


def _note_use(
    database: Database, token_id: uuid.UUID, moment: dt.datetime, first_by: str | None
) -> None:
    """Note that a token is in use; two requests at once, and a desk that takes no writes, may.

    ``first_by`` names its owner where it was never used before, which is an event.
    """
    kind = sqlite if database.is_sqlite else postgresql
    used = {"used_at": moment}
    noted = (
        kind.insert(ApiTokenUse)
        .values(token_id=token_id, **used)
        .on_conflict_do_update(index_elements=["token_id"], set_=used)
    )
    with suppress(DatabaseProblem), database.writing(first_by or "visitor") as session:
        if first_by and session.get(ApiTokenUse, token_id) is None:
            record(session, Event.TOKEN_FIRST_USED, ApiToken.__tablename__, str(token_id))
        session.execute(noted)


def bearer(database: Database, text: str) -> Bearer | None:
    """Return whose token this is, and note its use; None, without a difference, for any other."""
    if len(text) > LONGEST_TOKEN:
        return None
    moment = now()
    with database.reading() as session:
        row = session.scalar(
            select(ApiToken)
            .where(ApiToken.token_sha256 == key_sha256(text))
            .options(
                joinedload(ApiToken.account).selectinload(Account.grants),
                joinedload(ApiToken.account).joinedload(Account.keys),
            )
        )
        if row is None or not is_live(row, moment) or not row.account.active:
            return None
        must = _must_enrol(session, database.settings.second_factor, row.account)
        last = session.scalar(select(ApiTokenUse.used_at).where(ApiTokenUse.token_id == row.id))
    if last is None or moment - last > PAUSE:
        _note_use(database, row.id, moment, row.account.actor if last is None else None)
    allowed = (SCOPES[Scope(scope)] for scope in row.scopes.split())
    return Bearer(row.account, frozenset().union(*allowed), must)


def _must_enrol(session: Session, required: str, account: Account) -> bool:
    """Tell whether an account lacks what it must have: a factor here, or two proofs elsewhere."""
    if not factors.is_required(required, account):
        return False
    own = factors.counting(Factor.account_id == account.id)
    two = session.scalar(select(or_(own, provider_sessions.has_given_two(account.id))))
    return not two
