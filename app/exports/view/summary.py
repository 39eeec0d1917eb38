"""The summary of an appendix: how many claims have which status, and the same in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.exports.view import sentences
from app.exports.view.claims import open_contests
from app.exports.view.parts import Badge, StatusCount, Summary
from app.exports.view.text import Text
from app.exports.view.wording import Wording
from claims.status import VerificationStatus
from claims.vocabulary import Stage

WHOLE = 100


def summary(words: Wording, content: Mapping[str, Any]) -> Summary:
    """Count the statuses that are shown, in the desk's own order."""
    claims = content.get("claims")
    rows: Sequence[Mapping[str, Any]] = claims if isinstance(claims, list) else ()
    found = Counter(row["status"] for row in rows if isinstance(row.get("status"), str))
    counts = tuple(
        StatusCount(
            Badge("status", status.value, words.label("VerificationStatus", status.value)),
            found[status.value],
            round(found[status.value] * WHOLE / len(rows)),
        )
        for status in VerificationStatus
        if found[status.value]
    )
    return Summary(counts, len(rows), tuple(_told(words, content, rows)))


def _told(
    words: Wording, content: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> list[Text]:
    if not rows:
        return [words.text(sentences.SUMMARY_NONE)]
    count = len(rows)
    many = words.say(sentences.SUMMARY_MANY, count=count)
    told = [words.text(sentences.SUMMARY_ONE) if count == 1 else many]
    signed = sum(row.get("stage") == Stage.SIGNED_OFF.value for row in rows)
    told.append(words.say(sentences.SUMMARY_SIGNED, signed=signed, count=count))
    if contested := sum(open_contests(row) > 0 for row in rows):
        told.append(words.say(sentences.SUMMARY_CONTESTED, contested=contested))
    done, everything = content.get("numbers_accounted"), content.get("numbers_total")
    if isinstance(done, int) and isinstance(everything, int):
        told.append(words.say(sentences.SUMMARY_NUMBERS, done=done, all=everything))
    if isinstance(content.get("sources"), list) and content["sources"]:
        told.append(words.say(sentences.SUMMARY_SOURCES, count=len(content["sources"])))
    return told
