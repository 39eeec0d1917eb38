"""What a unit is: the symbol a figure is stored with, its plain name and its family."""

from typing import NamedTuple


class Unit(NamedTuple):
    """A unit of measure, a currency or a count noun.

    ``symbol`` is what a figure carries (``km``, ``KRW``, ``款``), ``name`` the CLDR name in words
    and ``kind`` the kind of quantity it makes.
    """

    symbol: str
    name: str
    kind: str
