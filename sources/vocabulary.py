"""The closed lists of words a source or snapshot may carry."""

from enum import StrEnum


class SourceKind(StrEnum):
    """What sort of document a source is."""

    COMPANY_FILING = "company_filing"
    COMPANY_STATEMENT = "company_statement"
    STATISTICS_OFFICE = "statistics_office"
    INDUSTRY_STATISTICS = "industry_statistics"
    MARKET_RESEARCH = "market_research"
    MARKET_RESEARCH_RELAY = "market_research_relay"
    NEWS_REPORT = "news_report"
    TRADE_PRESS = "trade_press"
    PRESS_RELEASE = "press_release"
    ACADEMIC = "academic"
    REGULATOR = "regulator"
    COURT = "court"
    REFERENCE = "reference"
    BLOG = "blog"
    FORUM_POST = "forum_post"
    AGGREGATOR = "aggregator"
    DATASET = "dataset"
    PERSONAL_COMMUNICATION = "personal_communication"
    OTHER = "other"


class Tier(StrEnum):
    """How near a source stands to the fact, from the body itself to a mere pointer."""

    PRIMARY = "primary"
    ESTABLISHED = "established"
    TRADE = "trade"
    POINTER = "pointer"


class Lineage(StrEnum):
    """Whether a source reports by itself or repeats another."""

    ORIGINAL = "original"
    REPRINT = "reprint"
    UNKNOWN = "unknown"


class Reliability(StrEnum):
    """The Admiralty code's letter for a source (NATO AJP-2.1); F means it cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Capture(StrEnum):
    """How a snapshot came to us."""

    UPLOAD = "upload"
    WEB = "web"
    EXCERPT = "excerpt"
    TYPED = "typed"


class Likened(StrEnum):
    """What a person said about two sources whose texts resemble each other."""

    LINKED = "linked"
    DISMISSED = "dismissed"


class Doubled(StrEnum):
    """What a person said about two entries that may be one document."""

    MERGED = "merged"
    APART = "apart"


class CaptureOutcome(StrEnum):
    """How an attempt to capture a source ended."""

    KEPT = "kept"
    REFUSED = "refused"


class CslType(StrEnum):
    """What a work is cited as: the types of CSL 1.0.2 a newsroom meets."""

    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BILL = "bill"
    BOOK = "book"
    BROADCAST = "broadcast"
    CHAPTER = "chapter"
    DATASET = "dataset"
    ENTRY_DICTIONARY = "entry-dictionary"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia"
    HEARING = "hearing"
    INTERVIEW = "interview"
    LEGAL_CASE = "legal_case"
    LEGISLATION = "legislation"
    MANUSCRIPT = "manuscript"
    MAP = "map"
    MOTION_PICTURE = "motion_picture"
    PAPER_CONFERENCE = "paper-conference"
    PAMPHLET = "pamphlet"
    PATENT = "patent"
    PERSONAL_COMMUNICATION = "personal_communication"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REPORT = "report"
    SOFTWARE = "software"
    SPEECH = "speech"
    STANDARD = "standard"
    THESIS = "thesis"
    WEBPAGE = "webpage"


class PageAnswer(StrEnum):
    """How a source's page answered when it was looked at."""

    ALIVE = "alive"
    REDIRECTED = "redirected"
    FORBIDDEN = "forbidden"
    WALLED = "walled"
    MISSING = "missing"
    UNREACHABLE = "unreachable"


LOST = (PageAnswer.MISSING, PageAnswer.UNREACHABLE, PageAnswer.WALLED)
"""The answers under which a reader who follows the address does not see the source."""
