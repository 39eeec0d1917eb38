"""Korean numerals spelled out, Sino-Korean (이천오백) and native (스물다섯)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.numeral import Numeral

if TYPE_CHECKING:
    from claims.quantities.cjk.vocabulary import Vocabulary
    from claims.quantities.unit import Unit

_DIGITS = {
    letter: n
    for n, letters in enumerate(("영공", "일", "이", "삼", "사", "오", "육륙", "칠", "팔", "구"))
    for letter in letters
}
_PLACES = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 4, "억": 8, "조": 12, "경": 16}
_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_ONES = {
    "하나": 1,
    "한": 1,
    "둘": 2,
    "두": 2,
    "셋": 3,
    "세": 3,
    "석": 3,
    "넷": 4,
    "네": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
}
# Spans of days that have a name of their own.
DAYS = {
    "일주일": 7,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "보름": 15,
}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# Two neighbours that mean either: 서너 명 are three or four.
_PAIRS = {
    "한두": (1, 2),
    "두세": (2, 3),
    "두서너": (2, 4),
    "서너": (3, 4),
    "너덧": (4, 5),
    "네댓": (4, 5),
    "네다섯": (4, 5),
    "대여섯": (5, 6),
    "대엿": (5, 6),
    "예닐곱": (6, 7),
    "일고여덟": (7, 8),
    "여덟아홉": (8, 9),
    "엳아홉": (8, 9),
}
_SINO = "영공일이삼사오육륙칠팔구십백천만억조경"
# No numeral that can be read is longer; the bound keeps a run of 만만만… cheap.
_LONGEST = 44
_WHOLE = re.compile(rf"(?P<sino>[{_SINO}]*)(?P<native>(?:{_any(_TENS)})?(?:{_any(_ONES)})?)")
# 스물 다섯 명 is often written apart.
_SPACED = re.compile(
    rf"(?P<sino>[{_SINO}]*)(?P<native>(?:{_any(_TENS)}) (?:{_any(_ONES)}))(?=\s?[가-힣])"
)
# 만 천 원 is eleven thousand; 만 십팔 세 is an age, so a hundred or a thousand must follow.
_SPACED_SCALE = re.compile(
    rf"(?P<sino>[{_SINO}]{{0,12}}[만억조] [{_SINO}]{{0,3}}[천백][{_SINO}]{{0,12}})"
    r"(?P<native>)(?=\s?[가-힣])"
)
_TIMES = re.compile(
    r"\s?(?:배(?![가-힣])|배[로가는의를나]|퍼센트|프로(?![가-힣])|퍼센트포인트|분의)"
)
_VAGUE = re.compile(r"(?P<vague>[수몇])\s?(?P<scale>[십백천]?[만억조]?)")
_NAMED_DAYS = re.compile(_any(DAYS))
_PAIR = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)))
_SCALE_FIRST = re.compile(r"(?P<scale>[만천백])\s?(?=[0-9])")
_HANGUL = re.compile("[가-힣]")
_ODD = "여"
# A counted word ends here: nothing, no letter of Hangul, or a particle.
_ENDED = re.compile(
    r"$|[^가-힣]|(?:이|가|을|를|은|는|의|에|로|으|도|만|과|와|씩|당|째|간|까지|부터|쯤|정도|이상|이하|미만"
    r"|초과|가량|안팎|남짓|마다|뿐|나|이나|이며|이고|이다|였|이었|인|중|전|후|뒤|짜리|대|여)"
)
# One syllable is a number only before a unit that it could not belong to as a word.
_SINGLE = re.compile(
    r" (?:년|개월|퍼센트|프로|킬로|미터|분기|학년|달러|유로|조|억|층|위)"
    r"|\s?분의\s?[일이삼사오육칠팔구십백0-9]"
)
_SCALE_ALONE = re.compile(
    r"\s?(?:명|원|달러|개|톤|가구|건|대|곳|유로|엔|위안|번째|퍼센트|프로|배|여\s?(?:명|개|곳|건|가구|년))"
)
_NEVER_ALONE = frozenset("억조경영공")
# 한 번, 한 가지: the article rather than a figure.
_ARTICLE = re.compile(r"\s?(?:명|달|시간|살|주|해|표|골)")


def days(text: str, at: int) -> tuple[int, int] | None:
    """The end of a named span of days (이틀, 보름) at `at` and how many they are."""
    match = _NAMED_DAYS.match(text, at)
    if match is None or _follows_hangul(text, at) or not _ENDED.match(text, match.end()):
        return None
    return match.end(), DAYS[match.group()]


def read(words: Vocabulary, text: str, at: int) -> Numeral | None:
    """The spelled numeral at `at`, when a unit or a count noun follows it."""
    if _follows_hangul(text, at):
        return None
    return (
        _before_digits(words, text, at)
        or _pair(words, text, at)
        or _vague(words, text, at)
        or _spelled(words, text, at)
    )


def _follows_hangul(text: str, at: int) -> bool:
    return at > 0 and (_HANGUL.match(text, at - 1) is not None or text[at - 1].isdigit())


def _before_digits(words: Vocabulary, text: str, at: int) -> Numeral | None:
    """천 4백만 and 만 6천, whose first scale is a word; 만 19세 is an age and no sum."""
    match = _SCALE_FIRST.match(text, at)
    if match is None:
        return None
    rest = numerals.read(words, text, match.end())
    if rest is None or rest.value.is_nan():
        return None
    if match["scale"] == "만" and text[rest.end - 1 : rest.end] not in _PLACES:
        return None
    scale = Decimal(sino(match["scale"]) or 0).scaleb(rest.multiplier or 0)
    if rest.value >= scale:
        return None
    return rest._replace(start=at, value=scale + rest.value, arabic=False)


def _pair(words: Vocabulary, text: str, at: int) -> Numeral | None:
    match = _PAIR.match(text, at)
    if match is None or unit_after(words, text, match.end()) is None:
        return None
    low, high = _PAIRS[match.group()]
    return Numeral(at, match.end(), Decimal(low), arabic=False, decimals=0, high=Decimal(high))


def _spelled(words: Vocabulary, text: str, at: int) -> Numeral | None:
    for match in candidates(text, at):
        value = value_of(match)
        if value is None:
            continue
        end = match.end()
        if _counts(words, text, end) and _certain(match, text):
            power = _power(match["sino"]) if not match["native"] else 0
            return Numeral(
                at, end, Decimal(value), arabic=False, decimals=0, multiplier=power or None
            )
    return None


def candidates(text: str, at: int) -> list[re.Match[str]]:
    """The longest numeral first; then those that leave syllables to the unit (삼십세)."""
    spaced = _SPACED.match(text, at) or _SPACED_SCALE.match(text, at)
    if spaced is not None:
        return [spaced]
    end = at
    while end < len(text) and end - at <= _LONGEST and _HANGUL.match(text, end):
        end += 1
    found = []
    for stop in range(end, at, -1):
        match = _WHOLE.fullmatch(text, at, stop)
        if match is not None:
            found.append(match)
    return found


def value_of(match: re.Match[str]) -> int | None:
    """The number of a Sino-Korean beginning and a native rest (백스물다섯)."""
    value = sino(match["sino"]) if match["sino"] else 0
    if value is None:
        return None
    rest = native(match["native"])
    if rest and value % 100:
        return None
    return value + rest


def native(written: str) -> int:
    """The number of a native numeral below a hundred."""
    for word, tens in _TENS.items():
        if written.startswith(word):
            return tens + _ONES.get(written[len(word) :].strip(), 0)
    return _ONES.get(written, 0)


def sino(written: str) -> int | None:
    """The number of a Sino-Korean numeral; None when its places do not fall (백천)."""
    total, group, digit, last, closed = 0, 0, None, 10**5, 10**20
    for letter in written.replace(" ", ""):
        if letter in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[letter]
        elif letter in _PLACES:
            size = _PLACES[letter]
            if size >= last or digit == 0:
                return None
            group += size * (1 if digit is None else digit)
            digit, last = None, size
        else:
            size = 10 ** _MYRIADS[letter]
            value = group + (digit or 0)
            if size >= closed or (value == 0 and total):
                return None
            total += size * (value or 1)
            group, digit, last, closed = 0, None, 10**5, size
    if digit == 0 and (total or group):
        return None
    return total + group + (digit or 0)


def _power(written: str) -> int:
    return _MYRIADS.get(written[-1:], 0)


def unit_after(words: Vocabulary, text: str, at: int) -> tuple[int, Unit] | None:
    """The unit behind a numeral, past 여 and one blank, when it is not the start of a word."""
    if text[at : at + 1] == _ODD:
        at += 1
    if text[at : at + 1] == " ":
        at += 1
    found = words.unit_at(text, at)
    return found if found is not None and _ENDED.match(text, found[0]) else None


def _counts(words: Vocabulary, text: str, end: int) -> bool:
    return unit_after(words, text, end) is not None or _TIMES.match(text, end) is not None


def _certain(match: re.Match[str], text: str) -> bool:
    """Whether a short numeral is one: 한, 이, 만 and the like also begin everyday words."""
    written, end = match.group(), match.end()
    if match["native"]:
        if written == "한":
            return _ARTICLE.match(text, end) is not None
        return True
    if len(written) > 1:
        return True
    if written in _DIGITS:
        single = _SINGLE.match(text, end)
        return single is not None and (written != "이" or single.group()[0] != " ")
    return written not in _NEVER_ALONE and _SCALE_ALONE.match(text, end) is not None


def _vague(words: Vocabulary, text: str, at: int) -> Numeral | None:
    """수십, 수백만, 몇천: a scale without its number."""
    match = _VAGUE.match(text, at)
    if match is None or not match["scale"]:
        return None
    if unit_after(words, text, match.end()) is None:
        return None
    value = sino(match["scale"])
    if value is None:
        return None
    power = _power(match["scale"])
    return Numeral(
        at,
        match.end(),
        Decimal(value),
        arabic=False,
        decimals=0,
        multiplier=power or None,
        vague=True,
    )
