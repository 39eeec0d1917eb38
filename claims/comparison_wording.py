"""The sentences an editor reads about a comparison, in both languages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.figures import Comparator, Quantity
from claims.intervals import Interval, comparator_of
from claims.numbers_in_words import shortened
from claims.scope import Aspect
from claims.units import unit
from claims.wording import difference_words, interval_words, period_words, stated_words
from sources.columns import Words


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence about two comparable numbers may mention; intervals in the claimed unit."""

    claimed: Quantity
    evidence: Quantity
    ours: Interval
    theirs: Interval
    caveats: tuple[Aspect, ...]


BETWEEN_CHINESE: Final = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])"
)
"""A space between two Chinese characters, which only figures and signs call for."""

Sentence = Callable[[Facts, Decimal | None], Words]

ASPECTS: Final[Mapping[Aspect, Words]] = {
    Aspect.UNIT: {"zh": "单位", "en": "unit"},
    Aspect.CHANGE_KIND: {"zh": "水平或变化", "en": "level or change"},
    Aspect.OBSERVATION_STATUS: {"zh": "数据性质", "en": "firmness of the figure"},
    Aspect.PERIOD: {"zh": "时期", "en": "period"},
    Aspect.SUBJECT: {"zh": "主体", "en": "subject"},
    Aspect.MEASURE: {"zh": "指标", "en": "measure"},
    Aspect.GEOGRAPHY: {"zh": "地域", "en": "geography"},
    Aspect.BASIS: {"zh": "口径或人群", "en": "basis or population"},
}
VALUES: Final[Mapping[str, Words]] = {
    "level": {"zh": "水平值", "en": "a level"},
    "absolute": {"zh": "变化量", "en": "an absolute change"},
    "percent": {"zh": "百分比变化", "en": "a change in per cent"},
    "percentage_points": {"zh": "百分点变化", "en": "a change in percentage points"},
    "times": {"zh": "倍数", "en": "a multiple"},
    "normal": {"zh": "实际值", "en": "an actual figure"},
    "estimated": {"zh": "估计值", "en": "an estimate"},
    "provisional": {"zh": "初步值", "en": "a provisional figure"},
    "forecast": {"zh": "预测", "en": "a forecast"},
    "target": {"zh": "目标", "en": "a target"},
}
NOT_STATED: Final[Words] = {"zh": "未注明", "en": "not stated"}


def sentence_of(rule: str, facts: Facts, offset: Decimal | None) -> Words:
    """Say what a rule found; ``offset`` is how far the source lies above or below the claim."""
    sentence = with_caveats(SENTENCES[rule](facts, offset), facts.caveats)
    return {**sentence, "zh": BETWEEN_CHINESE.sub("", sentence["zh"])}


def with_caveats(sentence: Words, caveats: tuple[Aspect, ...]) -> Words:
    """Add what could not be told to be the same."""
    if not caveats:
        return sentence
    zh = "、".join(ASPECTS[aspect]["zh"] for aspect in caveats)
    en = ", ".join(ASPECTS[aspect]["en"] for aspect in caveats)
    return {
        "zh": f"{sentence['zh']}无法确认一致：{zh}。",
        "en": f"{sentence['en']} Not confirmed to be the same: {en}.",
    }


def no_number(*, claimed_states_one: bool) -> Words:
    """Say that a side states no number."""
    if claimed_states_one:
        return {
            "zh": "来源没有给出数值，无法比较。",
            "en": "The source gives no number to compare.",
        }
    return {"zh": "文中没有给出数值，无法比较。", "en": "The article gives no number to compare."}


def different(aspect: Aspect, claimed: Quantity, evidence: Quantity) -> Words:
    """Say in what two figures differ, so that their numbers say nothing about each other."""
    ours, theirs = _value(aspect, claimed), _value(aspect, evidence)
    name = ASPECTS[aspect]
    return {
        "zh": f"{name['zh']}不同，无法比较：文中为{ours['zh']}，来源为{theirs['zh']}。",
        "en": f"Not comparable, another {name['en']}: "
        f"the article has {ours['en']}, the source {theirs['en']}.",
    }


def unit_unstated(claimed: Quantity, evidence: Quantity) -> Words:
    """Say that the numbers differ, but in units of which one is unknown."""
    ours, theirs = stated_words(claimed), stated_words(evidence)
    return {
        "zh": "一方没有注明单位，数值又不一致，无法比较："
        f"文中为 {ours['zh']}，来源为 {theirs['zh']}。",
        "en": "Not comparable, one side states no unit and the numbers differ: "
        f"the article has {ours['en']}, the source {theirs['en']}.",
    }


def _value(aspect: Aspect, figure: Quantity) -> Words:
    """Print what a figure states about an aspect."""
    found = getattr(figure, aspect.value)
    if not found:
        return NOT_STATED
    if aspect is Aspect.PERIOD:
        return period_words(figure.period or "")
    if aspect is Aspect.UNIT:
        return _unit_name(str(found))
    if isinstance(found, str):
        return VALUES[found]
    return _quoted(found)


def _unit_name(written: str) -> Words:
    """Print the bare name of a unit."""
    found = unit(written)
    if found is None or not found.zh.strip():
        return {"zh": "无单位的数", "en": "a number without a unit"}
    return {"zh": found.zh.strip(), "en": found.en.strip()}


def _quoted(words: Words) -> Words:
    """Print a text in both languages, falling back on the language there is."""
    fallback = next((text for text in words.values() if text), "")
    return {
        "zh": f"“{words.get('zh') or fallback}”",
        "en": f"\N{LEFT DOUBLE QUOTATION MARK}{words.get('en') or fallback}"
        "\N{RIGHT DOUBLE QUOTATION MARK}",
    }


def _source_gives(facts: Facts) -> Words:
    """Say what the source gives, in its own unit."""
    stated = stated_words(facts.evidence)
    return {"zh": f"来源给出 {stated['zh']}", "en": f"The source gives {stated['en']}"}


def _claimed_interval(facts: Facts) -> Words:
    """Name the claimed interval, or the claimed number where nothing else is allowed."""
    printed = interval_words(facts.ours, facts.claimed.unit)
    if facts.ours.is_point:
        return {"zh": f"文中的 {printed['zh']}", "en": f"the article's {printed['en']}"}
    return {
        "zh": f"文中区间 {printed['zh']}",
        "en": f"the article's interval of {printed['en']}",
    }


def _within(facts: Facts, _offset: Decimal | None) -> Words:
    """Say that the source's number is one that the claim allows."""
    gives, interval = _source_gives(facts), _claimed_interval(facts)
    if facts.ours.is_point:
        return {"zh": f"{gives['zh']}，与文中一致。", "en": f"{gives['en']}, as the article does."}
    return {
        "zh": f"{gives['zh']}，在{interval['zh']} 之内。",
        "en": f"{gives['en']}, within {interval['en']}.",
    }


def _coarser(facts: Facts, _offset: Decimal | None) -> Words:
    """Say that the source does not contradict the claim, but does not show it either."""
    gives, interval = _source_gives(facts), _claimed_interval(facts)
    theirs = interval_words(facts.theirs, facts.claimed.unit)
    shown = {"zh": f"（{theirs['zh']}）", "en": f" ({theirs['en']})"}
    if comparator_of(facts.evidence) not in {Comparator.EXACTLY, Comparator.ABOUT}:
        shown = {"zh": "", "en": ""}
    return {
        "zh": f"{gives['zh']}{shown['zh']}，与{interval['zh']} 不矛盾，但不足以证实。",
        "en": f"{gives['en']}{shown['en']}, compatible with {interval['en']} "
        "but not precise enough to show it.",
    }


def _outside(facts: Facts, offset: Decimal | None) -> Words:
    """Say by how much the source's number misses the claimed interval, and on which side."""
    gives, interval = _source_gives(facts), _claimed_interval(facts)
    away = offset or Decimal(0)
    if away == 0:
        return {
            "zh": f"{gives['zh']}，恰在{interval['zh']} 的边界之外。",
            "en": f"{gives['en']}, just beyond the end of {interval['en']}.",
        }
    gap = difference_words(shortened(away.copy_abs()), facts.claimed.unit)
    side = {"zh": "高", "en": "above"} if away > 0 else {"zh": "低", "en": "below"}
    return {
        "zh": f"{gives['zh']}，比{interval['zh']} {side['zh']} {gap['zh']}。",
        "en": f"{gives['en']}, {gap['en']} {side['en']} {interval['en']}.",
    }


def _truncated(facts: Facts, offset: Decimal | None) -> Words:
    """Add that cutting the decimals would give the claimed number."""
    sentence = _outside(facts, offset)
    return {
        "zh": f"{sentence['zh']}舍去尾数会得到文中的数，四舍五入不会。",
        "en": f"{sentence['en']} Cutting decimals gives the article's number, rounding does not.",
    }


def _rounded(facts: Facts, offset: Decimal | None) -> Words:
    """Add that the claimed number is the source's, rounded without saying so."""
    sentence = _outside(facts, offset)
    return {
        "zh": f"{sentence['zh']}文中像是取了整数：可写“约”。",
        "en": f"{sentence['en']} The article seems to have rounded it: consider “about”.",
    }


SENTENCES: Final[Mapping[str, Sentence]] = {
    "within": _within,
    "caveat": _within,
    "coarser": _coarser,
    "outside": _outside,
    "outside_truncated": _truncated,
    "outside_rounded": _rounded,
}
