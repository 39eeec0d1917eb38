"""The closed lists of accounts: what a link is for, how a session ended, what a token may do."""

from enum import StrEnum


class LinkPurpose(StrEnum):
    """Why a one-time link was made."""

    INVITATION = "invitation"
    RESET = "reset"


class SessionEnd(StrEnum):
    """How a session ended."""

    SIGNED_OUT = "signed_out"
    ELSEWHERE = "elsewhere"
    PASSWORD = "password"  # noqa: S105 - the word for an end, no password.
    DISABLED = "disabled"
    EXPIRED = "expired"


class Scope(StrEnum):
    """What a token may be used for; never more than its account may do."""

    READ = "read"
    EXPORT = "export"
    AUDIT = "audit"


class AccountState(StrEnum):
    """Where an account stands."""

    ACTIVE = "active"
    INVITED = "invited"
    DISABLED = "disabled"


class Theme(StrEnum):
    """How the pages look in this browser."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
