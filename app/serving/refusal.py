"""The answer to what is no request: short, in both languages, and the connection ends."""

import uuid
from typing import Any, Final

import structlog
from waitress.task import ErrorTask

log = structlog.get_logger()

WORDS: Final[dict[int, tuple[str, str]]] = {
    400: ("请求有误，无法读取。", "The request could not be read."),
    413: ("发送的内容太大，没有保存。", "What was sent is too large and was not saved."),
    431: ("请求附带的内容太多。", "The request brings too much with it."),
    500: ("系统出错，没有保存。", "Something broke; nothing was saved."),
    501: ("不支持这种传送方式。", "This way of sending is not supported."),
}
HEADERS: Final = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
)


class Refusal(ErrorTask):
    """Waitress's answer to an error, without its name and without its reason."""

    def execute(self) -> None:
        """Answer; the reason stands in the log, under the number that the answer has."""
        request: Any = self.request
        problem, incident = request.error, str(uuid.uuid4())
        log.warning("request refused", request=incident, status=problem.code, why=problem.body)
        chinese, english = WORDS.get(problem.code, WORDS[400])
        told = f"{chinese}\n{english}\n\n编号 · Incident: {incident}\n".encode()
        self.status = f"{problem.code} {problem.reason}"
        self.response_headers = [*HEADERS, ("X-Request-ID", incident)]
        self.set_close_on_finish()
        channel: Any = self.channel
        channel.lingers = True
        self.content_length = len(told)
        self.write(told)
