"""A source as an item of CSL-JSON: as it is on record, and as a style is to be given it."""

import datetime as dt
import re
from typing import Any

from sources import edtf, names
from sources.citation_styles import CHINESE, Style
from sources.citing.dates import date_for
from sources.citing.marks import guarded, supplied
from sources.csl_fields import NAMES, PLAIN, TYPE_OF
from sources.models import Source
from sources.vocabulary import SourceKind

Item = dict[str, Any]
IN_A_CONTAINER = frozenset(
    {
        "article-magazine",
        "article-newspaper",
        "entry-dictionary",
        "entry-encyclopedia",
        "post",
        "post-weblog",
        "webpage",
    }
)
"""Types whose publisher is the paper or site they stand in."""
OF_A_BODY = frozenset({"report", "standard", "dataset"})
BODIES = frozenset(
    {
        SourceKind.COMPANY_FILING,
        SourceKind.COMPANY_STATEMENT,
        SourceKind.PRESS_RELEASE,
        SourceKind.REGULATOR,
        SourceKind.STATISTICS_OFFICE,
    }
)
"""Kinds whose publisher is the body that speaks, and not a paper that reports."""
PASSED_ON = re.compile(
    r"\s*[(（](?:reprint|digest|repost|summary|mirror|copy|company (?:blog|site)|转载|摘编)"
    r"[^)）]*[)）]$",
    re.IGNORECASE,
)
"""A remark of the desk behind a publisher's name: how it passed the text on. It is no name."""
DESCRIBED: dict[SourceKind, tuple[str, str]] = {
    SourceKind.NEWS_REPORT: ("News report", "新闻报道"),
    SourceKind.TRADE_PRESS: ("Trade press report", "行业媒体报道"),
    SourceKind.PRESS_RELEASE: ("Press release", "新闻稿"),
    SourceKind.COMPANY_STATEMENT: ("Company statement", "公司声明"),
    SourceKind.COMPANY_FILING: ("Company filing", "公司公告"),
    SourceKind.MARKET_RESEARCH: ("Market research", "市场研究"),
    SourceKind.MARKET_RESEARCH_RELAY: ("Report on market research", "市场研究转述"),
    SourceKind.STATISTICS_OFFICE: ("Statistics", "统计数据"),
    SourceKind.INDUSTRY_STATISTICS: ("Industry statistics", "行业统计数据"),
    SourceKind.ACADEMIC: ("Academic work", "学术文献"),
    SourceKind.REGULATOR: ("Regulatory document", "监管文件"),
    SourceKind.COURT: ("Court document", "法院文书"),
    SourceKind.REFERENCE: ("Reference page", "资料页面"),
    SourceKind.BLOG: ("Blog post", "博客文章"),
    SourceKind.FORUM_POST: ("Forum post", "论坛帖子"),
    SourceKind.DATASET: ("Data set", "数据集"),
    SourceKind.PERSONAL_COMMUNICATION: ("Personal communication", "私人通信"),
}
PAGE = ("Web page", "网页")
TITLES = frozenset({"archive", "collection-title", "container-title", "event-title", "publisher"})
"""Fields that are names of works and bodies, whose apostrophes are set as the title's are."""
DOI_ADDRESS = "https://doi.org/"


def item_of(source: Source, accessed: dt.date | None = None) -> Item:
    """Return a source as CSL-JSON, with all that is on record and nothing else.

    ``accessed`` is the day its newest snapshot was taken; without one the stated day holds.
    """
    fields = source.csl or {}
    item: Item = {"id": source.key, "type": type_of(source)}
    item |= {name: fields[name] for name in (*PLAIN, "DOI", "ISBN", "ISSN") if name in fields}
    for name in NAMES:
        if name in fields:
            item[name] = names.read(fields[name])
    if source.authors:
        item["author"] = names.read(source.authors)
    day = accessed.isoformat() if accessed else fields.get("accessed")
    known = {
        "title": source.title,
        "publisher": source.publisher,
        "URL": source.url,
        "language": source.language,
        "issued": edtf.to_csl(source.issued),
        "accessed": edtf.to_csl(day),
    }
    return item | {name: value for name, value in known.items() if value}


def type_of(source: Source) -> str:
    """The CSL type of a source: the stated one, else that of its kind."""
    return (source.csl or {}).get("type") or TYPE_OF[source.kind]


def is_chinese(source: Source) -> bool:
    """Whether the work itself is in Chinese."""
    return (source.language or "").split("-")[0] == "zh"


def item_for(source: Source, style: Style, accessed: dt.date | None = None) -> Item:
    """Return the item a style is given, so that citeproc-py prints what the manual asks for."""
    item = item_of(source, accessed)
    _placed(item, style, speaks=source.kind in BODIES)
    if item["type"] == "personal_communication" and style in {Style.APA, Style.CHICAGO}:
        # Both call it so themselves (APA, 7th, 8.9; Chicago Manual, 17th, 14.214).
        item.pop("title", None)
    elif "title" not in item:
        described = DESCRIBED.get(source.kind, PAGE)
        words = described[1 if style in CHINESE and is_chinese(source) else 0]
        # APA (7th, 9.22) and ISO 690 put words of one's own in brackets; the Chicago Manual and
        # MLA (9th, 5.28) set a description plain, without italics or quotation marks.
        item["title"] = supplied(words if style in {Style.CHICAGO, Style.MLA} else f"[{words}]")
    else:
        item["title"] = guarded(item["title"], quotes=style not in CHINESE)
    _edition(item, style)
    if style is Style.GB_AUTHOR_DATE and "issued" not in item:
        # The year leads to the entry: ISO 690:2010, 5.9.5, has one say that it is not known.
        item["issued"] = {"literal": "[日期不详]" if is_chinese(source) else "[n.d.]"}
    if "issued" in item:
        item["issued"] = date_for(item["issued"], source.issued, style, chinese=is_chinese(source))
    return {name: _guarded(name, value, style) for name, value in item.items()}


def _guarded(name: str, value: Any, style: Style) -> Any:
    """A field without the signs that have a meaning while a citation is put together."""
    if isinstance(value, list):
        return [
            {key: guarded(part, quotes=style not in CHINESE) for key, part in one.items()}
            for one in value
        ]
    if not isinstance(value, str) or name in {"id", "type", "language", "title"}:
        return value
    return guarded(value, quotes=style not in CHINESE and name in TITLES)


def _placed(item: Item, style: Style, *, speaks: bool) -> None:
    """Say where a work stands and who issued it; ``speaks`` is a publisher that speaks itself."""
    publisher = PASSED_ON.sub("", item.get("publisher", "")).strip()
    if publisher:
        contained = item["type"] in IN_A_CONTAINER
        place = "container-title" if contained else "publisher"
        if contained:
            del item["publisher"]
            item.setdefault(place, publisher)
        else:
            item[place] = publisher
        # A body that issues a work without a person's name is its author: APA 7, 9.11; Chicago
        # Manual, 17th, 14.84; GB/T 7714-2015, 8.1.3, whose own example of a report (4.6.2) begins
        # 中国互联网络信息中心. APA does not name it twice (10.4, 10.16), and none names the owner
        # of a site twice; MLA begins with the title.
        of_a_body = speaks or item["type"] in OF_A_BODY
        if of_a_body and not item.get("author") and style is not Style.MLA:
            item["author"] = [{"literal": publisher}]
            if (style is Style.APA or contained) and item[place] == publisher:
                del item[place]
    if style is Style.CHICAGO and item["type"].startswith("entry-"):
        # The Chicago Manual (17th, 14.232-233) cites well-known reference works in notes only, and
        # its style prints nothing; others are cited as chapters of a book are.
        item["type"] = "chapter"
    if item.get("DOI") and item.get("URL", "").startswith(DOI_ADDRESS):
        del item["URL"]


def _edition(item: Item, style: Style) -> None:
    """GB/T 7714-2015, 8.3: the first edition is not named; in Chinese a later one is ``3版``."""
    edition = item.get("edition", "")
    if style not in CHINESE or not edition.isdecimal():
        return
    if int(edition) == 1:
        del item["edition"]
    elif item.get("language", "").startswith("zh"):
        item["edition"] = f"{int(edition)}版"
