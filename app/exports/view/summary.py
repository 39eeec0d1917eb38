"""The summary of an appendix: how many claims have which status, and the same in words."""

from collections.abc import Mapping
from typing import Any

from app.exports.view import sentences
from app.exports.view.claim_parts import Badge
from app.exports.view.parts import StatusCount, Summary
from app.exports.view.text import Text
from app.exports.view.wording import Wording
from claims.status import VerificationStatus

WHOLE = 100


def summary(words: Wording, content: Mapping[str, Any]) -> Summary:
    """The counts of the content, in the desk's own order of the statuses."""
    found = words.within(content.get("summary"))
    by_status, total = words.within(found.get("statuses")), _count(found, "claims")
    counts = tuple(
        StatusCount(
            Badge("status", status.value, words.label("VerificationStatus", status.value)),
            _count(by_status, status.value),
            round(_count(by_status, status.value) * WHOLE / total) if total else 0,
        )
        for status in VerificationStatus
        if _count(by_status, status.value)
    )
    return Summary(counts, total, tuple(_told(words, found, total)))


def _count(found: Mapping[str, Any], name: str) -> int:
    value = found.get(name)
    return value if isinstance(value, int) else 0


def _told(words: Wording, found: Mapping[str, Any], total: int) -> list[Text]:
    if not total:
        return [words.text(sentences.SUMMARY_NONE)]
    told = [words.say(sentences.SUMMARY_CLAIMS, count=total)]
    signed = _count(words.within(found.get("stages")), "signed_off")
    told.append(words.say(sentences.SUMMARY_SIGNED, signed=signed, count=total))
    if contested := _count(found, "open_contests"):
        told.append(words.say(sentences.SUMMARY_CONTESTED, contested=contested))
    done, every = _count(found, "numbers_accounted"), _count(found, "numbers_total")
    told.append(words.say(sentences.SUMMARY_NUMBERS, done=done, all=every))
    if sources := _count(found, "sources"):
        told.append(words.say(sentences.SUMMARY_SOURCES, count=sources))
    return told
