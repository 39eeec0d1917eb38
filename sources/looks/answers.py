"""How a page answered, in one word with a reason: alive, elsewhere, walled, missing, out of reach.

A site may say "not found" with a page that calls itself found, or ask to sign in with a page that
is no error. Both are suspected only where the words that were looked for are not on it.
"""

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from sources import fetch_refusals
from sources.columns import Words
from sources.errors import DeskError
from sources.fetching import Fetched
from sources.vocabulary import PageAnswer

NOT_MODIFIED = 304
WALLS = frozenset({401, 402, 403, 407, 451})
GONE = frozenset({404, 410})
BUSY = frozenset({429, 503})
LONGEST_WAIT = dt.timedelta(days=7)
"""However long a site asks to be left alone, it is looked at again after this."""
HEAD = 600
"""Characters of a text within which a page says that it is not there."""
SHORT = 3000
"""Characters of a text above which it is no notice."""
NO_PAGE = re.compile(
    r"\b(?:404|410)\b|not found|(?:does not|doesn.t|no longer) exist|no longer available|"
    r"page (?:is|has been) (?:removed|deleted|unavailable)|(?:[网页]页|页面|内容)不存在|"
    r"找不到(?:该|您|你|此|页|网)|已(?:被)?删除|已下线|无法访问|頁面不存在|找不到(?:網|頁)",
    re.IGNORECASE,
)
WALL = re.compile(
    r"(?:log|sign) ?in to|please (?:log|sign) ?in|subscribe to (?:read|continue)|"
    r"subscribers only|verify (?:that )?you are|are you a robot|captcha|enable javascript|"
    r"请(?:先)?登录|登录后|订阅后|会员专享|付费阅读|安全验证|请完成验证|人机验证|請先登入",
    re.IGNORECASE,
)
WALL_PATH = re.compile(r"/(?:log-?in|sign-?in|passport|sso|auth|captcha|verify)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one look. ``reason`` is None where all is well.

    ``wait`` is how long the site asks to be left alone. ``unchanged`` means that it says itself
    that nothing changed since the last look.
    """

    answer: PageAnswer
    status: int | None = None
    final_url: str | None = None
    reason: Words | None = None
    wait: dt.timedelta | None = None
    unchanged: bool = False

    @property
    def busy(self) -> bool:
        """Whether the site merely asked to come again later: that is no sign of anything."""
        return self.wait is not None


def answered(url: str, found: Fetched, moment: dt.datetime) -> Answer:
    """Judge an answer by its status and by where it led."""
    elsewhere = found.address if not _same_page(url, found.address) else None
    if found.status == NOT_MODIFIED:
        kind = PageAnswer.REDIRECTED if elsewhere else PageAnswer.ALIVE
        return Answer(kind, found.status, elsewhere, unchanged=True)
    problem = fetch_refusals.status(found.status)
    if problem is not None:
        return Answer(
            _class_of(found.status),
            found.status,
            elsewhere,
            problem.message,
            wait=_wait(found, moment) if found.status in BUSY else None,
        )
    kind = PageAnswer.REDIRECTED if elsewhere else PageAnswer.ALIVE
    return Answer(kind, found.status, elsewhere)


def unanswered(problem: DeskError) -> Answer:
    """Judge a look that brought no answer."""
    if problem.code == "fetch_robots":
        return Answer(PageAnswer.FORBIDDEN, reason=problem.message)
    return Answer(PageAnswer.UNREACHABLE, reason=problem.message)


def suspected(url: str, answer: Answer, text: str) -> Answer:
    """Judge again a page that answered well, and on which none of the words stood any more."""
    reached, head = answer.final_url or url, text[:HEAD]
    notice = len(text) < SHORT
    if WALL_PATH.search(urlsplit(reached).path) or (notice and WALL.search(text)):
        return Answer(PageAnswer.WALLED, answer.status, answer.final_url, _walled())
    lost = urlsplit(reached).path in ("", "/") and urlsplit(url).path not in ("", "/")
    if lost or (notice and NO_PAGE.search(head)):
        return Answer(PageAnswer.MISSING, answer.status, answer.final_url, _missing(at_home=lost))
    return answer


def robots_refusal() -> DeskError:
    """The refusal of a page that its site lets no machine read."""
    return fetch_refusals.refused(
        "robots",
        "网站的 robots.txt 不许程序读取这个网页，因此没有自动查看。需要时请由人留存快照。",
        "The site's robots.txt lets no program read this page, so it is not looked at by itself. "
        "A person may still keep a snapshot of it.",
    )


def robots_silence(host: str) -> DeskError:
    """The refusal of a page whose site could not be asked what it lets a machine read."""
    return fetch_refusals.passing(
        "silent",
        f"{host} 没有回应，也就无法得知它许不许程序读取，因此没有查看网页。",
        f"{host} did not answer, so that nobody could ask what it lets a program read: the page "
        "was not looked at.",
    )


def _class_of(status: int) -> PageAnswer:
    if status in WALLS:
        return PageAnswer.WALLED
    return PageAnswer.MISSING if status in GONE else PageAnswer.UNREACHABLE


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but scheme, ``www.`` or a slash at the end."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query


def _wait(found: Fetched, moment: dt.datetime) -> dt.timedelta | None:
    """Read Retry-After (RFC 9110, 10.2.3): seconds or a date; None where there is none."""
    said = next((value for name, value in found.headers if name.lower() == "retry-after"), "")
    said = said.strip()
    if said.isascii() and said.isdigit():
        # A number of many digits would overflow before it could be capped.
        return min(dt.timedelta(seconds=int(said[:9])), LONGEST_WAIT)
    try:
        asked = parsedate_to_datetime(said) - moment
    except (TypeError, ValueError, OverflowError):
        # 429 asks for patience even where it does not say how much.
        return dt.timedelta(hours=1) if found.status == 429 else None  # noqa: PLR2004 - Too Many Requests
    return min(max(asked, dt.timedelta()), LONGEST_WAIT)


def _walled() -> Words:
    return {
        "zh": "网页现在要求登录、付费或验证，读者看不到原来的内容。",
        "en": "The page asks to sign in, to pay or to prove that one is no machine: readers do not "
        "see what stood there.",
    }


def _missing(*, at_home: bool) -> Words:
    if at_home:
        return {
            "zh": "网址现在转到网站首页，原来的网页疑似已不存在。",
            "en": "The address leads to the site's front page now: the page is probably gone.",
        }
    return {
        "zh": "网页回答正常，但内容像是“页面不存在”。",
        "en": "The page answers as if all were well, but says that it does not exist.",
    }
