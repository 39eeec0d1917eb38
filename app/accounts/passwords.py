"""Which passwords are taken: long ones that are not among the first that anybody would guess.

What everybody tries first (NIST SP 800-63B, section 3.1.1.2) is words from a short list, names of
the person and the desk, walks over a keyboard, rows of letters and figures, dates, and repetitions
of one of these. All of it is taken away; what is left has to be worth something. What is on the
list of the commonest is refused as well, whatever it is worth. No rule asks for capitals or
figures: those make riddles, which people write down.
"""

import re
import unicodedata
from collections.abc import Iterable

from app.accounts.common_passwords import is_common
from claims.errors import Refused

SHORTEST, LONGEST = 12, 200
LEFT = 4
"""Characters that must be left; with twelve in all, a phrase of two or three words has them."""
RUN = 4
"""From so many neighbours on, characters in a row are one step and not a choice."""
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qwertzuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qawsedrftgyhujikolp",
    "147258369",
    "159357",
)
WORDS = """
abc access account admin administrator angel apple arsenal asd awesome baby barcelona baseball
basketball batman beautiful boss buster butterfly changeme charlie cheese chelsea chocolate
claim claimdesk computer cookie correct cowboy daniel default demo desk diamond donald dragon
editor eminem facebook family flower football forever freedom friend friends fuckyou george
ginger google guest hacker hallo hannah harley hello hockey horse hottie hunter iloveyou jasmine
jennifer jessica jesus jordan joshua junior killer letmein liverpool login london love lovely
loveyou lucky maggie manchester master matrix matthew mercedes michael michelle microsoft mima
monkey monster mustang mypass newsroom nicole nothing office pass passwort password passwd
pepper phoenix pokemon prince princess private pussy qazwsx qwe qwer ranger real relationship
root samsung secret security server shadow silver slipknot soccer sophie spiderman staple
starwars student summer sunshine superman superstar test testing thomas thunder tigger trustno
unbelievable united unknown user wechat welcome whatever windows winter woaini wodemima yankees
zaq zxc hechatai mimashi caonima aini wolaopo nihao zhongguo beijing shanghai spring autumn
january february march april june july august september october november december monday tuesday
wednesday thursday friday saturday sunday
密码 口令 核查台 管理员 我爱你 你好 中国 北京 上海 编辑 新闻
"""
"""What passwords are made of everywhere; our own choice of it, in small letters."""
COMMON = frozenset(WORDS.split())
SWAPPED = str.maketrans("0134578@$!", "oieastbasi")
"""Figures and signs that stand for letters."""


def refuse_weak(password: str, names: Iterable[str] = ()) -> None:
    """Raise Refused for a password that is too short, too long, unreadable or easily guessed.

    ``names`` are those of its owner.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise _refused(
            "password_length",
            f"密码须为 {SHORTEST} 至 {LONGEST} 个字符。",
            f"A password has {SHORTEST} to {LONGEST} characters.",
        )
    if any(unicodedata.category(char) == "Cc" for char in password):
        raise _refused(
            "password_unreadable",
            "密码含有看不见的控制字符。",
            "The password has an invisible control character in it.",
        )
    if worth(password, names) < LEFT:
        raise _refused(
            "password_common",
            "这个密码太容易猜：由常见词、名字、键盘顺序、日期或重复组成。"
            "请用几个互不相干的词连成一句。",
            "This password is guessed easily: it is made of common words, names, rows of keys, "
            "dates or repetitions. Take a sentence of words that do not belong together.",
        )
    if is_common(password):
        raise _refused(
            "password_listed",
            "这个密码在最常用密码之列，别人会先试它。请用几个互不相干的词连成一句。",
            "This password is on the list of the commonest ones, which others try first. "
            "Take a sentence of words that do not belong together.",
        )


def worth(password: str, names: Iterable[str] = ()) -> int:
    """Return how many characters are left of a password without what anybody would guess."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    known = COMMON | {part for name in names for part in _parts(name)}
    spoken = folded.translate(SWAPPED)
    return min(_left(_once(text), known) for text in (folded, spoken))


def _left(text: str, known: frozenset[str]) -> int:
    """Return how many different characters are left; up to eight figures are a date or a year."""
    signs = {char for char in text if not char.isalnum()} - {" "}
    text = "".join(char if char.isalnum() else " " for char in text)
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, " ")
    text = re.sub(r"(.)\1{2,}", " ", _without_runs(text))
    text = re.sub(r"(?<!\d)\d{1,8}(?!\d)", " ", text)
    return len(signs | set(text) - {" "})


def _once(text: str) -> str:
    """Return what a text repeats, where it is nothing but repetitions."""
    found = re.fullmatch(r"(.+?)\1+", text)
    return found[1] if found is not None else text


def _without_runs(text: str) -> str:
    """Take away what runs along a row of keys, of letters or of figures, either way."""
    kept, at = list[str](), 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _run_along(text[at : end + 1]):
            end += 1
        long = end - at >= RUN
        kept.append(" " if long else text[at])
        at = end if long else at + 1
    return "".join(kept)


def _run_along(text: str) -> bool:
    return any(text in row or text[::-1] in row for row in ROWS)


def _parts(name: str) -> set[str]:
    """Return a name as it may be typed: whole, without signs, and in its parts."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    pieces = {piece for piece in re.split(r"[\W_]+", folded) if len(piece) > 1}
    return pieces | {"".join(re.split(r"[\W_]+", folded))} - {""}


def _refused(code: str, zh: str, en: str) -> Refused:
    return Refused(code, {"zh": zh, "en": en}, "password")
