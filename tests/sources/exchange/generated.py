"""Sources as hypothesis makes them: whatever the register takes, in every script and sign."""

from hypothesis import strategies as st

from sources import names
from sources.csl_fields import FIELDS, TYPES
from sources.exchange.entries import Item, facts_of
from sources.registry import Facts, checked_facts
from tests.sources.test_names import NAME

SIGNS = st.sampled_from("{}\\%&#$_^~`'\"-–—<>@=,;:|/*. 中文、年aZé한국\n\t")
LINE = st.text(SIGNS | st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
DAY = st.dates().filter(lambda day: day.year > 0).map(lambda day: day.isoformat())
YEAR = st.integers(1, 9999).map(lambda year: f"{year:04}")
MONTH = st.tuples(YEAR, st.integers(1, 12) | st.integers(21, 24)).map(
    lambda at: f"{at[0]}-{at[1]:02}"
)
ONE_DATE = st.tuples(DAY | YEAR | MONTH, st.sampled_from(["", "?", "~", "%"])).map("".join)
DATES = ONE_DATE | ONE_DATE.map(lambda day: f"{day}/..") | ONE_DATE.map(lambda day: f"../{day}")
DOIS = st.text(st.sampled_from("abcXYZ019()<>_;/.-:%&#{}\\"), min_size=1, max_size=20).map(
    lambda tail: f"10.1000/{tail}"
)
URLS = st.text(st.sampled_from("abc019/_~%;&=?,.-"), max_size=25).map(
    lambda tail: "https://example.com/" + tail.replace("%", "%41")
)
PEOPLE = st.lists(NAME, max_size=3).map(lambda some: names.written(some) or "")
OWN = {
    "type": st.sampled_from(TYPES),
    "DOI": DOIS,
    "accessed": DAY | YEAR,
    "ISBN": st.just("978-7-01-023456-1"),
    "ISSN": st.just("1000-0000"),
    "editor": PEOPLE,
    "translator": PEOPLE,
}
CSL = st.fixed_dictionaries(
    {"type": OWN["type"]}, optional={name: OWN.get(name, LINE) for name in FIELDS if name != "type"}
)
FACTS = st.fixed_dictionaries(
    {"title": LINE},
    optional={
        "authors": st.lists(NAME, max_size=4).map(names.written),
        "publisher": LINE,
        "url": URLS,
        "issued": DATES,
        "language": st.sampled_from(["zh-Hans", "en", "ja", "ko", "ru", "zh-Hant"]),
        "csl": CSL,
    },
)


def as_read(item: Item) -> Facts:
    """What the register would hold of an item."""
    found: Facts = checked_facts(facts_of(item))  # type: ignore[assignment]
    return found
