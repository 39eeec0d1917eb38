"""How an appendix was made, in words for a reader who has never seen the desk."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.exports.view.parts import Badge, Section
from app.exports.view.wording import Wording
from claims.status import VerificationStatus

TAKEN = (
    _("What was checked"),
    _(
        "Every statement of the article that can be true or false is listed in the order of the "
        "text, with the sentence as it is printed. Every number in the text either belongs to such "
        "a claim or was set aside with a reason."
    ),
)
READING = (
    _("How figures are read"),
    _(
        "A printed figure stands for the interval a reader would understand by it: 18.3 stands for "
        "18.25 to 18.35, “over 50” for anything above 50. How far words such as “about” and "
        "“nearly” reach is fixed in the desk's policy, version %(policy)s. A source's figure is "
        "compared with that interval only where period, measure and basis are the same; otherwise "
        "the appendix says what differs."
    ),
)
COUNTING = (
    _("How evidence is counted"),
    _(
        "Support is counted in independent origins, not in links: reports that repeat one another "
        "count once. An item that was withdrawn, or that gives neither quote nor place, stays on "
        "the list and does not count."
    ),
)
DISPUTING = (
    _("Contests"),
    _(
        "Whoever disputes a claim is printed with the evidence for and against the contest, "
        "whether it is settled or not. An open contest stands beside a status and never replaces "
        "it."
    ),
)
SIGNING = (
    _("Sign-offs"),
    _(
        "A signature stands under exactly the content whose SHA-256 is printed beside it and is "
        "void as soon as that content changes. Nobody signs what they have submitted themselves."
    ),
)
WITHHOLDING = (
    _("What is withheld"),
    _(
        "Where this edition withholds something, a mark stands in its place with the first digits "
        "of a commitment: a cryptographic hash, salted so that nobody can guess what is beneath. "
        "The proof covers what is withheld too. If the newsroom discloses it later, anybody can "
        "check that it is what was there when this appendix was issued."
    ),
)
STATE = (
    _("Of which state"),
    _(
        "Made from ledger number %(position)s and schema revision %(revision)s. Later changes to "
        "the desk do not alter this appendix; they appear in the next one. All times are UTC."
    ),
)
STATUSES = _("What the statuses mean")
MEANINGS: dict[VerificationStatus, LazyString] = {
    VerificationStatus.UNCHECKED: _("Nobody has assessed it yet."),
    VerificationStatus.SUPPORTED: _("The evidence shows the claim as it is printed."),
    VerificationStatus.PARTLY_SUPPORTED: _("Some of its figures are shown, others are not."),
    VerificationStatus.MISLEADING: _("Right in its words; without the context it misleads."),
    VerificationStatus.REFUTED: _("The evidence shows something else."),
    VerificationStatus.CONFLICTING: _("Sources of weight contradict one another."),
    VerificationStatus.NOT_ENOUGH_EVIDENCE: _("What was found neither shows it nor refutes it."),
    VerificationStatus.OUTDATED: _("It was right once; newer figures have replaced it."),
    VerificationStatus.NOT_CHECKABLE: _("No evidence could decide it: an opinion, for example."),
}
SECTIONS = (TAKEN, READING, COUNTING, DISPUTING, SIGNING, WITHHOLDING, STATE)


def method(words: Wording, content: Mapping[str, Any]) -> tuple[Section, ...]:
    """The method in short sections; the meaning of each status stands among them."""
    values = {
        "policy": words.words(content.get("policy_version")),
        "position": content.get("ledger_position"),
        "revision": words.words(content.get("schema_revision")),
    }
    found = [
        Section(words.text(title), (words.say(paragraph, **values),))
        for title, paragraph in SECTIONS
    ]
    return (*found[:2], _statuses(words), *found[2:])


def _statuses(words: Wording) -> Section:
    terms = [
        (
            Badge("status", status.value, words.label("VerificationStatus", status.value)),
            words.text(MEANINGS[status]),
        )
        for status in VerificationStatus
    ]
    return Section(words.text(STATUSES), (), tuple(terms))
