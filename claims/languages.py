"""Which language a text is in, told by its script: what nobody can mistake, and no more."""

import re

KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
SIMPLIFIED = re.compile(
    "[这国们来时个会说为学对发后过还与经从现动产业书见车长门问间东两见马鸟鱼电亿万"
    "报际场数据无关进远运连选应开实专业华务员团围图团圆亚虽随难题页风飞达边认识话语请让谁调]"
)
TRADITIONAL = re.compile(
    "[這國們來時個會說為學對發後過還與經從現動產業書見車長門問間東兩馬鳥魚電億萬"
    "報際場數據無關進遠運連選應開實專華務員團圍圖圓亞雖隨難題頁風飛達邊認識話語請讓誰調]"
)
FEW = 0.05
"""The part of the letters that quotations in another script may make up without counting."""
FEW_KANA = 0.2
"""Of the East Asian characters; a Japanese report has more than a third, a Chinese one quotes."""
ALIASES = {"cn": "zh-Hans", "sg": "zh-Hans", "hans": "zh-Hans", "tw": "zh-Hant", "hk": "zh-Hant",
           "mo": "zh-Hant", "hant": "zh-Hant"}  # fmt: skip
SCRIPTS = {"zh": HAN, "ja": HAN, "ko": HANGUL}


def language_of(text: str) -> str | None:
    """Return ``zh-Hans``, ``zh-Hant``, ``ja``, ``ko`` or ``en``; None for any other script."""
    han, kana, hangul = (len(script.findall(text)) for script in (HAN, KANA, HANGUL))
    latin = len(LATIN.findall(text))
    letters = sum(1 for char in text if char.isalpha()) or 1
    if kana > FEW_KANA * (kana + han) and kana > FEW * letters:
        return "ja"
    if hangul > FEW * letters and hangul > han:
        return "ko"
    # A Chinese character carries what takes English three letters or more.
    if han * 3 > latin and han:
        traditional = len(TRADITIONAL.findall(text)) > len(SIMPLIFIED.findall(text))
        return "zh-Hant" if traditional else "zh-Hans"
    return "en" if latin * 2 > letters else None


def stated_or_seen(stated: str | None, text: str) -> str | None:
    """Return the language a file states where its script bears that out, else what is seen.

    Many a template says ``en`` whatever is written in it.
    """
    seen = language_of(text)
    tag = _tag(stated)
    if tag is None or seen is None:
        return seen or tag
    said = tag.split("-", maxsplit=1)[0]
    if said in SCRIPTS or seen.split("-", maxsplit=1)[0] in SCRIPTS:
        return seen if tag == "zh" or not _same(tag, seen) else tag
    return tag


def _same(tag: str, seen: str) -> bool:
    return tag.split("-", maxsplit=1)[0] == seen.split("-", maxsplit=1)[0]


def _tag(stated: str | None) -> str | None:
    """Return a language tag as this desk writes it: zh-CN and zh-TW name a script here."""
    if not stated:
        return None
    parts = stated.replace("_", "-").lower().split("-")
    if parts[0] != "zh":
        return "-".join([parts[0], *(part.upper() for part in parts[1:2] if len(part) == 2)])  # noqa: PLR2004 - a country
    return next((ALIASES[part] for part in parts[1:] if part in ALIASES), "zh")
