"""The roles of a newsroom, and what each may do."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is on this desk; one person may hold several."""

    REPORTER = "reporter"
    CHECKER = "checker"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    DESK_LEAD = "desk_lead"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a route needs; every route names exactly one."""

    PUBLIC = "public"
    READ = "read"
    ADD_ARTICLE = "add_article"
    ADD_EVIDENCE = "add_evidence"
    ASSESS = "assess"
    CONTEST = "contest"
    SETTLE = "settle"
    INVITE = "invite"
    CONFIDE = "confide"
    COMMENT = "comment"
    SIGN_OFF = "sign_off"
    PUBLISH_UNFINISHED = "publish_unfinished"
    EXPORT = "export"
    ISSUE = "issue"
    KNOW = "know"
    AUDIT = "audit"
    MANAGE_JOBS = "manage_jobs"
    REDACT = "redact"
    ADMINISTER = "administer"


_EVERYBODY = {Permission.PUBLIC, Permission.READ, Permission.AUDIT}
_TRUSTED = _EVERYBODY | {Permission.EXPORT, Permission.KNOW}
_WORKING = _TRUSTED | {Permission.COMMENT, Permission.CONTEST}
_CHECKING = _WORKING | {
    Permission.ADD_ARTICLE,
    Permission.ADD_EVIDENCE,
    Permission.ASSESS,
    Permission.INVITE,
    Permission.ISSUE,
}

_SIGNING = {Permission.SIGN_OFF, Permission.SETTLE}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.REPORTER: frozenset(_WORKING | {Permission.ADD_ARTICLE, Permission.ADD_EVIDENCE}),
    Role.CHECKER: frozenset(_CHECKING),
    Role.REVIEWER: frozenset(_CHECKING | _SIGNING),
    Role.APPROVER: frozenset(
        _WORKING | _SIGNING | {Permission.ISSUE, Permission.PUBLISH_UNFINISHED}
    ),
    Role.DESK_LEAD: frozenset(
        _CHECKING
        | _SIGNING
        | {Permission.PUBLISH_UNFINISHED, Permission.MANAGE_JOBS, Permission.CONFIDE}
    ),
    Role.AUDITOR: frozenset(_TRUSTED),
    Role.ADMIN: frozenset(
        _EVERYBODY | {Permission.REDACT, Permission.ADMINISTER, Permission.MANAGE_JOBS}
    ),
}


def permissions(roles: set[Role]) -> frozenset[Permission]:
    """Return everything the holder of these roles may do."""
    return frozenset().union(*(GRANTS[role] for role in roles))
