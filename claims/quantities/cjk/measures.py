"""A numeral with its unit: money, measures, ages, temperatures, spans of time, counts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import money, not_units, spans
from claims.quantities.quantity import Draft
from claims.quantities.unit import Unit

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_BLANKS = " \u3000\xa0"
_ABOUT = frozenset("来來")
_YEARS_OLD = frozenset({"岁", "歲", "周岁", "歳", "才", "세", "살"})
_HALF = Decimal("0.5")
_SCALES = re.compile(r"(?:摄氏|攝氏|华氏|華氏|摂氏|섭씨|화씨)(?:温度|溫度)?\s?\Z")
_BELOW_ZERO = re.compile(r"(?:零下|负|負)\s?\Z")
_WARM = re.compile(r"温|溫|热|熱|冷|暖|寒|摄氏|华氏|体感|烧|燒|온도|기온")
_WARM_REACH = 12
# Units behind which bare digits are decimals, with the unit of a tenth where it has a name.
_TAILED = {"meter": "decimeter", "jin": "liang", "chi": "cun", "zhang": "chi"}
_TAIL = re.compile(
    r"\s?[0-9０-９]{1,2}(?![0-9０-９.．,%％一二三四五六七八九十百千万亿])|[一二三四五六七八九]{1,2}(?![一二三四五六七八九十百千万亿点])"
)
# In these surroundings 位 is a bit and counts no persons.
_BITS = re.compile(
    r"存储单位|儲存單位|字节|位元組|二进制|二進位|操作系统|作業系統|处理器|處理器|密钥|金鑰|加密"
)
_BIT = Unit("bit", "bit", "dimension")
_TENTH = re.compile(
    r"[1-9１-９一二三四五六七八九](?![0-9０-９.．%％一二三四五六七八九十百千万亿点成])"
)
# Taiwan counts changes of the key rate in 碼 of 25 basis points.
_RATES = re.compile("升息|降息|加息|减息|減息|利率|聯準會|央行")
_NOTCHES = frozenset("码碼")
_NOTCH = 25
_RATE_REACH = 16
_BASIS_POINT = Unit("bp", "basis point", "percentage")
_PIECES = frozenset("半多余餘来來")
_COUNTED_ONE = frozenset("仅只僅隻达達共第足")


def read(place: Place, numeral: Numeral) -> Draft | None:
    """The quantity of `numeral` with the unit at its side."""
    at, odd = approximated(place, numeral)
    unit = _unit(place, at, numeral)
    draft = money.read(place, numeral, unit)
    if draft is None and unit is not None:
        draft = _measured(place, numeral, unit)
    if draft is None:
        return None
    if draft.decimals is None:
        draft.decimals = numeral.decimals
    draft.multiplier = numeral.multiplier
    if odd or numeral.odd:
        draft.comparator = "about" if odd and text_is_about(place, at) else "odd"
    if numeral.vague:
        draft.comparator = "multiple_of"
    elif numeral.about:
        draft.comparator = "about"
    return draft


def text_is_about(place: Place, at: int) -> bool:
    """七百来块 is about seven hundred; 多 and 余 are a little more."""
    return place.text[at - 1].strip() in _ABOUT or place.text[at - 2 : at - 1] in _ABOUT


def approximated(place: Place, numeral: Numeral) -> tuple[int, bool]:
    """Where the unit starts, and whether 多, 余, 来 or 几 stands before it."""
    text, at = place.text, numeral.end
    if text[at : at + 1] in _BLANKS and text[at : at + 1]:
        at += 1
        if text[at : at + 1] in _BLANKS and text[at : at + 1]:
            at += 1
    letter = text[at : at + 1]
    if letter and letter in place.words.inside and not numeral.vague:
        if letter in "数數" or (letter in "来來" and place.words.unit_at(text, at + 1) is None):
            return at, False
        at += 1
        if text[at : at + 1] == " " and place.words.unit_at(text, at + 1) is not None:
            at += 1
        return at, True
    return at, False


def _unit(place: Place, at: int, numeral: Numeral) -> tuple[int, Unit] | None:
    text, words = place.text, place.words
    found = words.unit_at(text, at)
    if found is None:
        return None
    end, unit = found
    if unit.symbol in ("个", "個"):
        inner = words.unit_at(text, end)
        if inner is not None and inner[1].kind == "currency":
            return inner
    if not_units.names(place, numeral, at, found):
        return None
    return found


def _measured(place: Place, numeral: Numeral, found: tuple[int, Unit]) -> Draft | None:
    end, unit = found
    if unit.symbol in _NOTCHES and _RATES.search(
        place.text, max(0, numeral.start - _RATE_REACH), numeral.start
    ):
        basis = numeral.value * _NOTCH
        return _draft(numeral, numeral.start, end, "percentage", basis, _BASIS_POINT)
    if unit.kind == "duration":
        return spans.read(place, numeral, end, unit)
    if unit.kind == "temperature" or unit.symbol == "°":
        return _temperature(place, numeral, end, unit)
    if unit.kind == "count":
        timed = spans.minutes(place, numeral) if unit.symbol == "分" else None
        return timed or _count(place, numeral, end, unit)
    value = numeral.value
    if place.text[end : end + 1] == "半" and unit.kind == "dimension":
        value, end = value + _HALF, end + 1
    elif unit.name in _TAILED and numeral.decimals == 0 and not numeral.multiplier:
        return _with_tail(place, numeral, end, unit)
    return _draft(numeral, numeral.start, end, unit.kind, value, unit)


def _with_tail(place: Place, numeral: Numeral, end: int, unit: Unit) -> Draft:
    """4米85, 一米八 and 三斤二两: bare digits behind the unit are its decimals."""
    text, words = place.text, place.words
    value, decimals = numeral.value, 0
    match = _TAIL.match(text, end)
    after = None if match is None else words.unit_at(text, match.end())
    if match is not None and words.coins.at(text, match.end()) is not None:
        match = None
    tenth = match is not None and match.end() == end + 1 and after is not None
    if match is not None and tenth and after is not None and after[1].name == _TAILED[unit.name]:
        value += Decimal(words.digits.get(match.group(), match.group())) / 10
        end, decimals = after[0], 1
    elif match is not None and after is None:
        digits = match.group().strip()
        written = "".join(str(words.digits.get(letter, letter)) for letter in digits)
        value += Decimal(f"0.{written}")
        end, decimals = match.end(), len(written)
    draft = _draft(numeral, numeral.start, end, unit.kind, value, unit)
    draft.decimals = decimals
    return draft


def _draft(numeral: Numeral, start: int, end: int, kind: str, value: Decimal, unit: Unit) -> Draft:
    draft = Draft(start, end, numeral.start, numeral.end, kind, value, f"{kind}-unit")
    draft.unit, draft.unit_name = unit.symbol, unit.name
    return draft


def _temperature(place: Place, numeral: Numeral, end: int, unit: Unit) -> Draft:
    """Degrees: with a scale before or in the unit, warm by context, or else an angle."""
    text, start = place.text, numeral.start
    floor = max(place.free, start - _WARM_REACH)
    below = _BELOW_ZERO.search(text, floor, start)
    value = -numeral.value if below and numeral.value > 0 else numeral.value
    if below is not None:
        start = below.start()
    scale = _SCALES.search(text, floor, start)
    kind = "temperature"
    warm = numeral.value < 0 or _WARM.search(text, max(0, start - _WARM_REACH), start) is not None
    if unit.symbol == "°" and numeral.decimals == 0:
        value, end = _tenths(place, value, end)
    if unit.symbol == "°":
        if scale is not None:
            celsius = text[scale.start()] in "摄攝摂섭"
            unit = Unit("°C", "celsius", kind) if celsius else Unit("°F", "fahrenheit", kind)
            start = scale.start()
        elif below is None and not warm:
            kind = "dimension"
    return _draft(numeral, start, end, kind, value, unit)


def _aged(place: Place, numeral: Numeral, end: int, unit: Unit) -> Draft | None:
    """三岁半: an age in years."""
    if unit.symbol not in _YEARS_OLD:
        return None
    value = numeral.value
    if place.text[end : end + 1] == "半":
        value, end = value + _HALF, end + 1
    draft = _draft(numeral, numeral.start, end, "age", value, unit)
    draft.unit, draft.unit_name = "year", "year"
    return draft


def _tenths(place: Place, value: Decimal, end: int) -> tuple[Decimal, int]:
    """38度5 is 38.5 degrees."""
    match = _TENTH.match(place.text, end)
    if match is None or place.words.unit_at(place.text, match.end()) is not None:
        return value, end
    digit = Decimal(place.words.digits.get(match.group(), match.group())) / 10
    return (value - digit if value < 0 else value + digit), match.end()


def _count(place: Place, numeral: Numeral, end: int, unit: Unit) -> Draft | None:
    text = place.text
    personal = _aged(place, numeral, end, unit)
    if personal is not None:
        return personal
    if unit.symbol == "位" and _BITS.search(text, max(0, numeral.start - 14), end + 14):
        return _draft(numeral, numeral.start, end, "dimension", numeral.value, _BIT)
    if unit.symbol in place.words.words["rank"]:
        return _draft(numeral, numeral.start, end, "ordinal", numeral.value, unit)
    if not numeral.arabic and _is_side_by_side(place, numeral):
        return None
    if unit.symbol in ("个", "個"):
        pieces = _pieces_of_time(place, numeral, end)
        if pieces is not None:
            return pieces
    if not numeral.arabic and numeral.value == 1 and numeral.end - numeral.start == 1:
        before = text[numeral.start - 1 : numeral.start]
        compared = place.words.before.before(text, numeral.start)
        if compared is None and before not in _COUNTED_ONE:
            return None
    if unit.symbol in ("个", "個") and text[end : end + 1] == "半":
        return _draft(numeral, numeral.start, end + 1, "count", numeral.value + _HALF, unit)
    return _draft(numeral, numeral.start, end, "count", numeral.value, unit)


def _is_side_by_side(place: Place, numeral: Numeral) -> bool:
    """王五三人: two digits that are no range and hold no zero are not 53."""
    written = place.text[numeral.start : numeral.end]
    if len(written) != 2 or numeral.high is not None:
        return False
    return all(place.words.digits.get(letter, 0) > 0 for letter in written)


def _pieces_of_time(place: Place, numeral: Numeral, end: int) -> Draft | None:
    """一个半小时, 一个多月, 两个来小时: a span although a letter stands before its unit."""
    letter = place.text[end : end + 1]
    if letter not in _PIECES or not letter:
        return None
    inner = place.words.unit_at(place.text, end + 1)
    if inner is None or inner[1].kind != "duration":
        return None
    if letter == "半":
        moved = numeral._replace(value=numeral.value + _HALF, decimals=1)
        return spans.read(place, moved, inner[0], inner[1])
    draft = spans.read(place, numeral, inner[0], inner[1])
    if draft is not None:
        draft.comparator = "about" if letter in _ABOUT else "odd"
    return draft


def is_article(place: Place) -> bool:
    """一个, 一名: 一 before a count noun is the article unless something compares or counts it."""
    text, at, words = place.text, place.at, place.words
    if text[at + 1 : at + 2] in words.carrying:
        return False
    found = words.units.at(text, at + 1)
    if found is None or found[1].kind != "count" or found[1].symbol in _YEARS_OLD:
        return False
    if found[1].symbol in words.words["rank"] or found[1].symbol in _NOTCHES:
        return False
    if text[found[0] : found[0] + 1] in _PIECES or (at and text[at - 1] in _COUNTED_ONE):
        return False
    return words.before.before(text, at) is None


def adjective(place: Place, numeral: Numeral) -> Draft | None:
    """三大场景: 大 stands where the count noun would; the numeral alone is the quantity."""
    if place.text[numeral.end : numeral.end + 1] != "大" or numeral.value > 100:
        return None
    if place.text[numeral.end + 1 : numeral.end + 2] in ("", "，", "。", "是", "会", "的"):
        return None
    return Draft(
        numeral.start,
        numeral.end,
        numeral.start,
        numeral.end,
        "count",
        numeral.value,
        "enumeration",
    )
