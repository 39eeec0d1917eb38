"""A signed claim as a ClaimReview of schema.org, for search engines, aggregators and archives.

It says nothing that the appendix it is taken from does not show: what that withholds is left out.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.exports.view.text import TAGS
from app.exports.view.wording import Wording
from app.labels import LABELS
from app.newsroom import Newsroom
from claims.appendix.document import Document
from claims.said import SILENT, UNNAMED
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
DISPUTED = {
    "zh": "对这条论断有未决的争议，双方的说法都在核查附录里。",
    "en": "This claim is in dispute; the appendix gives both sides.",
}


@dataclass(frozen=True)
class Reviews:
    """The reviews of an issued appendix, from its document (``claim-desk/appendix/3``).

    ``closed`` are the keys of sources that became confidential after the issue: it named them, and
    nobody is told of them again.
    """

    document: Document
    house: Newsroom
    closed: frozenset[str] = frozenset()

    @cached_property
    def tongues(self) -> tuple[str, ...]:
        """The languages of the issue."""
        language = self.document.issue.language
        return tuple(TAGS) if language == "both" else (language,)

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.tongues)

    @property
    def article(self) -> str:
        """The key of the article."""
        return str(self.document.head["article"]["key"])

    @property
    def issued_at(self) -> str:
        """When the appendix was issued; ISO 8601."""
        return self.document.issue.issued_at

    @property
    def claims(self) -> Iterator[Mapping[str, Any]]:
        """The claims a review is published of, in the order of the article."""
        return filter(is_published, self.document.claims)

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
                "description": self._said(DISPUTED) if is_disputed(claim) else None,
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
                "alternateName": self._said(self._named(status)),
                "ratingExplanation": self._said(_reasoning(claim), "\n\n"),
                "ratingValue": value,
                "bestRating": value and BEST,
                "worstRating": value and WORST,
            }
        )

    def _named(self, status: str) -> dict[str, str]:
        """The word for a status in each language of the issue."""
        words = self._wording.text(LABELS["VerificationStatus", status])
        return dict(zip(self.tongues, words, strict=True))

    def _claim(self, claim: Mapping[str, Any]) -> Node:
        """What is reviewed. Who said it, and where first, is told where the article names that."""
        cited = [row for row in shown(claim.get("citations")) or () if shown(row) is not None]
        works = [work for row in cited if (work := self._works.get(shown(row["source"])))]
        credited = [self._said(row["attribution"]) for row in cited]
        publishers = [work["publisher"] for work in works if "publisher" in work]
        article = self._article
        return _known(
            {
                "@type": "Claim",
                "text": shown(claim.get("quote")) or self._said(claim["statement"]),
                "author": next(iter(publishers), None),
                "creditText": "; ".join(filter(None, credited)),
                "datePublished": article.get("datePublished"),
                "appearance": [article] if "url" in article else [],
                "firstAppearance": self._first(works) if cited else article,
            }
        )

    @staticmethod
    def _first(works: list[Node]) -> Node | None:
        """Where a claim stood before it stood in the article, as far as the article says."""
        return next((work for work in works if "url" in work), None)

    @cached_property
    def _article(self) -> Node:
        """The article the claims stand in."""
        article = self.document.head["article"]
        return _known(
            {
                "@type": "Article",
                "url": self.house.article(self.article),
                "headline": self._said(article["title"]),
                "datePublished": day(article.get("published")),
                "inLanguage": article["language"],
                "publisher": self.house.as_dict(),
            }
        )

    @cached_property
    def _works(self) -> dict[int, Node]:
        """The sources that may be named, by their number."""
        rows = shown(self.document.head["sources"]) or ()
        works = {row["number"]: self._work(row) for row in rows if shown(row) is not None}
        return {number: work for number, work in works.items() if work}

    def _work(self, source: Mapping[str, Any]) -> Node:
        """A source as a work that is cited; nothing where none of it may be named."""
        identity = shown(source.get("identity"))
        if source.get("confidential") or identity is None or identity.get("key") in self.closed:
            return {}
        open_fields = {name: shown(value) for name, value in identity.items()}
        address = open_fields.get("url") or ""
        work = {
            "name": open_fields.get("title"),
            "url": address if LINK.fullmatch(address) else None,
        }
        if not any(work.values()):
            return {}
        publisher = open_fields.get("publisher")
        return _known(
            {
                "@type": "CreativeWork",
                **work,
                "publisher": publisher and {"@type": "Organization", "name": publisher},
                "datePublished": day(open_fields.get("issued")),
                "inLanguage": open_fields.get("language"),
            }
        )

    def _citations(self, claim: Mapping[str, Any]) -> list[Node]:
        """The sources of the evidence, each once; what was taken back or told in trust is none."""
        found: dict[int, Node] = {}
        for item in shown(claim.get("evidence")) or ():
            open_item = shown(item) is not None and not item.get("withdrawn")
            number = shown(item.get("source"))
            if open_item and item.get("terms") not in UNNAMED | SILENT and number in self._works:
                found[number] = self._works[number]
        return list(found.values())

    def _identifiers(self, claim: Mapping[str, Any]) -> list[Node]:
        """By what the review is found again in the appendix and in its proofs."""
        values = {
            "claim": f"{self.article}/C-{claim['number']:02d}",
            "appendix": str(self.document.issue.number),
            "appendix-root-sha256": self._root,
            "claim-root-sha256": self._roots.get(claim["number"]),
            "signed-content-sha256": shown(claim.get("content_sha256")),
        }
        return [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in values.items()
            if value
        ]

    @cached_property
    def _roots(self) -> dict[int, str]:
        proven = self.document.integrity
        return {one["number"]: one["root"] for one in proven.claims} if proven else {}

    @cached_property
    def _root(self) -> str | None:
        proven = self.document.integrity
        return json.loads(proven.act["values"]["n.root"]["value"]) if proven else None

    def _said(self, words: Any, between: str = " / ") -> str | None:
        """Words in the languages of the issue, else in any there is."""
        open_words = shown(words)
        if not open_words or isinstance(open_words, str):
            return open_words or None
        own = [open_words[tongue] for tongue in self.tongues if open_words.get(tongue)]
        return between.join(dict.fromkeys(own)) or next(iter(open_words.values()), None)


def shown(value: Any) -> Any:
    """Return a value of a document, or None where only its commitment stands."""
    return None if isinstance(value, Mapping) and "withheld" in value else value


class LeftOut(StrEnum):
    """Why a claim of a public appendix is no review."""

    WITHHELD = "withheld"
    UNCHECKED = "unchecked"
    UNSIGNED = "unsigned"


def left_out(claim: Mapping[str, Any]) -> LeftOut | None:
    """Tell why a claim is not reviewed in public; None where it is."""
    open_claim = shown(claim) is not None and shown(claim.get("statement")) is not None
    status = shown(claim.get("status")) if open_claim else None
    if status is None:
        return LeftOut.WITHHELD
    if claim.get("stage") != Stage.SIGNED_OFF or signed_at(claim) is None:
        return LeftOut.UNSIGNED
    return LeftOut.UNCHECKED if status == VerificationStatus.UNCHECKED else None


def is_published(claim: Mapping[str, Any]) -> bool:
    """Tell whether a claim is reviewed in public: signed, with a finding, and none of it hidden."""
    return left_out(claim) is None


def is_disputed(claim: Mapping[str, Any]) -> bool:
    """Tell whether a dispute about a claim is open."""
    contests = shown(claim.get("contests")) or ()
    return any(shown(row) is not None and row.get("outcome") is None for row in contests)


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


def _reasoning(claim: Mapping[str, Any]) -> Any:
    assessment = shown(claim.get("assessment"))
    return assessment and assessment.get("reasoning")


def _known(node: Node) -> Node:
    """A node without the fields nothing is known of."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
