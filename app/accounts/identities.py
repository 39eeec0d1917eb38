"""Who may sign in with an account through the provider: bound, found and let go again.

An identity is bound by the account's owner, by whoever holds its invitation, or by an
administrator: never by an e-mail address, and no account begins here.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.accounts import factors, provider_sessions
from app.accounts.administration import state_of
from app.accounts.identity_models import AccountIdentity
from app.accounts.links import withdraw_links
from app.accounts.models import Account, AccountLink
from app.accounts.vocabulary import AccountState, FactorKind, LinkPurpose
from app.ledger import acts
from claims.errors import Conflict, Missing, Refused
from sources.base import now

LONGEST_SUBJECT, MOST = 255, 10
"""The length OpenID Connect allows, and how many identities one account may have."""


def identities_of(session: Session, account_id: uuid.UUID) -> list[AccountIdentity]:
    """Return the identities that may sign in with an account, the first bound first."""
    query = select(AccountIdentity).where(AccountIdentity.account_id == account_id)
    return list(session.scalars(query.order_by(AccountIdentity.id)))


def welcomed(session: Session, issuer: str, subject: str) -> AccountIdentity | None:
    """Return the identity of somebody who may come in; None, without a difference, for others."""
    found = session.scalar(
        select(AccountIdentity)
        .where(AccountIdentity.issuer == issuer, AccountIdentity.subject == subject)
        .options(joinedload(AccountIdentity.account).selectinload(Account.grants))
    )
    if found is None or state_of(found.account) is AccountState.DISABLED:
        return None
    return found


def arrive(session: Session, account: Account) -> None:
    """Let in somebody who was invited and whose identity an administrator had bound before."""
    if account.active:
        return
    withdraw_links(session, account.id)
    account.active = True
    session.flush()


def bind(
    session: Session, account: Account, *, issuer: str, subject: str, label: str, by: str
) -> AccountIdentity:
    """Let an identity sign in with an account.

    Raises Refused for a subject nobody can have, Conflict for one that is bound already.
    """
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Refused(
            "subject_unusable",
            {
                "zh": f"标识（sub）须为 1 至 {LONGEST_SUBJECT} 个可显示的字符，"
                "与身份提供方所示完全一致。",
                "en": f"A subject has 1 to {LONGEST_SUBJECT} characters that can be seen, letter "
                "by letter as the identity provider shows it.",
            },
            "subject",
        )
    _refuse_taken(session, account, issuer, subject)
    if len(identities_of(session, account.id)) >= MOST:
        raise Conflict(
            "too_many_identities",
            {
                "zh": f"一个账户最多绑定 {MOST} 个身份。",
                "en": f"An account is bound to {MOST} identities at most.",
            },
        )
    row = AccountIdentity(
        account_id=account.id, issuer=issuer, subject=subject, label=label.strip(), created_by=by
    )
    session.add(row)
    session.flush()
    return row


def take_over(
    session: Session, link: AccountLink, *, issuer: str, subject: str, label: str
) -> AccountIdentity:
    """Take over an invited account with an identity instead of a password; the link is used.

    Raises Conflict for an identity that is bound already.
    """
    account = link.account
    row = bind(session, account, issuer=issuer, subject=subject, label=label, by=account.actor)
    account.active = True
    link.used_at = now()
    session.flush()
    story = {"purpose": link.purpose.value, "by": "provider"}
    acts.record(session, "act", "account", str(account.id), "link_used", story)
    return row


def takes_provider(link: AccountLink) -> bool:
    """Tell whether a link may be answered with an identity: an invitation that nobody took yet."""
    return link.purpose is LinkPurpose.INVITATION and link.account.awaited


def unbind(
    session: Session, identity_id: uuid.UUID, account: Account, *, keep: str | None = None
) -> None:
    """Let an identity sign in no more; the sessions it began end, but the one of the key ``keep``.

    Raises Missing for an identity of another account.
    """
    row = session.get(AccountIdentity, identity_id)
    if row is None or row.account_id != account.id:
        raise Missing(
            "no_such_identity",
            {"zh": "没有这个绑定的身份。", "en": "There is no such bound identity."},
        )
    provider_sessions.end_of(session, row.id, keep=keep)
    session.delete(row)
    session.flush()


def refuse_only_proof(session: Session, account: Account) -> None:
    """Raise Conflict where somebody would lock themselves out by letting an identity go."""
    others = account.has_password or len(identities_of(session, account.id)) > 1
    if others or factors.factors_of(session, account.id, FactorKind.PASSKEY):
        return
    raise Conflict(
        "only_proof",
        {
            "zh": "这是您登录的唯一凭据。请先请管理员给您一个一次性链接设置密码，或添加通行密钥。",
            "en": "This is the only proof you sign in with. Add a passkey first, or ask an "
            "administrator for a one-time link and choose a password.",
        },
    )


def _refuse_taken(session: Session, account: Account, issuer: str, subject: str) -> None:
    taken = session.scalar(
        select(AccountIdentity.account_id).where(
            AccountIdentity.issuer == issuer, AccountIdentity.subject == subject
        )
    )
    if taken == account.id:
        raise Conflict(
            "identity_bound",
            {
                "zh": "这个身份已经绑定在这个账户上。",
                "en": "This identity is bound to this account already.",
            },
            "subject",
        )
    if taken is not None:
        raise Conflict(
            "identity_taken",
            {
                "zh": "这个身份已经绑定在本台的另一个账户上。请先在那里解除，或请管理员处理。",
                "en": "This identity is bound to another account of this desk. Let it go there "
                "first, or ask an administrator.",
            },
            "subject",
        )
