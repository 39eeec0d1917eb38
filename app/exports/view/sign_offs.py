"""Who signed or returned a claim, and how the article as a whole went out."""

from collections.abc import Mapping
from typing import Any

from flask_babel.speaklater import LazyString

from app.exports.view.claim_parts import SignOffView
from app.exports.view.people import People
from app.exports.view.sentences import ARTICLE_SIGNED, SIGNED_AS, VOID, VOID_ARTICLE
from app.exports.view.text import Words
from app.exports.view.wording import Wording


def claim_sign_off(words: Wording, people: People, row: Mapping[str, Any]) -> SignOffView:
    """One signature or return of a claim."""
    decision: Words = words.label("SignOffDecision", row.get("decision"))
    if row.get("decision") == "signed" and isinstance(row.get("level"), int):
        level = words.label("SignOffLevel", row["level"])
        decision = words.say(SIGNED_AS, decision=decision, level=level)
    return _view(words, people, row, decision, VOID, "content_sha256")


def article_sign_off(words: Wording, people: People, row: Mapping[str, Any]) -> SignOffView:
    """One sign-off of the article, or its publication in an emergency."""
    decision = words.say(
        ARTICLE_SIGNED,
        decision=words.label("ArticleDecision", row.get("decision")),
        version=words.words(str(row.get("version"))),
    )
    return _view(words, people, row, decision, VOID_ARTICLE, "state_sha256")


def _view(
    words: Wording,
    people: People,
    row: Mapping[str, Any],
    decision: Words,
    void: LazyString,
    name: str,
) -> SignOffView:
    hidden = words.hidden(row)
    return SignOffView(
        decision=hidden or decision,
        by=hidden or people.named(row.get("by")) or words.same("—"),
        at=words.moment(row.get("at")),
        void=words.text(void) if row.get("void") is True else None,
        reason=words.words(row.get("reason")),
        sha256=words.words(row.get(name)),
        missing=tuple(filter(None, map(words.words, words.rows(row.get("missing"))))),
        emergency=row.get("decision") == "emergency",
        signs=row.get("decision") == "signed",
    )
