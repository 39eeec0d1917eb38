"""The closed list of security events, and how each stands in the ledger.

Fields follow OWASP ASVS 5.0, V16.2: when, who, where from, what, with which outcome, on which
request. Nothing that a visitor typed is ever among them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from app.ledger.history import Entry
from sources.words import Words

KIND = "security"
"""The kind of the entries that are made here and nowhere else."""


class Event(StrEnum):
    """What can happen; the value is the word in the ledger, in JSON and in a collector."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    SESSION_ENDED = "session_ended"
    PROOF_RENEWED = "proof_renewed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event.
    FACTOR_CHANGED = "factor_changed"
    IDENTITY_BOUND = "identity_bound"
    IDENTITY_LET_GO = "identity_let_go"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    LINK_MADE = "link_made"
    LINK_USED = "link_used"
    LINK_WITHDRAWN = "link_withdrawn"
    TOKEN_MADE = "token_made"  # noqa: S105 - the name of an event.
    TOKEN_FIRST_USED = "token_first_used"  # noqa: S105 - the name of an event.
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of an event.
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of an event.
    ACCESS_DENIED = "access_denied"
    REQUEST_FORGED = "request_forged"
    FIELD_FORGED = "field_forged"
    LIMIT_REACHED = "limit_reached"
    CONTACT_KEPT = "contact_kept"
    CONTACT_READ = "contact_read"
    CONTACT_READ_REFUSED = "contact_read_refused"
    CONTACT_DESTROYED = "contact_destroyed"
    READER_NAMED = "reader_named"
    READER_REVOKED = "reader_revoked"
    SEALED_OPENED = "sealed_opened"
    SOURCE_TOLD = "source_told"
    APPENDIX_ISSUED = "appendix_issued"
    FILE_MADE = "file_made"
    EXPORTED = "exported"
    KEY_ROTATED = "key_rotated"
    REDACTED = "redacted"
    LEDGER_VERIFIED = "ledger_verified"
    SERVER_STARTED = "server_started"
    SERVER_STOPPED = "server_stopped"
    SETTINGS_CHANGED = "settings_changed"


TITLES: Mapping[Event, Words] = {
    Event.SIGN_IN: {"zh": "登录", "en": "Signed in"},
    Event.SIGN_IN_FAILED: {"zh": "登录失败", "en": "Sign-in failed"},
    Event.SIGN_OUT: {"zh": "退出", "en": "Signed out"},
    Event.SESSION_ENDED: {"zh": "登录状态被结束", "en": "A session was ended"},
    Event.PROOF_RENEWED: {"zh": "再次证明身份", "en": "Identity confirmed again"},
    Event.PASSWORD_CHANGED: {"zh": "修改密码", "en": "Password changed"},
    Event.FACTOR_CHANGED: {"zh": "第二重验证有变动", "en": "Second factor changed"},
    Event.IDENTITY_BOUND: {"zh": "绑定机构身份", "en": "Identity bound"},
    Event.IDENTITY_LET_GO: {"zh": "解除绑定的机构身份", "en": "Identity let go"},
    Event.ACCOUNT_MADE: {"zh": "新账户", "en": "Account made"},
    Event.ACCOUNT_DISABLED: {"zh": "停用账户", "en": "Account disabled"},
    Event.ACCOUNT_ENABLED: {"zh": "启用账户", "en": "Account in use"},
    Event.ROLE_GIVEN: {"zh": "授予角色", "en": "Role given"},
    Event.ROLE_TAKEN: {"zh": "收回角色", "en": "Role taken away"},
    Event.LINK_MADE: {"zh": "开出一次性链接", "en": "One-time link made"},
    Event.LINK_USED: {"zh": "用掉一次性链接", "en": "One-time link used"},
    Event.LINK_WITHDRAWN: {"zh": "撤销一次性链接", "en": "One-time link withdrawn"},
    Event.TOKEN_MADE: {"zh": "新令牌", "en": "Token made"},
    Event.TOKEN_FIRST_USED: {"zh": "令牌第一次使用", "en": "Token used for the first time"},
    Event.TOKEN_REVOKED: {"zh": "撤销令牌", "en": "Token revoked"},
    Event.TOKEN_REFUSED: {"zh": "令牌被拒绝", "en": "Token refused"},
    Event.ACCESS_DENIED: {"zh": "越权访问被拒绝", "en": "Access denied"},
    Event.REQUEST_FORGED: {"zh": "疑似伪造的请求被拒绝", "en": "Forged request refused"},
    Event.FIELD_FORGED: {
        "zh": "表单夹带了不该有的字段",
        "en": "A form brought a field it must not",
    },
    Event.LIMIT_REACHED: {"zh": "达到次数上限", "en": "Limit reached"},
    Event.CONTACT_KEPT: {"zh": "保存联系人", "en": "Contact kept"},
    Event.CONTACT_READ: {"zh": "读取联系人", "en": "Contact read"},
    Event.CONTACT_READ_REFUSED: {"zh": "读取联系人被拒绝", "en": "Reading a contact refused"},
    Event.CONTACT_DESTROYED: {"zh": "销毁联系人", "en": "Contact destroyed"},
    Event.READER_NAMED: {"zh": "授权知悉保密来源", "en": "Named as who may know a source"},
    Event.READER_REVOKED: {"zh": "收回知悉授权", "en": "May know a source no more"},
    Event.SEALED_OPENED: {"zh": "打开封存原件", "en": "Sealed original opened"},
    Event.SOURCE_TOLD: {
        "zh": "附录中写出保密来源",
        "en": "Confidential source told in an appendix",
    },
    Event.APPENDIX_ISSUED: {"zh": "发出附录", "en": "Appendix issued"},
    Event.FILE_MADE: {"zh": "生成附录文件", "en": "Appendix file made"},
    Event.EXPORTED: {"zh": "导出文件", "en": "File exported"},
    Event.KEY_ROTATED: {"zh": "更换密钥", "en": "Key rotated"},
    Event.REDACTED: {"zh": "涂销", "en": "Redacted"},
    Event.LEDGER_VERIFIED: {"zh": "校验台账", "en": "Ledger verified"},
    Event.SERVER_STARTED: {"zh": "服务启动", "en": "Server started"},
    Event.SERVER_STOPPED: {"zh": "服务停止", "en": "Server stopped"},
    Event.SETTINGS_CHANGED: {"zh": "设置有变动", "en": "Settings changed"},
}
FAILURES = frozenset(
    {
        Event.SIGN_IN_FAILED,
        Event.TOKEN_REFUSED,
        Event.ACCESS_DENIED,
        Event.REQUEST_FORGED,
        Event.FIELD_FORGED,
        Event.LIMIT_REACHED,
        Event.CONTACT_READ_REFUSED,
    }
)
"""What did not succeed; everything else did."""
ACTS: Mapping[tuple[str, str], Event] = {
    ("account", "sign_in"): Event.SIGN_IN,
    ("account", "sign_out"): Event.SIGN_OUT,
    ("account", "signed_out_by_provider"): Event.SIGN_OUT,
    ("account", "session_ended"): Event.SESSION_ENDED,
    ("account", "sessions_ended"): Event.SESSION_ENDED,
    ("account", "signed_out_by_desk"): Event.SESSION_ENDED,
    ("account", "password_changed"): Event.PASSWORD_CHANGED,
    ("account", "password_set"): Event.PASSWORD_CHANGED,
    ("account", "proved"): Event.PROOF_RENEWED,
    ("account", "link_used"): Event.LINK_USED,
    ("contact", "read"): Event.CONTACT_READ,
    ("contact", "rotate"): Event.KEY_ROTATED,
    ("factor", "rotate"): Event.KEY_ROTATED,
    ("desk", "rotate"): Event.KEY_ROTATED,
    ("checkpoint", "K"): Event.KEY_ROTATED,
    ("snapshot", "open_sealed"): Event.SEALED_OPENED,
    ("source", "told_in_appendix"): Event.SOURCE_TOLD,
    ("article", "appendix"): Event.APPENDIX_ISSUED,
    ("article", "appendix_file"): Event.FILE_MADE,
    ("article", "X"): Event.EXPORTED,
    ("ledger", "X"): Event.EXPORTED,
    ("ledger", "verify"): Event.LEDGER_VERIFIED,
}
"""What the acts of other modules mean, by table and ``op``."""
FACTORS = ("factor", "recovery", "passkey", "totp", "code")
"""How the acts of an account about its second factors begin."""


class Row(NamedTuple):
    """What the entries of a table mean: added, removed, and changed by which column."""

    added: Event | None = None
    removed: Event | None = None
    changed: tuple[tuple[str, Event], ...] = ()


ROWS: Mapping[str, Row] = {
    "account": Row(Event.ACCOUNT_MADE),
    "account_identity": Row(Event.IDENTITY_BOUND, Event.IDENTITY_LET_GO),
    "role_grant": Row(Event.ROLE_GIVEN, Event.ROLE_TAKEN),
    "account_link": Row(Event.LINK_MADE, None, (("withdrawn_at", Event.LINK_WITHDRAWN),)),
    "api_token": Row(Event.TOKEN_MADE, None, (("revoked_at", Event.TOKEN_REVOKED),)),
    "contact": Row(Event.CONTACT_KEPT, None, (("destroyed_by", Event.CONTACT_DESTROYED),)),
    "need_to_know": Row(Event.READER_NAMED, None, (("revoked_by", Event.READER_REVOKED),)),
    "factor": Row(None, Event.FACTOR_CHANGED),
}
"""What the rows of a table mean, which triggers enter."""


def event_of(entry: Entry) -> Event | None:
    """Return the security event an entry tells of; None for every other entry."""
    if entry.kind == KIND:
        return Event(entry.op) if entry.op in set(Event) else None
    if entry.kind == "redaction":
        return Event.REDACTED
    if entry.kind == "row":
        return _row(entry)
    if entry.table == "account" and entry.op.startswith(FACTORS):
        return Event.FACTOR_CHANGED
    return ACTS.get((entry.table, entry.op))


def _row(entry: Entry) -> Event | None:
    known, old, new = ROWS.get(entry.table), entry.old or {}, entry.new or {}
    if known is None:
        return None
    if entry.op != "U":
        return {"I": known.added, "D": known.removed}.get(entry.op)
    if entry.table == "account" and "active" in new:
        return Event.ACCOUNT_ENABLED if new["active"] in (True, 1) else Event.ACCOUNT_DISABLED
    return next(
        (event for name, event in known.changed if new.get(name) and not old.get(name)), None
    )
