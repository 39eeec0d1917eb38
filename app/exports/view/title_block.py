"""The title block: of which state, for whom, in which language and style an appendix was issued."""

from collections.abc import Mapping
from typing import Any

from app.exports.view import sentences as said
from app.exports.view.parts import Fact
from app.exports.view.people import People
from app.exports.view.text import Said, Words
from app.exports.view.wording import Wording
from sources.citation_styles import NAMES


def title_facts(
    words: Wording, people: People, issue: Mapping[str, Any], content: Mapping[str, Any]
) -> tuple[Fact, ...]:
    """Each line of the block; what this issue does not have has no line."""
    article, version = words.within(content.get("article")), words.within(content.get("version"))
    lines = [
        (said.ARTICLE, words.words(article.get("key"))),
        (said.BYLINE, words.words(article.get("byline"))),
        (said.PUBLISHED, words.words(article.get("published"))),
        (said.VERSION, _version(words, version)),
        (said.ISSUED, _issued(words, people, issue)),
        (said.PROFILE, words.label("Profile", issue["profile"])),
        (said.LANGUAGE, words.text(said.LANGUAGES[issue["language"]])),
        (said.STYLE, Said(dict(NAMES).get(issue["style"], issue["style"]))),
        (said.AS_OF, _state(words, issue, content)),
        (said.POLICY, words.words(content.get("policy_version"))),
        (said.NUMBERS, _numbers(words, words.within(content.get("summary")))),
    ]
    facts = [Fact(words.text(name), value) for name, value in lines if value]
    digest = words.words(version.get("sha256"))
    return (*facts, *([Fact(words.text(said.VERSION_SHA), digest, "hash")] if digest else []))


def _version(words: Wording, version: Mapping[str, Any]) -> Words | None:
    if not version:
        return None
    return words.say(
        said.VERSION_WORDS,
        number=words.words(str(version.get("number"))),
        characters=words.words(str(version.get("characters"))),
        at=words.moment(version.get("received_at")),
    )


def _issued(words: Wording, people: People, issue: Mapping[str, Any]) -> Words | None:
    at, by = words.moment(issue["issued_at"]), people.called(issue["issued_by"])
    return words.say(said.BY_AND_AT, at=at, by=by) if by and at else at


def _state(words: Wording, issue: Mapping[str, Any], content: Mapping[str, Any]) -> Words:
    return words.say(
        said.AS_OF_WORDS,
        at=words.moment(issue["as_of"]),
        position=issue["ledger_position"],
        revision=words.words(content.get("schema_revision")),
    )


def _numbers(words: Wording, summary: Mapping[str, Any]) -> Words | None:
    done, every = summary.get("numbers_accounted"), summary.get("numbers_total")
    return words.say(said.NUMBERS_OF, done=done, all=every) if isinstance(every, int) else None
