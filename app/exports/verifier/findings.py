"""What can be wrong with a file, each with a name, a place and words in Chinese and English."""

import re
from typing import Any, NamedTuple

MEANINGS = {
    "FORGED_SIGNATURE": ("签名不成立", "the signature does not hold"),
    "BAD_PROOF": ("证明不成立", "a proof does not hold"),
    "ALTERED_CLAIM": ("论断与出具时不同", "a claim is not what was issued"),
    "REMOVED_CLAIM": ("出具时有的论断不见了", "a claim that was issued is gone"),
    "ADDED_CLAIM": ("多出了未曾出具的论断", "a claim was never issued"),
    "REORDERED_CLAIMS": ("论断的次序变了", "the claims are in another order"),
    "REORDERED_EVIDENCE": ("证据的次序变了", "the evidence is in another order"),
    "ALTERED_COMMITMENT": (
        "隐去之处的承诺值被换掉，或以文字顶替",
        "a withheld part was replaced, or withheld after the issue",
    ),
    "ALTERED_TEXT": ("论断以外的文字与出具时不同", "the text around the claims was changed"),
    "ALTERED_PAGE": ("所显示的页面与出具时不同", "what is shown is not what was issued"),
    "WRONG_FILE": ("这份证明属于另一份文件", "the proof belongs to another file"),
    "NO_PROOF": ("文件没有证明", "the file has no proof"),
    "UNREADABLE": ("读不懂这份文件", "the file cannot be read"),
    "WRONG": ("核验不成立", "something does not hold"),
    "UNKNOWN_NUMBER": ("本编辑部没有出具过这一号附录", "this desk has issued no such number"),
    "NOT_IN_LEDGER": ("台账里没有这一条目", "the ledger does not hold the entry"),
    "FOREIGN_DESK": ("这份文件由另一编辑部出具", "another desk issued this file"),
    "OTHER_CONTENT": ("两份附录的内容不同", "the two appendices rest on different contents"),
}
UNSEEN = re.compile("[\\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves a terminal's cursor, turns the direction of words, or can be written nowhere."""


class Finding(NamedTuple):
    """One thing that does not hold: its name, where, and what more can be said."""

    name: str
    place: str
    zh: str
    en: str

    def words(self, language: str) -> str:
        """The finding as a sentence."""
        meaning = MEANINGS[self.name][language == "en"]
        place = f" [{self.place}]" if self.place else ""
        more = self.en if language == "en" else self.zh
        colon = ": " if language == "en" else "："
        return f"{meaning}{place}{colon}{more}" if more else f"{meaning}{place}"

    def as_dict(self) -> "dict[str, str]":
        """The finding for a machine."""
        return {
            "name": self.name,
            "place": self.place,
            "zh": self.words("zh"),
            "en": self.words("en"),
        }


def printable(value: Any) -> Any:
    """What a file says, so that it cannot write over what is said of the file."""
    if isinstance(value, str):
        return UNSEEN.sub("\ufffd", value)
    if isinstance(value, dict):
        return {printable(key): printable(part) for key, part in value.items()}
    return [printable(part) for part in value] if isinstance(value, list) else value


def claim_name(number: Any) -> str:
    """A claim as readers know it."""
    return f"C-{number:02d}" if isinstance(number, int) else f"C-{number}"


class Report:
    """What was found out about a file."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.facts: dict[str, Any] = {}

    def add(self, name: str, place: str = "", zh: str = "", en: str = "") -> None:
        """Note that something does not hold, once."""
        found = Finding(name, *map(printable, (place, zh, en)))
        if found not in self.findings:
            self.findings.append(found)

    def names(self) -> "list[str]":
        """The names of the findings."""
        return [found.name for found in self.findings]
