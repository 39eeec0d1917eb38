"""The closed lists of words of sorting: proposals, acts, and differences between readings."""

from enum import StrEnum


class Strength(StrEnum):
    """Whether a number states something to check, or is only listed."""

    STRONG = "strong"
    WEAK = "weak"


class Rule(StrEnum):
    """Why a number is strong or weak, where that is not the reader's own rule."""

    HEADING = "heading"
    DATE = "date"
    DESIGNATION = "designation"
    ENUMERATION = "enumeration"
    PROCESS_NODE = "process_node"
    ATTRIBUTE = "attribute"
    STRETCH_OF_TIME = "stretch_of_time"
    ORDINAL_WORDING = "ordinal_wording"
    BARE_NUMBER = "bare_number"
    CONSECUTIVE = "consecutive"
    FIRST_TIME = "first_time"
    RANK = "rank"
    BY_HAND = "by_hand"


class PeriodSource(StrEnum):
    """How a figure came by its period."""

    STATED = "stated"
    CARRIED = "carried"
    ARTICLE_DATE = "article_date"
    EDITOR = "editor"


class ProposalState(StrEnum):
    """What became of a proposal."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MERGED = "merged"
    SPLIT = "split"
    SUPERSEDED = "superseded"


STANDING = (ProposalState.PENDING, ProposalState.ACCEPTED, ProposalState.REJECTED)
"""States of a proposal that still stands for its own words."""


def adjoining(text: str, stop: int, start: int) -> bool:
    """Tell whether two places of a text stand in one paragraph."""
    return "\n" not in text[stop:start]


class RejectionReason(StrEnum):
    """Why a proposal is no claim."""

    NOT_A_CLAIM = "not_a_claim"
    DUPLICATE = "duplicate"
    OPINION = "opinion"
    DESIGNATION = "designation"
    PRODUCT_NAME = "product_name"
    PUBLICATION_DATE = "publication_date"
    ORDINAL_WORDING = "ordinal_wording"
    IDIOM = "idiom"
    ENUMERATION = "enumeration"


class ActKind(StrEnum):
    """What a person did while sorting."""

    ACCEPT = "accept"
    ACCEPT_ALL = "accept_all"
    REJECT = "reject"
    EDIT = "edit"
    MERGE = "merge"
    SPLIT = "split"
    REOPEN = "reopen"
    ADD = "add"
    DISMISS = "dismiss"
    RECLAIM = "reclaim"
    TAKE_OVER = "take_over"
    LEAVE = "leave"


class DifferenceKind(StrEnum):
    """What a later reading sees differently."""

    NUMBER_NEW = "number_new"
    NUMBER_CHANGED = "number_changed"
    NUMBER_VANISHED = "number_vanished"
    PROPOSAL_NEW = "proposal_new"
    PROPOSAL_CHANGED = "proposal_changed"
    PROPOSAL_VANISHED = "proposal_vanished"


class DifferenceState(StrEnum):
    """What became of a difference."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"
