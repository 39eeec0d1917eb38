"""Spells numbers out in Japanese and Korean, for tests that read them back."""

_KANJI = "〇一二三四五六七八九"
_KANJI_PLACES = ("", "十", "百", "千")
_KANJI_MYRIADS = ("", "万", "億", "兆")
_HANGUL = "영일이삼사오육칠팔구"
_HANGUL_PLACES = ("", "십", "백", "천")
_HANGUL_MYRIADS = ("", "만", "억", "조", "경")
_NATIVE_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")


def japanese(number: int) -> str:
    """`number` in kanji, below 10^16: 1500 is 千五百, 10000 is 一万."""
    return _spelled(number, _KANJI, _KANJI_PLACES, _KANJI_MYRIADS, one_before_thousand=False)


def formal_japanese(number: int) -> str:
    """`number` as cheques write it: 1500 is 壱千五百."""
    whole = _spelled(number, _KANJI, _KANJI_PLACES, _KANJI_MYRIADS, one_before_thousand=True)
    return whole.translate(str.maketrans("一二三十万", "壱弐参拾萬"))


def positional_japanese(digits: str) -> str:
    """Digits letter for letter: 2024 is 二〇二四."""
    return "".join(_KANJI[int(digit)] for digit in digits)


def korean(number: int) -> str:
    """`number` in Sino-Korean syllables, below 10^16: 1500 is 천오백, 10000 is 만."""
    written = _spelled(number, _HANGUL, _HANGUL_PLACES, _HANGUL_MYRIADS, one_before_thousand=False)
    return written[1:] if written.startswith("일만") else written


def native_korean(number: int) -> str:
    """`number` from 1 to 99 as it stands before what it counts: 20 is 스무, 21 is 스물한."""
    if number == 20:
        return "스무"
    return _NATIVE_TENS[number // 10] + _NATIVE_ONES[number % 10]


def mixed(number: int, myriads: str, joint: str) -> str:
    """`number` in digits with its myriads: 34000 is 3万4000, 3만 4000."""
    groups = _groups(number)
    parts = [
        f"{group}{('', *myriads)[index]}"
        for index, group in reversed(list(enumerate(groups)))
        if group
    ]
    return joint.join(parts) or "0"


def _groups(number: int) -> list[int]:
    groups = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    return groups


def _spelled(
    number: int,
    digits: str,
    places: tuple[str, ...],
    myriads: tuple[str, ...],
    *,
    one_before_thousand: bool,
) -> str:
    if number == 0:
        return digits[0]
    parts = [
        _group(group, digits, places, one=one_before_thousand) + myriads[index]
        for index, group in reversed(list(enumerate(_groups(number))))
        if group
    ]
    return "".join(parts)


def _group(group: int, digits: str, places: tuple[str, ...], *, one: bool) -> str:
    written = ""
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            silent = digit == 1 and place > 0 and not one
            written += ("" if silent else digits[digit]) + places[place]
    return written
