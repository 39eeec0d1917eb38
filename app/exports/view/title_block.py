"""The title block: of which state, for whom, in which language and style an appendix was issued."""

from collections.abc import Mapping
from typing import Any

from app.exports.view import sentences as said
from app.exports.view.parts import Fact
from app.exports.view.text import Said, Words
from app.exports.view.wording import Wording
from sources.citation_styles import NAMES


def title_facts(
    words: Wording, issue: Mapping[str, Any], content: Mapping[str, Any]
) -> tuple[Fact, ...]:
    """Each line of the block; what this issue does not have has no line."""
    version = content.get("version")
    lines: list[tuple[Any, Words | None]] = [
        (said.VERSION, words.words(f"v{version}" if isinstance(version, int) else version)),
        (said.ISSUED, _issued(words, issue)),
        (said.PROFILE, words.label("Profile", issue.get("profile"))),
        (said.LANGUAGE, _language(words, issue)),
        (said.STYLE, _style(issue)),
        (said.AS_OF, _state(words, content)),
        (said.POLICY, words.words(content.get("policy_version"))),
        (said.NUMBERS, _numbers(words, content)),
    ]
    facts = [Fact(words.text(name), value) for name, value in lines if value and _told(value)]
    digest = words.words(content.get("version_sha256"))
    return (*facts, *([Fact(words.text(said.VERSION_SHA), digest, "hash")] if digest else []))


def _told(value: Words) -> bool:
    return not isinstance(value, tuple) or any(value)


def _issued(words: Wording, issue: Mapping[str, Any]) -> Words | None:
    by, at = words.person(issue.get("issued_by")), words.moment(issue.get("issued_at"))
    return words.say(said.BY_AND_AT, at=at, by=by) if by and at else None


def _language(words: Wording, issue: Mapping[str, Any]) -> Words | None:
    known = said.LANGUAGES.get(str(issue.get("language")))
    return words.text(known) if known is not None else None


def _style(issue: Mapping[str, Any]) -> Words | None:
    style = issue.get("style")
    return Said(dict(NAMES).get(style, str(style))) if style else None


def _state(words: Wording, content: Mapping[str, Any]) -> Words | None:
    if "ledger_position" not in content:
        return None
    revision = words.words(content.get("schema_revision"))
    return words.say(said.AS_OF_WORDS, position=content["ledger_position"], revision=revision)


def _numbers(words: Wording, content: Mapping[str, Any]) -> Words | None:
    done, every = content.get("numbers_accounted"), content.get("numbers_total")
    if not isinstance(done, int) or not isinstance(every, int):
        return words.words(done) if isinstance(done, dict) else None
    return words.say(said.NUMBERS_OF, done=done, all=every)
