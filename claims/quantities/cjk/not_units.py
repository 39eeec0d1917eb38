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
_AFTER_NAMES = frozenset("起款首上手面双雙点點对對全发發")
_NAMEABLE = frozenset(("count", "duration"))
# 七里海 and 十里堡 are places.
_LI_NAMES = frozenset("海河庄桥铺店沟坪台屯堡洋亭岗山湖坡冲塘村镇营街莊橋鋪溝岡鎮營")
# 1203室 is a room, 三室两厅 a flat.
_ROOM_NUMBER = 100
# 十四届三中全会: the number of a congress is its name.
_CONGRESS = re.compile(r"(?:全国|中央|人大|政协|中共|[一二三四五六七八九][中次])")


def names(place: Place, numeral: Numeral, at: int, found: tuple[int, Unit]) -> bool:
    """Whether the unit `found` at `at` names something instead of measuring it."""
    text, (end, unit) = place.text, found
    if unit.kind in _NAMEABLE and _labelled(place, numeral, at, found):
        return True
    after = text[end : end + 1]
    if unit.symbol == "分":
        return after == "之"
    if unit.name == "li":
        return after in _LI_NAMES and after != ""
    if unit.symbol == "室":
        return numeral.arabic and numeral.value >= _ROOM_NUMBER
    if unit.symbol in ("届", "屆"):
        return _CONGRESS.match(text, end) is not None
    apart = numeral.arabic and text[at] == " " and len(unit.name) == 1
    return apart and unit.kind != "currency"


def _labelled(place: Place, numeral: Numeral, at: int, found: tuple[int, Unit]) -> bool:
    end, unit = found
    label = place.words.labels_after.at(place.text, at)
    crowd = numeral.vague or numeral.odd or numeral.about
    if label is not None and label[0] >= end and not crowd:
        return True
    return unit.symbol in _AFTER_NAMES and labels.named(place, numeral)
