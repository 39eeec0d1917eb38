"""Spells numbers out, for tests that read them back."""

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "十", "百", "千")
_FORMAL_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿", "万亿", "亿亿")
_TO_TRADITIONAL = str.maketrans("万亿零两", "萬億零兩")
_SPELLED = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_ONES = _SPELLED.split()
_SPELLED_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = _SPELLED_TENS.split()
_SCALES = ("", " thousand", " million", " billion", " trillion", " quadrillion")


def chinese(number: int) -> str:
    """`number` in plain letters: 10050 is 一万零五十."""
    return _spelled(number, _DIGITS, _PLACES)


def formal(number: int) -> str:
    """`number` in the letters of cheques: 壹万零伍拾."""
    return _spelled(number, _FORMAL, _FORMAL_PLACES)


def traditional(number: int) -> str:
    """`number` in traditional letters: 一萬零五十."""
    return chinese(number).translate(_TO_TRADITIONAL)


def positional(digits: str) -> str:
    """Digits letter for letter: 2024 is 二零二四."""
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _spelled(number: int, digits: str, places: tuple[str, ...]) -> str:
    if number == 0:
        return digits[0]
    groups = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    written = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            continue
        if written and (group < 1000 or not groups[index + 1]):
            written += digits[0]
        written += _group(group, digits, places) + _scale(index, groups)
    return written


def _scale(index: int, groups: list[int]) -> str:
    """万亿 is written once: 三万二千亿 carries its 亿 in the group below, if there is one."""
    if index == 3 and groups[2]:
        return "万"
    return _MYRIADS[index]


def _group(group: int, digits: str, places: tuple[str, ...]) -> str:
    written, pending = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            pending = bool(written)
            continue
        written += (digits[0] if pending else "") + digits[digit] + places[place]
        pending = False
    return written


def english(number: int, *, joint: str = " and ", hyphen: str = "-") -> str:
    """`number` in words: two hundred and twenty-three million; American without the "and"."""
    if number == 0:
        return _ONES[0]
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    parts = [
        _hundreds(group, joint, hyphen) + _SCALES[index]
        for index, group in reversed(list(enumerate(groups)))
        if group
    ]
    # The last group is joined in Britain when it has no hundreds: two thousand and five.
    if len(parts) > 1 and 0 < groups[0] < 100 and joint.strip():
        return " ".join(parts[:-1]) + joint + parts[-1]
    return " ".join(parts)


def _hundreds(number: int, joint: str, hyphen: str) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        small = (
            _ONES[rest]
            if rest < 20
            else _TENS[tens - 2] + (f"{hyphen}{_ONES[ones]}" if ones else "")
        )
        words.append(small)
    return joint.join(words)
