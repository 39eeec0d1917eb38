"""Whose figure it is and what is measured: a guess from the words before the verb."""

import re
from typing import NamedTuple

from claims.extraction.clauses import Clause
from claims.extraction.words import Words
from claims.quantities import Quantity

EDGES = " \t\n,，、:：;；“”\"'‘’「」()（）.。-—"
LONGEST = 40
FURTHEST = 1000
"""Characters of a clause before its figure; in more of them nobody would look for its subject."""
PARTICLES = re.compile(
    "^(?:而|但|且|并|其中|其|此外|另外|同时|不过|据[^,，]{1,10}[,，]|目标|计划|打算|预计|有望|只为|成为|目的就是|目的|就是"
    "|以|在|把|将|让|使|从|自|到了|到|也|又|还|曾|则|按)"
)
ADVERBS = re.compile(
    "(?:已经|已|仅|只|还|也|曾|将|约|大幅|逐步|依然|仍|迅速|一度|则|竟|才|就|更|都|均|分别|里|中|上|内|再添|在)+$"
)
ENGLISH_LEAD = re.compile(
    r"^(?:in|by|since|during|at|on|for|and|but|while|whereas|the|its|their|that|about)\s+",
    re.IGNORECASE,
)


class Topic(NamedTuple):
    """Subject and measure as words of the text; either may be missing."""

    subject: str | None
    measure: str | None


NOTHING = Topic(None, None)


def topic(text: str, clause: Clause, quantity: Quantity, words: Words, before: Topic) -> Topic:
    """Guess the topic of one figure; what the clause leaves out is taken from ``before``."""
    read = _chinese if words.cjk else _english
    said = _lead(text, clause, quantity)
    if len(said) > FURTHEST:
        return before
    lead = words.deictic.sub(" ", words.now.sub(" ", said))
    found = read(lead, text[quantity.end : min(clause.stop, quantity.end + LONGEST)], words)
    pointing = (found.subject or "").lower() in words.pointers
    subject = before.subject if pointing else found.subject or before.subject
    return Topic(subject, found.measure or before.measure)


def _lead(text: str, clause: Clause, quantity: Quantity) -> str:
    """The words of the clause before the figure, with dates and other numbers cut out."""
    parts, at = [], clause.start
    for other in clause.quantities:
        if other.start >= quantity.start:
            break
        parts.append(text[at : other.start])
        at = other.end
    parts.append(text[at : quantity.start])
    return " ".join(part.strip(EDGES) for part in parts).strip()


def _tidy(said: str) -> str | None:
    kept = said.strip(EDGES)
    return kept if 0 < len(kept) <= LONGEST else None


def _chinese(lead: str, after: str, words: Words) -> Topic:
    named = _named(lead, words)
    head = lead[: named[0]] if named else lead
    head = _stripped(head) or ""
    verb = words.verb(head)
    subject = _stripped(head if verb is None else head[:verb])
    measure = named[1] if named else _following(after, words)
    if subject and measure and subject.endswith(measure):
        subject = _tidy(subject.removesuffix(measure).removesuffix("的"))
    return Topic(_tidy((subject or "").removesuffix("的")), measure)


def _stripped(phrase: str) -> str | None:
    said = phrase.strip(EDGES)
    while True:
        shorter = ADVERBS.sub("", PARTICLES.sub("", said, count=1)).strip(EDGES)
        if shorter == said:
            return _tidy(said)
        said = shorter


def _named(lead: str, words: Words) -> tuple[int, str] | None:
    """The last measure named before the figure, and where it begins."""
    found = None
    for found in words.measures.finditer(lead):  # noqa: B007 - the last one is meant.
        pass
    return (found.start(), found[0]) if found else None


def _following(after: str, words: Words) -> str | None:
    """The measure named behind the figure: 5% 的全球市场份额."""
    ended = re.split("[,，;；。\n]", after, maxsplit=1)[0]
    found = words.measures.search(ended)
    return _tidy(ended[: found.end()].removeprefix("的")) if found else None


def _english(lead: str, after: str, words: Words) -> Topic:
    verb = words.verb(lead)
    phrase = lead if verb is None else lead[:verb]
    phrase = phrase.strip(EDGES)
    while (shorter := ENGLISH_LEAD.sub("", phrase, count=1).strip(EDGES)) != phrase:
        phrase = shorter
    owner, possessed, owned = (
        re.split(r"(['’]s?\s)", phrase, maxsplit=1)
        if re.search(r"['’]s?\s", phrase)
        else ("", "", phrase)
    )
    if possessed:
        return Topic(_tidy(owner), _tidy(owned))
    named = words.measures.search(phrase)
    if named:
        subject = phrase[: named.start()].strip(EDGES)
        rest = phrase[named.end() :].strip()
        if not subject and rest.lower().startswith(("of ", "in ")):
            subject = rest[3:]
        return Topic(_tidy(subject), _tidy(named[0]))
    behind = words.measures.search(re.split(r"[,;.\n]", after, maxsplit=1)[0])
    return Topic(_tidy(phrase), _tidy(behind[0]) if behind else None)
