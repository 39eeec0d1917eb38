"""Who holds what: the roles that allow something, and the people who have them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, RoleGrant
from app.accounts.roles import GRANTS, Permission, Role
from app.accounts.tokens import SCOPES
from app.accounts.vocabulary import Scope

MOST = 8
"""People a refusal names."""


@dataclass(frozen=True)
class Needed:
    """What somebody lacks: the permission, the roles that bring it, and who holds one of them."""

    permission: Permission
    roles: list[Role]
    people: list[str]
    scopes: list[Scope]

    def plain(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "permission": self.permission.value,
            "roles": [role.value for role in self.roles],
            "held_by": self.people,
            "scopes": [scope.value for scope in self.scopes],
        }


def needed(session: Session, permission: Permission) -> Needed:
    """Tell who could do what somebody may not."""
    roles = roles_with(permission)
    scopes = [scope for scope, allowed in SCOPES.items() if permission in allowed]
    return Needed(permission, roles, holders(session, roles)[:MOST], scopes)


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that bring a permission, in the order of the desk."""
    return [role for role in Role if permission in GRANTS[role]]


def holders(session: Session, roles: list[Role]) -> list[str]:
    """Return the actors with an account in use that hold one of the roles."""
    holding = select(RoleGrant.account_id).where(RoleGrant.role.in_(roles))
    query = select(Account).where(Account.active, Account.id.in_(holding)).order_by(Account.name)
    return [account.actor for account in session.scalars(query)]
