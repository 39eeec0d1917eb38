"""What a citation needs of a source beyond its columns: each field by its CSL name, with its rule.

The names are those of the Citation Style Language 1.0.2; all values are text. ``editor`` and
``translator`` are lines of :mod:`sources.names`, ``accessed`` is a day.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from sources import edtf
from sources.columns import Words
from sources.errors import Refused
from sources.vocabulary import CslType, SourceKind

Fields = dict[str, str]
LONGEST, LONGEST_NAMES = 500, 5000
TYPES = tuple(kind.value for kind in CslType)
TYPE_OF: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.COMPANY_FILING: "report",
        SourceKind.COMPANY_STATEMENT: "webpage",
        SourceKind.STATISTICS_OFFICE: "report",
        SourceKind.INDUSTRY_STATISTICS: "report",
        SourceKind.MARKET_RESEARCH: "report",
        SourceKind.MARKET_RESEARCH_RELAY: "article-magazine",
        SourceKind.NEWS_REPORT: "article-newspaper",
        SourceKind.TRADE_PRESS: "article-magazine",
        SourceKind.PRESS_RELEASE: "webpage",
        SourceKind.ACADEMIC: "article-journal",
        SourceKind.REGULATOR: "report",
        SourceKind.COURT: "legal_case",
        SourceKind.REFERENCE: "webpage",
        SourceKind.BLOG: "post-weblog",
        SourceKind.FORUM_POST: "post",
        SourceKind.AGGREGATOR: "webpage",
        SourceKind.DATASET: "dataset",
        SourceKind.PERSONAL_COMMUNICATION: "personal_communication",
        SourceKind.OTHER: "webpage",
    }
)
"""How a source of each kind is cited where nobody said otherwise."""
KIND_OF: Mapping[str, SourceKind] = MappingProxyType(
    {
        "article-journal": SourceKind.ACADEMIC,
        "article-magazine": SourceKind.TRADE_PRESS,
        "article-newspaper": SourceKind.NEWS_REPORT,
        "bill": SourceKind.REGULATOR,
        "broadcast": SourceKind.NEWS_REPORT,
        "dataset": SourceKind.DATASET,
        "entry-dictionary": SourceKind.REFERENCE,
        "entry-encyclopedia": SourceKind.REFERENCE,
        "hearing": SourceKind.REGULATOR,
        "legal_case": SourceKind.COURT,
        "legislation": SourceKind.REGULATOR,
        "paper-conference": SourceKind.ACADEMIC,
        "personal_communication": SourceKind.PERSONAL_COMMUNICATION,
        "post": SourceKind.FORUM_POST,
        "post-weblog": SourceKind.BLOG,
        "thesis": SourceKind.ACADEMIC,
    }
)
"""The kind of what an import brings; any other type is a source of no kind in particular."""

PLAIN = (
    "genre",
    "container-title",
    "collection-title",
    "volume",
    "issue",
    "page",
    "number",
    "edition",
    "publisher-place",
    "event-title",
    "event-place",
    "archive",
    "archive_location",
    "medium",
)
NAMES = ("editor", "translator")
FIELDS = ("type", *PLAIN, *NAMES, "DOI", "ISBN", "ISSN", "accessed")
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
ISBN = re.compile(
    r"(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx](?:[,;\s]+(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx])*"
)
ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9Xx](?:[,;\s]+[0-9]{4}-[0-9]{3}[0-9Xx])*")
DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
RULES: Mapping[str, tuple[re.Pattern[str], Words]] = MappingProxyType(
    {
        "DOI": (
            DOI,
            {
                "zh": "DOI 以 10. 开头，如 10.1000/182。",
                "en": "A DOI begins with 10., as 10.1000/182.",
            },
        ),
        "ISBN": (ISBN, {"zh": "ISBN 有 10 位或 13 位数字。", "en": "An ISBN has 10 or 13 digits."}),
        "ISSN": (ISSN, {"zh": "ISSN 的形式为 1234-5678。", "en": "An ISSN is written 1234-5678."}),
        "accessed": (DAY, {"zh": "请写成 2025-03-11。", "en": "Write 2025-03-11."}),
    }
)


def checked(fields: Mapping[str, str | None] | None) -> Fields | None:
    """Return the fields trimmed and checked; None where nothing is left.

    Raises Refused at the form's name of a field (:func:`form_name`) that cannot be taken.
    """
    kept: Fields = {}
    for name in FIELDS:
        value = one_line((fields or {}).get(name))
        if name == "DOI" and value:
            value = DOI_PREFIX.sub("", value)
        if value:
            _check(name, value)
            kept[name] = value
    return kept or None


def one_line(value: str | None) -> str:
    """Return a value without line breaks and the spaces around them."""
    return " ".join((value or "").split())


def form_name(name: str) -> str:
    """What a field is called in a form, where a name has no dash and no capitals."""
    return f"csl_{name}".lower().replace("-", "_")


def _check(name: str, value: str) -> None:
    longest = LONGEST_NAMES if name in NAMES else LONGEST
    if len(value) > longest:
        raise Refused(
            "source_long",
            {"zh": f"不能超过 {longest} 个字符。", "en": f"At most {longest} characters."},
            form_name(name),
        )
    if name == "type" and value not in TYPES:
        words = {"zh": "没有这种文献类型。", "en": "There is no such type of document."}
        raise Refused("source_type", words, form_name(name))
    if name in RULES:
        form, message = RULES[name]
        if form.fullmatch(value) is None or (name == "accessed" and not edtf.is_date(value)):
            raise Refused(f"source_{name.lower()}", message, form_name(name))
