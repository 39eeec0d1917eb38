"""The part of schema.org that is used here: each type with its fields, and whatever is not in it.

Read off the pages of ClaimReview, Claim, Rating, Organization, ImageObject, Article, CreativeWork,
PropertyValue, DataFeed and DataFeedItem, the inherited fields among them.
"""

import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
LINK = re.compile(r"https?://[^\s<>\"]+")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
WORK = {"url", "name", "headline", "datePublished", "dateModified", "inLanguage", "publisher"}
FIELDS: dict[str, set[str]] = {
    "ClaimReview": {"claimReviewed", "itemReviewed", "reviewRating", "author", "citation"}
    | {"identifier", "url", "datePublished", "dateModified", "inLanguage", "description"},
    "Claim": {"text", "author", "creditText", "datePublished", "appearance", "firstAppearance"},
    "Rating": {"alternateName", "ratingExplanation", "ratingValue", "bestRating", "worstRating"},
    "Organization": {"name", "url", "logo"},
    "ImageObject": {"url"},
    "Article": WORK,
    "CreativeWork": WORK,
    "PropertyValue": {"propertyID", "value"},
    "DataFeed": {"name", "publisher", "dateModified", "dataFeedElement"},
    "DataFeedItem": {"url", "dateCreated", "dateModified", "dateDeleted", "item"},
}
KINDS: dict[str, set[str]] = {
    "itemReviewed": {"Claim"},
    "reviewRating": {"Rating"},
    "author": {"Organization"},
    "publisher": {"Organization"},
    "logo": {"ImageObject"},
    "citation": {"CreativeWork"},
    "identifier": {"PropertyValue"},
    "appearance": {"Article"},
    "firstAppearance": {"Article", "CreativeWork"},
    "dataFeedElement": {"DataFeedItem"},
    "item": {"ClaimReview"},
}
"""What a field's value is where it is no text, number, address or date."""


def faults(node: Any, kinds: set[str], place: str = "") -> Iterator[str]:
    """Name whatever schema.org does not know of, with its place."""
    kind = node.get("@type") if isinstance(node, dict) else None
    if kind not in kinds:
        yield f"{place}: {kind} is none of {sorted(kinds)}"
        return
    for name, value in node.items():
        if name in {"@type", "@context", "@id"}:
            continue
        if name not in FIELDS[kind]:
            yield f"{place}: a {kind} has no {name}"
        for one in value if isinstance(value, list) else [value]:
            if name in KINDS:
                yield from faults(one, KINDS[name], f"{place}.{name}")
            elif not _is_plain(name, one):
                yield f"{place}.{name}: {one!r}"


def _is_plain(name: str, value: object) -> bool:
    if name in {"ratingValue", "bestRating", "worstRating"}:
        return isinstance(value, int)
    if not isinstance(value, str) or not value:
        return False
    if name == "url":
        return LINK.fullmatch(value) is not None
    if name.startswith("date"):
        return DATE.fullmatch(value) is not None
    return name != "inLanguage" or TAG.fullmatch(value) is not None


def lacking(review: Node) -> set[str]:
    """What Google's guidelines ask of a ClaimReview that this one does not have.

    The required fields are claimReviewed, reviewRating with alternateName, and url; author and
    itemReviewed are recommended. A numeric rating lies between its worst and its best.
    """
    missing = {"claimReviewed", "reviewRating", "url", "author", "itemReviewed"} - review.keys()
    rating = review.get("reviewRating", {})
    if not rating.get("alternateName"):
        missing.add("alternateName")
    numbers = [rating.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    if any(numbers) and (None in numbers or not numbers[0] <= numbers[1] <= numbers[2]):
        missing.add("ratingValue")
    if not {"name", "url"} <= review.get("author", {}).keys():
        missing.add("author.name")
    return missing
