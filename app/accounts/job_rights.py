"""What somebody must be allowed to do for a job of theirs, when it is asked for and when it runs.

A job waits, and meanwhile its person may have lost a role or been shut out.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import Account
from app.accounts.roles import Permission, permissions
from claims.errors import Forbidden
from sources.columns import Words

PERSON = "editor:"
NEEDS: Mapping[str, Permission | None] = MappingProxyType(
    {
        "appendix_files": Permission.ISSUE,
        "appendix_issue": Permission.ISSUE,
        "capture": Permission.ADD_EVIDENCE,
        "ledger_check": Permission.AUDIT,
        "look": None,
    }
)
"""The permission each kind of job needs; None for what only the desk itself asks for."""
LOST: Words = {
    "zh": "提出这项工作的人已不再有所需的权限，没有执行。",
    "en": "Whoever asked for this may not do it any more; it was not done.",
}


def refuse_without(session: Session, who: str, kind: str) -> None:
    """Raise Forbidden where the person who asked for a job may not have it done now.

    The desk's own jobs, and those asked for on the command line by a name without an account,
    are nobody's whose roles could be taken away.
    """
    needed = NEEDS[kind]
    if needed is None or not who.startswith(PERSON):
        return
    wanted = Account.name == who.removeprefix(PERSON)
    account = session.scalar(select(Account).where(wanted).options(selectinload(Account.grants)))
    if account is None:
        return
    if not account.active or needed not in permissions(account.roles):
        raise Forbidden("right_lost", LOST)
