"""What an appendix says of people beside their name: of which kind they are, and what they did."""

from enum import StrEnum


class PersonKind(StrEnum):
    """Whether somebody is of the newsroom, outside it, or the program itself."""

    EDITOR = "editor"
    GUEST = "guest"
    SYSTEM = "system"


class PersonAct(StrEnum):
    """What people do, in the order in which work on a claim goes."""

    SET_ASIDE = "set_aside"
    ENTERED = "entered"
    ATTACHED = "attached"
    WITHDREW = "withdrew"
    ASSESSED = "assessed"
    SUBMITTED = "submitted"
    ASKED = "asked"
    CONTESTED = "contested"
    SETTLED = "settled"
    WAIVED = "waived"
    RETURNED = "returned"
    SIGNED = "signed"
    SIGNED_ARTICLE = "signed_article"
    PUBLISHED = "published"
