"""The sentences of an appendix into which numbers, names and marks are put."""

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

WITHHELD = _("[withheld %(commitment)s]")
GUEST_NAMED = _("%(side)s, through a link")
NUMBERED_PERSON, NUMBERED_GUEST = (
    _("newsroom, person %(number)s"),
    _("outside the newsroom, person %(number)s"),
)
ACTS: dict[str, LazyString] = {
    "set_aside": _("set numbers of the text aside"),
    "entered": _("entered claims"),
    "attached": _("attached evidence"),
    "withdrew": _("took evidence back"),
    "assessed": _("assessed claims"),
    "submitted": _("submitted claims"),
    "asked": _("asked people outside"),
    "contested": _("raised contests"),
    "settled": _("settled contests"),
    "waived": _("set remarks of the rules aside"),
    "returned": _("returned claims"),
    "signed": _("signed claims"),
    "signed_article": _("signed the article off"),
    "published": _("published it in an emergency"),
}
ANOTHER_ACT = _("took part")

NUMBERED = _("Verification appendix · No. %(number)s")
PREVIEW = _("Verification appendix · preview")

ARTICLE, PUBLISHED, BYLINE = _("Article"), _("Published"), _("Byline")
VERSION, VERSION_SHA = _("Version"), _("Text SHA-256")
VERSION_WORDS = _("version %(number)s, %(characters)s characters, received %(at)s")
ISSUED, BY_AND_AT = _("Issued"), _("%(at)s by %(by)s")
PROFILE, LANGUAGE, STYLE = _("Made for"), _("Language"), _("Citation style")
AS_OF = _("State of")
AS_OF_WORDS = _("%(at)s, ledger number %(position)s, schema revision %(revision)s")
POLICY = _("Policy version")
NUMBERS, NUMBERS_OF = _("Numbers accounted for"), _("%(done)s of %(all)s")
CONTENT_ROOT = _("Content commitment")
LANGUAGES: dict[str, LazyString] = {
    "zh": _("Chinese"),
    "en": _("English"),
    "both": _("Chinese and English side by side"),
}

SUMMARY_CLAIMS = _("Claims checked: %(count)s.")
SUMMARY_NONE = _("The article holds no claim.")
SUMMARY_SIGNED = _("Signed off: %(signed)s of %(count)s.")
SUMMARY_CONTESTED = _("Open contests: %(contested)s; both sides are printed.")
SUMMARY_NUMBERS = _("Numbers in the text accounted for: %(done)s of %(all)s.")
SUMMARY_SOURCES = _("Sources behind the evidence: %(count)s.")

CONTESTED = _("Contested × %(count)s")
BLOCKING = _("blocks sign-off")
CONTEST_TITLE = _("Contest %(number)s · %(reason)s · %(state)s")
OPEN, SETTLED = _("open"), _("settled: %(outcome)s")
ABOUT = _("about %(what)s")
ABOUT_ASSESSMENT = _("the assessment")
CLAIMED_BY = _("%(side)s (%(party)s)")
RAISED = _("Raised by %(by)s, %(at)s")
SETTLED_BY = _("Settled by %(by)s, %(at)s")
DUE = _("due %(day)s")
ASSESSED = _("Assessed by %(by)s, %(at)s")
LOWERED = _("a person lowered it from “%(status)s”")
SUBMITTED = _("Submitted by %(by)s · levels of sign-off: %(levels)s")
SIGNED_AS = _("%(decision)s (%(level)s)")
ARTICLE_SIGNED = _("%(decision)s · version %(version)s")
EARLIER = _("%(at)s, %(by)s: %(status)s")
SET_ASIDE = _("“%(text)s”: %(reason)s")
SET_ASIDE_BY = _("set aside by %(by)s")
VOID = _("void: it no longer stands under the content")
VOID_ARTICLE = _("void: something has changed since")
PLACED = _("in the text: %(state)s")
BASIS = _("basis: %(basis)s")
IMMATERIAL = _("not material to the claim")

WITHDRAWN = _("withdrawn by %(by)s: %(reason)s")
NOT_COUNTED = _("does not count")
ENTERED = _("entered by %(by)s, %(at)s")
SNAPSHOT = _("snapshot of %(at)s, %(media)s, %(size)s bytes")
TOLD = _("%(via)s, %(on)s")
PLACES: dict[str, LazyString] = {
    "page": _("Page %(number)s"),
    "paragraph": _("Paragraph %(number)s"),
    "section": _("Section %(number)s"),
}
ASKED = _("%(side)s asked: %(name)s, %(at)s, until %(until)s")
ANSWERED = _("%(choice)s, %(at)s")
NO_ANSWER = _("no answer so far")
FINDING = _("%(severity)s: %(message)s")
WAIVED = _("set aside by %(by)s: %(reason)s")

CONFIDENTIAL = _("Confidential source")
RELIABILITY = _("source %(letter)s")
CREDIBILITY = _("information %(figure)s · %(words)s")

REPLACES = _("This appendix replaces No. %(number)s.")
FIRST = _("This is the first appendix of this article.")
NO_DIFFERENCE = _("No claim differs from it.")
DIFFERS = _("Changed: %(claims)s.")
ELSEWHERE = _("Changed outside the claims: %(parts)s.")
PARTS: dict[str, LazyString] = {
    "article": _("title or details of the article"),
    "version": _("version of the text"),
    "sign_offs": _("sign-off of the article"),
    "set_aside": _("numbers set aside"),
    "sources": _("list of sources"),
    "method": _("method"),
    "policy_version": _("policy"),
    "schema_revision": _("schema of the database"),
}
"""What an appendix says beside its claims, by the names of the fields of its content."""
ADDED, REMOVED = _("Added: %(claims)s."), _("No longer included: %(claims)s.")

MEANINGS: dict[str, LazyString] = {
    "unchecked": _("Nobody has concluded anything yet."),
    "supported": _("The evidence bears out what is printed."),
    "partly_supported": _("Some figures are borne out, others are not yet."),
    "misleading": _("Right to the letter, and it makes a reader believe something wrong."),
    "refuted": _("The evidence says otherwise."),
    "conflicting": _("Reliable sources disagree."),
    "not_enough_evidence": _("Too little was found to tell."),
    "outdated": _("It was so, and newer figures exist."),
    "not_checkable": _("An opinion, a forecast, or nothing that could be looked up."),
}
"""What each status means, in the order of the desk."""
WIDTHS, WIDTH = _("How wide figures are read"), _("%(value)s · %(unit)s · %(meaning)s (%(basis)s)")
MARKS = _(
    "Where something is withheld, a mark stands in its place with the first digits of a "
    "commitment: a salted hash, from which nobody can guess what is beneath. The proof covers what "
    "is withheld too: if it is disclosed later, anybody can check that it is what was there when "
    "this appendix was issued."
)
MATTER = _("%(matter)s (%(count)s)")

PARAGRAPHS = (
    _(
        "The newsroom's ledger was signed over this appendix. Whoever keeps this file is a "
        "witness: if the ledger is ever rewritten, this signed head contradicts it."
    ),
    _(
        "The head binds the whole content and each claim: an altered word, a removed claim, "
        "another order of the evidence and a forged signature are each found and named."
    ),
)
STEPS = (
    _(
        "Compare the fingerprint of the key below with the one the newsroom publishes elsewhere: a "
        "file vouches for nothing if a forger wrote all of it."
    ),
    _(
        "Run the command below, with nothing but Python and without a network. The program is one "
        "file of the standard library; the newsroom hands it out, and anybody may read it."
    ),
    _(
        "Keep the file as it is. Saved again by another program it may read the same and no longer "
        "be the file that was issued."
    ),
)
