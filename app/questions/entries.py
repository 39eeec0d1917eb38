"""Questions that the ledger's entries answer by themselves."""

from sqlalchemy.orm import Session

from app.ledger.history import Entry
from app.questions.question import MOST, Answer, Narrowed, Question, both, found


def from_outside(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List changes that did not come through the application."""
    entries = found(session, narrowed.asked(kind="foreign"))
    return [Answer(entry, both("在应用之外写入", "written from outside")) for entry in entries]


def unattributed(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List entries that name nobody."""
    entries = found(session, narrowed.asked(kind="nobody"))
    return [Answer(entry, both("没有署名", "names nobody")) for entry in entries]


def exports(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List every file that left the desk."""
    return [
        Answer(entry, _exported(entry)) for entry in found(session, narrowed.asked(kind="export"))
    ]


def _exported(entry: Entry) -> dict[str, str]:
    if entry.table == "ledger":
        return both(f"台账文件 {entry.pk}", f"file of the ledger, {entry.pk}")
    story = entry.new or {}
    number, form = story.get("number", "—"), story.get("format", "—")
    digest = str(story.get("file_sha256", "—"))
    return both(
        f"附录第 {number} 号（{form}），SHA-256 {digest}",
        f"appendix {number} ({form}), SHA-256 {digest}",
    )


def redactions(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List what was taken out of the record, by whom and why."""
    entries = found(session, narrowed.asked(kind="redaction"))
    return [
        Answer(
            entry,
            both(
                f"涂销：{(entry.new or {}).get('reason', '—')}",
                f"redacted: {(entry.new or {}).get('reason', '—')}",
            ),
        )
        for entry in entries
    ]


def roles_changed(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List who was given or lost a role."""
    entries = found(session, narrowed.asked(table="role_grant"))
    return [Answer(entry, _granted(entry)) for entry in entries]


def _granted(entry: Entry) -> dict[str, str]:
    role = ((entry.new or {}) | (entry.old or {})).get("role", "—")
    if entry.op == "D":
        return both(f"收回角色 {role}", f"role {role} taken away")
    return both(f"授予角色 {role}", f"role {role} given")


ADMINISTERED = ("account", "account_identity", "account_link", "api_token")
"""The tables in which accounts are administered, besides their roles."""


def accounts_administered(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List what was done to accounts: opened, shut, linked, given tokens."""
    answers = [
        Answer(entry, said)
        for table in ADMINISTERED
        for entry in found(session, narrowed.asked(table=table))
        if (said := _administered(entry)) is not None
    ]
    return sorted(answers, key=lambda answer: -answer.entry.eid)[:MOST]


def _administered(entry: Entry) -> dict[str, str] | None:
    """What an entry did to an account; None for an owner's own preferences and acts."""
    old, new = entry.old or {}, entry.new or {}
    if entry.table == "account_link":
        made, used = entry.op == "I", bool(new.get("used_at"))
        ended = both("用掉一次性链接", "one-time link used") if used else None
        return (
            both("开出一次性链接", "one-time link made")
            if made
            else ended or both("撤销一次性链接", "one-time link withdrawn")
        )
    if entry.table == "account_identity":
        known = (old | new).get("label") or (old | new).get("subject", "—")
        return (
            both(f"绑定身份 {known}", f"identity bound: {known}")
            if entry.op == "I"
            else both(f"解除身份 {known}", f"identity let go: {known}")
        )
    if entry.table == "api_token":
        made = entry.op == "I"
        return (
            both(f"新令牌：{new.get('name', '—')}", f"token made: {new.get('name', '—')}")
            if made
            else both("撤销令牌", "token revoked")
        )
    if entry.kind != "row" or (entry.op == "U" and new.get("active") == old.get("active")):
        return None
    if entry.op == "I":
        return both(f"新账户 {new.get('name', '—')}", f"account {new.get('name', '—')} made")
    shut = new.get("active") in (False, 0)
    return both("停用账户", "account disabled") if shut else both("启用账户", "account in use")


def removed(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List rows that were deleted."""
    entries = found(session, narrowed.asked(op="D"))
    return [Answer(entry, both("整行删除", "the whole row was deleted")) for entry in entries]


def rewritten(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List rows that a schema migration changed."""
    entries = found(session, narrowed.asked(op="M"))
    return [
        Answer(entry, both("由结构迁移改写", "rewritten by a schema migration"))
        for entry in entries
    ]


def withdrawn(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List evidence that was taken out of the weighing."""
    entries = found(session, narrowed.asked(table="evidence", op="U", text="withdrawal_reason"))
    return [
        Answer(entry, both(f"撤回：{reason}", f"withdrawn: {reason}"))
        for entry in entries
        if (reason := (entry.new or {}).get("withdrawal_reason"))
    ]


def lowered(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List conclusions that are graver than what the figures come to."""
    entries = found(session, narrowed.asked(table="assessment", op="I", text="lowered_from"))
    return [
        Answer(
            entry,
            both(
                f"由“{new['lowered_from']}”改严为“{new.get('status')}”",
                f"lowered from {new['lowered_from']} to {new.get('status')}",
            ),
        )
        for entry in entries
        if (new := entry.new or {}).get("lowered_from")
    ]


QUESTIONS = (
    Question(
        "from-outside",
        both("哪些改动来自应用之外？", "Which changes came from outside the application?"),
        both(
            "列出不是经由本应用写入的记录，例如有人直接用数据库工具改动。",
            "Entries that did not come through this application, as when somebody used a database "
            "shell.",
        ),
        from_outside,
    ),
    Question(
        "unattributed",
        both("哪些记录没有署名？", "Which entries name nobody?"),
        both("列出不知道是谁所为的记录。", "Entries of which nobody knows who made them."),
        unattributed,
    ),
    Question(
        "exports",
        both("谁导出了什么？", "Who exported what?"),
        both(
            "列出发出的每一个附录文件：谁、何时、哪一种格式，及其 SHA-256；以及导出的台账文件。",
            "Every file of an appendix handed out: by whom, when, in which format, its SHA-256; "
            "and files of the ledger.",
        ),
        exports,
    ),
    Question(
        "redactions",
        both("哪些内容从台账中涂销了？", "What was redacted from the ledger?"),
        both("列出每一次涂销：谁、何时、为何。", "Every redaction: who, when and why."),
        redactions,
    ),
    Question(
        "roles-changed",
        both("谁的角色有变动？", "Whose roles changed?"),
        both("列出授予和收回的每一个角色。", "Every role given and taken away."),
        roles_changed,
    ),
    Question(
        "accounts-administered",
        both("对账户做过什么？", "What was done to accounts?"),
        both(
            "列出账户的开设、停用与启用，一次性链接和 API 令牌的开出与失效。",
            "Accounts made, disabled and opened again; one-time links and API tokens made and "
            "ended.",
        ),
        accounts_administered,
    ),
    Question(
        "removed",
        both("删除了什么？", "What was deleted?"),
        both(
            "列出整行删除的记录；其内容仍在台账里。",
            "Rows that were deleted whole; what they held is still in the ledger.",
        ),
        removed,
    ),
    Question(
        "rewritten-by-migration",
        both("迁移改写了哪些行？", "Which rows did migrations rewrite?"),
        both(
            "列出结构迁移绕过触发器改写的行。",
            "Rows that a schema migration changed behind the triggers.",
        ),
        rewritten,
    ),
    Question(
        "evidence-withdrawn",
        both("撤回了哪些证据，为何？", "Which evidence was withdrawn, and why?"),
        both("列出撤回的证据及其理由。", "Evidence taken out of the weighing, with the reason."),
        withdrawn,
    ),
    Question(
        "status-lowered",
        both("哪些评定比汇总更严？", "Which conclusions are graver than their figures?"),
        both(
            "列出评审把汇总结果改严的评定。",
            "Assessments in which a reviewer lowered the folded status.",
        ),
        lowered,
    ),
)
