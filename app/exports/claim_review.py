"""A signed claim as a ClaimReview of schema.org, for search engines, aggregators and archives.

It says nothing that the appendix it is taken from does not show: what that withholds is left out.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import force_locale

from app.labels import LABELS
from app.newsroom import Newsroom, anchor
from claims.status import VerificationStatus
from claims.vocabulary import SignOffDecision, Stage

Node = dict[str, Any]
CONTEXT = "https://schema.org"
WORST, BEST = 1, 5
SCALE: Mapping[str, int] = {
    VerificationStatus.REFUTED: WORST,
    VerificationStatus.MISLEADING: 2,
    VerificationStatus.PARTLY_SUPPORTED: 3,
    VerificationStatus.SUPPORTED: BEST,
}
"""What is a degree of truth, in the figures whose meaning Google names (1 false to 5 true)."""
DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
"""A date that ISO 8601 and EDTF write alike."""
LINK = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
"""An address as RFC 3986 allows it, near enough to keep out what is none."""
TAGS = {"zh": "zh-Hans", "en": "en"}


@dataclass(frozen=True)
class Reviews:
    """The reviews of an issued appendix, from its document (``claim-desk/appendix/3``).

    ``closed`` are the keys of sources that became confidential after the issue: it named them, and
    nobody is told of them again.
    """

    document: Mapping[str, Any]
    house: Newsroom
    closed: frozenset[str] = frozenset()

    @cached_property
    def tongues(self) -> tuple[str, ...]:
        """The languages of the issue."""
        language = self.document["issue"]["language"]
        return tuple(TAGS) if language == "both" else (language,)

    @property
    def article(self) -> str:
        """The key of the article."""
        return str(self.document["content"]["article"])

    @property
    def issued_at(self) -> str:
        """When the appendix was issued; ISO 8601."""
        return str(self.document["issue"]["issued_at"])

    @property
    def claims(self) -> Iterator[Mapping[str, Any]]:
        """The claims a review is published of, in the order of the article."""
        return filter(is_published, self.document["content"]["claims"])

    def nodes(self) -> Iterator[Node]:
        """Each review, in the order of the article."""
        return map(self.node, self.claims)

    def node(self, claim: Mapping[str, Any]) -> Node:
        """The review of a published claim; ``@id`` is the same in every issue of the appendix."""
        address = self.house.review(self.article, claim["number"])
        tags = [TAGS[tongue] for tongue in self.tongues]
        return _known(
            {
                "@type": "ClaimReview",
                "@id": address,
                "url": address,
                "claimReviewed": self._said(claim["statement"]),
                "itemReviewed": self._claim(claim),
                "reviewRating": self._rating(claim),
                "author": self.house.as_dict(),
                "datePublished": signed_at(claim),
                "dateModified": self.issued_at,
                "inLanguage": tags if len(tags) > 1 else tags[0],
                "citation": self._citations(claim),
                "identifier": self._identifiers(claim),
            }
        )

    def _rating(self, claim: Mapping[str, Any]) -> Node:
        status = claim["status"]
        value = SCALE.get(status)
        return _known(
            {
                "@type": "Rating",
                "alternateName": self._said(_named(status, self.tongues)),
                "ratingExplanation": self._said(claim.get("reasoning"), "\n\n"),
                "ratingValue": value,
                "bestRating": value and BEST,
                "worstRating": value and WORST,
            }
        )

    def _claim(self, claim: Mapping[str, Any]) -> Node:
        """What is reviewed; who said it first is told only where the article names somebody."""
        credited = [words for words in shown(claim.get("attribution")) or () if shown(words)]
        names = (name for words in credited for name in words.values())
        author = next((name for name in names if name in self._publishers), None)
        article = self._article()
        return _known(
            {
                "@type": "Claim",
                "text": shown(claim.get("quote")) or self._said(claim["statement"]),
                "author": author and {"@type": "Organization", "name": author},
                "creditText": "; ".join(filter(None, map(self._said, credited))),
                "datePublished": article and article.get("datePublished"),
                "appearance": article and [article],
                "firstAppearance": None if credited else article,
            }
        )

    def _article(self) -> Node | None:
        """The article the claim stands in, where it has a public address."""
        content = self.document["content"]
        address = self.house.article(self.article)
        if not address:
            return None
        return _known(
            {
                "@type": "Article",
                "url": address,
                "headline": self._said(content["title"]),
                "datePublished": day(content.get("published")),
                "inLanguage": content["language"],
                "publisher": self.house.as_dict(),
            }
        )

    @cached_property
    def _sources(self) -> dict[int, Mapping[str, Any]]:
        found = shown(self.document["content"].get("sources")) or ()
        return {
            source["number"]: source
            for source in found
            if shown(source) is not None and source.get("key") not in self.closed
        }

    @cached_property
    def _publishers(self) -> frozenset[str]:
        named_ones = (shown(source.get("publisher")) for source in self._sources.values())
        return frozenset(name for name in named_ones if isinstance(name, str))

    def _citations(self, claim: Mapping[str, Any]) -> list[Node]:
        """The sources the evidence names, each once; what is withheld or withdrawn is left out."""
        found: dict[int, Node] = {}
        for item in shown(claim.get("evidence")) or ():
            if shown(item) is None or item.get("withdrawn"):
                continue
            number = shown(item.get("source"))
            node = _work(self._sources[number]) if number in self._sources else None
            if node is not None:
                found.setdefault(number, node)
        return list(found.values())

    def _identifiers(self, claim: Mapping[str, Any]) -> list[Node]:
        """By what the review is found again in the appendix and in its proofs."""
        integrity = self.document.get("integrity") or {}
        roots = {one["number"]: one["root"] for one in integrity.get("claims", ())}
        values = {
            "claim": f"{self.article}/{anchor(claim['number'])}",
            "appendix": str(self.document["issue"]["number"]),
            "appendix-root-sha256": self._root,
            "claim-root-sha256": roots.get(claim["number"]),
            "signed-content-sha256": shown(claim.get("content_sha256")),
        }
        return [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in values.items()
            if value
        ]

    @cached_property
    def _root(self) -> str | None:
        values = (self.document.get("integrity") or {}).get("act", {}).get("values", {})
        return json.loads(values["n.root"]["value"]) if "n.root" in values else None

    def _said(self, words: Any, between: str = " / ") -> str | None:
        """Words in the languages of the issue, else in any there is."""
        open_words = shown(words)
        if not open_words or isinstance(open_words, str):
            return open_words or None
        own = [open_words[tongue] for tongue in self.tongues if open_words.get(tongue)]
        return between.join(dict.fromkeys(own)) or next(iter(open_words.values()), None)


def _named(status: str, tongues: tuple[str, ...]) -> dict[str, str]:
    """The word for a status in each language."""
    found = {}
    for tongue in tongues:
        with force_locale(tongue):
            found[tongue] = str(LABELS["VerificationStatus", status])
    return found


def shown(value: Any) -> Any:
    """Return a value of a document, or None where only its commitment stands."""
    return None if isinstance(value, Mapping) and "withheld" in value else value


def is_published(claim: Mapping[str, Any]) -> bool:
    """Tell whether a claim is reviewed in public: signed, with a finding, and none of it hidden."""
    if shown(claim) is None or shown(claim.get("statement")) is None:
        return False
    status = shown(claim.get("status"))
    found = status is not None and status != VerificationStatus.UNCHECKED
    return found and claim.get("stage") == Stage.SIGNED_OFF and signed_at(claim) is not None


def signed_at(claim: Mapping[str, Any]) -> str | None:
    """When the last signature that stands was given; ISO 8601."""
    times = [
        row["at"]
        for row in shown(claim.get("sign_offs")) or ()
        if shown(row) is not None
        and row.get("decision") == SignOffDecision.SIGNED
        and not row.get("void")
        and isinstance(row.get("at"), str)
    ]
    return max(times, default=None)


def day(text: Any) -> str | None:
    """Return a date that both EDTF and ISO 8601 know, or None for any other."""
    return text if isinstance(text, str) and DAY.fullmatch(text) else None


def _work(source: Mapping[str, Any]) -> Node | None:
    """A source as a work that is cited; None where nothing of it may be named."""
    title, address = shown(source.get("title")), shown(source.get("url"))
    if not isinstance(address, str) or not LINK.fullmatch(address):
        address = None
    if not title and not address:
        return None
    publisher = shown(source.get("publisher"))
    return _known(
        {
            "@type": "CreativeWork",
            "name": title,
            "url": address,
            "publisher": publisher and {"@type": "Organization", "name": publisher},
            "datePublished": day(source.get("issued")),
            "inLanguage": shown(source.get("language")),
        }
    )


def _known(node: Node) -> Node:
    """A node without the fields nothing is known of."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
