"""What stands where a unit would and is part of a name: 1203室, 七里海, 六年级, 十四届三中全会."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.cjk import labels

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.unit import Unit

# Behind a name with a number in it these begin the next word: iPhone 15起售价.
AFTER_NAMES = frozenset("起款首上手面双雙点點对對全发發")
_NAMEABLE = frozenset(("count", "duration"))
# 七里海 and 十里堡 are places.
_LI_NAMES = frozenset("海河庄桥铺店沟坪台屯堡洋亭岗山湖坡冲塘村镇营街莊橋鋪溝岡鎮營")
# 零 before other nouns belongs to a word: 抹零只收五十.
_COUNTED_NONE = frozenset("例人次起件票分个個家")
# 1203室 is a room, 三室两厅 a flat.
_ROOM_NUMBER = 100
# 十四届三中全会: the number of a congress is its name.
# 2026届 are the graduates of a year.
_FIRST_YEAR = 1900
_CONGRESS = re.compile(r"(?:全[国國]|中央|人大|政[协協]|中共|[一二三四五六七八九][中次])")
_SESSION = re.compile(
    r"(?:人大|政[协協]|常委[会會]|全[会會])第?[一二三四五六七八九十]{1,3}次(?:会议|會議)"
)


def names(place: Place, numeral: Numeral, at: int, found: tuple[int, Unit]) -> bool:
    """Whether the unit `found` at `at` names something instead of measuring it."""
    text, (end, unit) = place.text, found
    if unit.kind == "count" and not numeral.value and not numeral.arabic:
        return unit.symbol not in _COUNTED_NONE
    if unit.kind in _NAMEABLE and _labelled(place, numeral, at, found):
        return True
    after = text[end : end + 1]
    if unit.symbol == "分":
        return after == "之"
    if unit.name == "li":
        return at == numeral.end and after in _LI_NAMES and after != ""
    if unit.symbol == "室":
        return numeral.arabic and numeral.value >= _ROOM_NUMBER
    if unit.symbol == "次" and _SESSION.search(text, max(0, numeral.start - 4), end + 2):
        return True
    if unit.symbol in ("届", "屆"):
        return numeral.value >= _FIRST_YEAR or _CONGRESS.match(text, end) is not None
    apart = numeral.arabic and text[at] == " " and len(unit.name) == 1
    return apart and unit.kind != "currency"


def _labelled(place: Place, numeral: Numeral, at: int, found: tuple[int, Unit]) -> bool:
    end, unit = found
    label = place.words.labels_after.at(place.text, at)
    apart = at > numeral.end and place.text[at - 1] not in " \u3000\xa0"
    crowd = numeral.vague or numeral.odd or numeral.about or apart
    if label is not None and label[0] >= end and not crowd:
        return True
    return unit.symbol in AFTER_NAMES and labels.named(place, numeral)
