"""Questions about doors and keys: who came in, who was turned away, what left the house."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.event_words import word_in
from app.questions.question import MOST, Answer, Narrowed, Question, both
from app.security_events.reading import events, said
from app.security_events.vocabulary import FAILURES, Event


def _asks(*wanted: Event) -> Callable[[Session, Narrowed], list[Answer]]:
    """A question that lists some of the security events."""

    def ask(session: Session, narrowed: Narrowed) -> list[Answer]:
        answers = []
        for event, entry in events(session, narrowed.asked(), frozenset(wanted)):
            told = (said(event, entry, tongue, word_in(tongue)) for tongue in ("zh", "en"))
            answers.append(Answer(entry, both(*told)))
            if len(answers) == MOST:
                break
        return answers

    return ask


QUESTIONS = (
    Question(
        "security",
        both("有哪些安全事件？", "Which security events were there?"),
        both(
            "列出登录、退出、失败、角色、令牌、密钥、联系人读取、导出、拒绝与服务启停。"
            "同一来源五分钟内的重复拒绝合为一条，写明次数。",
            "Sign-ins, failures, roles, tokens, keys, contacts read, exports, refusals, starts and "
            "stops. Repeated refusals of five minutes are one entry with their number.",
        ),
        _asks(*Event),
    ),
    Question(
        "failed-sign-ins",
        both("有哪些登录失败？", "Which sign-ins failed?"),
        both(
            "列出失败的登录与达到的次数上限：针对哪个账户、从同一来源多少次；输入的用户名不保存。",
            "Sign-ins that failed and limits that were reached: for which account, how often from "
            "the same place. Names as typed are not kept.",
        ),
        _asks(Event.SIGN_IN_FAILED, Event.LIMIT_REACHED),
    ),
    Question(
        "refused",
        both("谁被拒绝了什么？", "Who was refused what?"),
        both(
            "列出越权访问、疑似伪造的请求、无效令牌和被拒绝的联系人读取。",
            "Access without the right, forged requests, tokens that do not work, contacts somebody "
            "tried to read.",
        ),
        _asks(*sorted(FAILURES - {Event.SIGN_IN_FAILED})),
    ),
    Question(
        "confidential-reads",
        both("谁接触过保密内容？", "Who came near what is confidential?"),
        both(
            "列出联系人的每一次读取、被拒绝的尝试、保存与销毁，知悉授权的给出与收回，"
            "打开的封存原件和附录中写出的保密来源。",
            "Contacts read, attempts that were refused, what was kept and what destroyed; who may "
            "know, named and revoked; sealed originals opened; sources told in an appendix.",
        ),
        _asks(
            Event.CONTACT_READ,
            Event.CONTACT_READ_REFUSED,
            Event.CONTACT_KEPT,
            Event.CONTACT_DESTROYED,
            Event.READER_NAMED,
            Event.READER_REVOKED,
            Event.SEALED_OPENED,
            Event.SOURCE_TOLD,
        ),
    ),
    Question(
        "left-the-house",
        both("哪些文件离开了本社？", "Which files left the house?"),
        both(
            "列出发出的附录、生成与导出的文件、打开的封存原件和附录中写出的保密来源。",
            "Appendices issued, files made and handed out, sealed originals opened, and "
            "confidential sources told in an appendix.",
        ),
        _asks(
            Event.EXPORTED,
            Event.FILE_MADE,
            Event.APPENDIX_ISSUED,
            Event.SEALED_OPENED,
            Event.SOURCE_TOLD,
        ),
    ),
    Question(
        "server-runs",
        both("服务何时启停，设置有何变动？", "When did the server run, and what was set anew?"),
        both(
            "列出启动、停止、设置变动、密钥更换、台账校验与涂销。",
            "Starts, stops, settings that changed, keys rotated, verifications and redactions.",
        ),
        _asks(
            Event.SERVER_STARTED,
            Event.SERVER_STOPPED,
            Event.SETTINGS_CHANGED,
            Event.KEY_ROTATED,
            Event.LEDGER_VERIFIED,
            Event.REDACTED,
        ),
    ),
)
