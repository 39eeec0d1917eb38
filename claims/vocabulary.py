"""The closed lists of words of articles, claims, evidence, contests and findings."""

from enum import StrEnum


class Stage(StrEnum):
    """Where the work on a claim is."""

    OPEN = "open"
    CHECKING = "checking"
    SUBMITTED = "submitted"
    SIGNED_OFF = "signed_off"
    DROPPED = "dropped"


CLOSED = (Stage.SIGNED_OFF, Stage.DROPPED)
"""The stages of claims nobody works on any more."""


class Disposition(StrEnum):
    """What happens to the sentence in the article."""

    STET = "stet"
    CORRECT = "correct"
    ATTRIBUTE = "attribute"
    HEDGE = "hedge"
    CUT = "cut"
    HOLD = "hold"


class AnchorState(StrEnum):
    """How a claim's quote was found again in a version of the article."""

    EXACT = "exact"
    MOVED = "moved"
    REWORDED = "reworded"
    FIGURE_CHANGED = "figure_changed"
    ORPHANED = "orphaned"


class DismissalReason(StrEnum):
    """Why a number in the text is no claim."""

    DESIGNATION = "designation"
    PRODUCT_NAME = "product_name"
    PUBLICATION_DATE = "publication_date"
    ORDINAL_WORDING = "ordinal_wording"
    IDIOM = "idiom"
    ENUMERATION = "enumeration"
    DISCLAIMER = "disclaimer"
    OTHER = "other"


class RelationKind(StrEnum):
    """How one figure of a claim depends on another."""

    CHANGE_OF = "change_of"
    SHARE_OF = "share_of"
    RATIO_OF = "ratio_of"
    PART_OF = "part_of"
    RANK_OF = "rank_of"


class EvidenceKind(StrEnum):
    """What an evidence item is made of."""

    SOURCE = "source"
    PERSONAL_COMMUNICATION = "personal_communication"
    CALCULATION = "calculation"


class Channel(StrEnum):
    """How something was said to us."""

    CALL = "call"
    MEETING = "meeting"
    VIDEO = "video"
    EMAIL = "email"
    MESSAGE = "message"
    LETTER = "letter"
    OTHER = "other"


class Terms(StrEnum):
    """On which terms something was said to us."""

    ON_RECORD = "on_record"
    BACKGROUND = "background"
    OFF_RECORD = "off_record"


class Stance(StrEnum):
    """What an evidence item does to the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    QUALIFIES = "qualifies"
    MENTIONS = "mentions"


class Watched(StrEnum):
    """What a look at a source's page found of the words that evidence rests on."""

    SAME = "same"
    MOVED = "moved"
    REWORDED = "reworded"
    FIGURE_CHANGED = "figure_changed"
    UNCLEAR = "unclear"
    GONE = "gone"


WELL = frozenset({Watched.SAME, Watched.MOVED})
"""What a look finds where the source still says what it said."""


class Freshness(StrEnum):
    """Whether what a claim rests on still says what it said: computed, and never a status."""

    CURRENT = "current"
    DUE = "due"
    SOURCE_CHANGED = "source_changed"
    SOURCE_GONE = "source_gone"


class LocatorKind(StrEnum):
    """Where in a source the passage stands."""

    PAGE = "page"
    PARAGRAPH = "paragraph"
    SECTION = "section"
    TABLE_CELL = "table_cell"
    TIME = "time"
    EXCERPT = "excerpt"


class SignOffDecision(StrEnum):
    """What a second person answered."""

    SIGNED = "signed"
    RETURNED = "returned"


class SignOffLevel(StrEnum):
    """The levels of sign-off by their number, as a newsroom calls them."""

    FIRST = "1"
    SECOND = "2"
    FINAL = "3"


class ArticleDecision(StrEnum):
    """How a version of an article goes out."""

    SIGNED = "signed"
    EMERGENCY = "emergency"


class ContestReason(StrEnum):
    """Why a claim, figure, evidence item or assessment is disputed."""

    SOURCES_DISAGREE = "sources_disagree"
    SINGLE_ORIGIN = "single_origin"
    UNCONFIRMED_REPORT = "unconfirmed_report"
    PARTY_DENIES = "party_denies"
    DEFINITION_OR_SCOPE = "definition_or_scope"
    PERIOD_MISMATCH = "period_mismatch"
    ARITHMETIC = "arithmetic"
    MISATTRIBUTION = "misattribution"
    TRANSLATION = "translation"
    SUPERSEDED = "superseded"
    SUPERLATIVE = "superlative"
    LEGAL = "legal"
    OTHER = "other"


class Side(StrEnum):
    """Who disputes."""

    CHECKER = "checker"
    REVIEWER = "reviewer"
    AUTHOR = "author"
    SUBJECT = "subject"
    EXPERT = "expert"
    READER = "reader"
    RULE = "rule"


GUEST = "guest:"
"""How the stable string of somebody outside the desk begins; the side and a key follow."""
OUTSIDE = (Side.READER, Side.EXPERT, Side.SUBJECT)
"""The sides that can be asked through a link, without an account."""


class AnswerChoice(StrEnum):
    """What somebody outside the desk says about a claim they were asked about."""

    AGREE = "agree"
    DISPUTE = "dispute"
    CONTEXT = "context"


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REVOKED = "revoked"


class ContestOutcome(StrEnum):
    """How a contest ended."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Bearing(StrEnum):
    """Whether an evidence item speaks for the contest or against it."""

    FOR = "for"
    AGAINST = "against"


class Severity(StrEnum):
    """How much a finding weighs."""

    MANDATORY = "mandatory"
    WARNING = "warning"
    SUGGESTION = "suggestion"


class Reconciled(StrEnum):
    """How two figures of the house that disagree stand to each other."""

    CONTRADICTION = "contradiction"
    DIFFERENT_PERIOD = "different_period"
    REVISION = "revision"
    DIFFERENT_DEFINITION = "different_definition"


class Profile(StrEnum):
    """Whom an appendix is for; each is a redaction policy."""

    INTERNAL = "internal"
    EDITOR = "editor"
    LEGAL = "legal"
    PUBLIC = "public"
