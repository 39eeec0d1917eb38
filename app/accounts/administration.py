"""What an administrator does to accounts: inviting, giving roles, disabling, letting in again."""

import secrets
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import drafts, factors, presence, sessions, tokens
from app.accounts.links import Made, make_link, withdraw_links
from app.accounts.models import NO_PASSWORD, Account, RoleGrant
from app.accounts.roles import Role
from app.accounts.signin import new_account
from app.accounts.vocabulary import AccountState, LinkPurpose, SessionEnd
from app.ledger import acts
from claims.errors import Conflict, Refused


def state_of(account: Account) -> AccountState:
    """Return where an account stands."""
    if account.active:
        return AccountState.ACTIVE
    return AccountState.INVITED if account.awaited else AccountState.DISABLED


def invite(session: Session, *, name: str, display_name: str, roles: set[Role], by: str) -> Made:
    """Make an account that nobody can use yet, and the link by which its owner takes it over.

    Raises Conflict when the name is taken, Refused when it is unusable or no role is given.
    """
    _refuse_without_role(roles)
    account = new_account(
        session,
        name=name,
        display_name=display_name.strip() or name.strip(),
        password_hash=NO_PASSWORD,
        roles=roles,
        by=by,
        active=False,
    )
    return make_link(session, account, LinkPurpose.INVITATION, by=by)


def new_link(session: Session, account: Account, *, by: str) -> Made:
    """Make a one-time link for somebody who has not come yet or forgot the password.

    Raises Conflict for a disabled account.
    """
    state = state_of(account)
    if state is AccountState.DISABLED:
        raise _disabled()
    invited = state is AccountState.INVITED
    purpose = LinkPurpose.INVITATION if invited else LinkPurpose.RESET
    return make_link(session, account, purpose, by=by)


def change_roles(session: Session, account: Account, roles: set[Role], *, by: str) -> None:
    """Give an account exactly these roles.

    Raises Refused when none is left, or when nobody would be left to administer.
    """
    _refuse_without_role(roles)
    if Role.ADMIN not in roles:
        _refuse_last_administrator(session, account)
    for grant in [grant for grant in account.grants if grant.role not in roles]:
        account.grants.remove(grant)
        session.delete(grant)
    for role in sorted(roles - account.roles):
        account.grants.append(RoleGrant(role=role, created_by=by))
    session.flush()


def disable(session: Session, account: Account, *, typed: str, by: str) -> None:
    """Shut an account: its sessions, tokens and links end at once, and do not come back with it.

    What its owner was typing goes with them, and so does the word that they are typing.

    Raises Refused when the name typed is another, or when nobody would be left to administer.
    """
    _refuse_other_name(account, typed)
    if state_of(account) is AccountState.DISABLED:
        raise _disabled()
    _refuse_last_administrator(session, account)
    withdraw_links(session, account.id)
    sessions.end_all(session, account, SessionEnd.DISABLED)
    tokens.revoke_all(session, account.id, by=by)
    drafts.forget(session, account.id)
    presence.leave(session, account.id)
    account.active = False
    if account.awaited:
        # Nobody can have the password of this hash; the account no longer waits for anybody.
        account.password_hash = f"{NO_PASSWORD}{secrets.token_hex(8)}"
    session.flush()


def reset_factors(session: Session, account: Account, *, by: uuid.UUID | None = None) -> int:
    """Remove the second factors of somebody who lost them; return how many there were.

    Raises Conflict for one's own: those are removed one by one, and not the last that is needed.
    """
    if account.id == by:
        raise Conflict(
            "own_factors",
            {
                "zh": "请在自己的账户页上删除自己的第二重验证。",
                "en": "Remove your own second factors on the page of your account.",
            },
        )
    withdraw_links(session, account.id)
    return factors.reset(session, account)


def sign_out(session: Session, account: Account, *, by: uuid.UUID | None = None) -> int:
    """End every session of somebody; return how many there were. Tokens and passwords stay.

    Raises Conflict for one's own: those are ended on the page of one's account.
    """
    if account.id == by:
        raise Conflict(
            "own_sessions",
            {
                "zh": "请在自己的账户页上结束自己的登录。",
                "en": "End your own sessions on the page of your account.",
            },
        )
    count = sessions.end_all(session, account, SessionEnd.ELSEWHERE)
    presence.leave(session, account.id)
    story = {"name": account.name, "sessions": count}
    acts.record(session, "act", "account", str(account.id), "signed_out_by_desk", story)
    return count


def enable(session: Session, account: Account) -> None:
    """Let somebody in again; raise Conflict for an account that is not disabled."""
    if state_of(account) is not AccountState.DISABLED:
        raise Conflict(
            "account_not_disabled",
            {"zh": "这个账户没有停用。", "en": "This account is not disabled."},
        )
    if account.password_hash.startswith(NO_PASSWORD):
        account.password_hash = NO_PASSWORD
    else:
        account.active = True
    session.flush()


def administrators(session: Session) -> list[Account]:
    """Return the accounts that administer and can sign in."""
    holding = select(RoleGrant.account_id).where(RoleGrant.role == Role.ADMIN)
    query = select(Account).where(Account.active, Account.id.in_(holding)).order_by(Account.id)
    return list(session.scalars(query))


def _refuse_last_administrator(session: Session, account: Account) -> None:
    """Refuse to lose the last one; two who demote each other wait for one another here.

    The grants are read by a statement of their own after the wait: the one that waits would
    still see those that were there when it began.
    """
    session.flush()
    session.execute(select(Account.id).where(Account.active).order_by(Account.id).with_for_update())
    others = [one for one in administrators(session) if one.id != account.id]
    if account.active and Role.ADMIN in account.roles and not others:
        raise Refused(
            "last_administrator",
            {
                "zh": "这是最后一位可以登录的管理员。请先给另一位同事管理员角色。",
                "en": "This is the last administrator who can sign in. "
                "Give a colleague the role first.",
            },
            "roles",
        )


def _refuse_without_role(roles: set[Role]) -> None:
    if not roles:
        raise Refused(
            "no_role",
            {"zh": "请至少选一个角色。", "en": "Choose at least one role."},
            "roles",
        )


def _refuse_other_name(account: Account, typed: str) -> None:
    if typed.strip() != account.name:
        raise Refused(
            "name_differs",
            {
                "zh": f"请照原样输入用户名 {account.name}。",
                "en": f"Type the user name {account.name} as it stands.",
            },
            "typed",
        )


def _disabled() -> Conflict:
    return Conflict(
        "account_disabled",
        {"zh": "这个账户已停用。", "en": "This account is disabled."},
    )
