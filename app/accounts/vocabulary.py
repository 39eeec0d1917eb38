"""The closed lists of accounts: proofs, how a session ended, what links and tokens are for."""

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
    FACTORS = "factors"


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


class Proof(StrEnum):
    """By what somebody proved who they are."""

    PASSWORD = "password"  # noqa: S105 - the word for a proof, no password.
    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    PROVIDER = "provider"
    PROVIDER_MFA = "provider_mfa"
    LINK = "link"


class FactorKind(StrEnum):
    """What somebody has besides a password: codes on a telephone, or a key in a device."""

    TOTP = "totp"
    PASSKEY = "passkey"
