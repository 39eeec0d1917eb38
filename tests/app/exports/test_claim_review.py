"""A ClaimReview says what the appendix says, in fields that exist, and nothing that is withheld."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports.claim_review import SCALE, Reviews, is_published
from app.newsroom import Newsroom
from claims.status import VerificationStatus
from tests.app.exports.an_issue import (
    HIDDEN,
    SIGNED,
    Document,
    a_citation,
    a_claim,
    a_document,
    a_source,
    an_item,
    reasoned,
)
from tests.app.exports.schema_org import faults, lacking

HOUSE = Newsroom(
    name="The Gazette",
    url="https://gazette.example/",
    appendix_url="https://gazette.example/checks/{article}.html",
    logo="https://gazette.example/logo.png",
    article_url="https://gazette.example/{article}",
)


pytestmark = pytest.mark.usefixtures("labels")


def reviews(*claims: Document, house: Newsroom = HOUSE, **facts: Any) -> list[Document]:
    return list(Reviews(a_document(*claims, **facts), house).nodes())


def review(claim: Document, house: Newsroom = HOUSE, **facts: Any) -> Document:
    [found] = reviews(claim, house=house, **facts)
    return found


def test_a_signed_claim_has_what_the_guidelines_ask_for() -> None:
    found = review(a_claim())
    assert list(faults(found, {"ClaimReview"})) == []
    assert lacking(found) == set()
    assert found["claimReviewed"] == "The share was 5 %."
    assert found["url"] == found["@id"] == "https://gazette.example/checks/ten-years.html#c4"
    assert found["author"]["name"] == "The Gazette"
    assert found["datePublished"] == "2026-11-20T08:00:00+00:00"
    assert found["itemReviewed"]["text"] == "份额为 5%"
    assert found["itemReviewed"]["firstAppearance"]["url"] == "https://gazette.example/ten-years"
    assert found["reviewRating"]["ratingExplanation"] == "The annual report says so."
    assert [work["name"] for work in found["citation"]] == ["Annual report 2024"]
    assert {row["propertyID"]: row["value"] for row in found["identifier"]} == {
        "claim": "ten-years/C-04",
        "appendix": "3",
        "appendix-root-sha256": "0" * 64,
        "claim-root-sha256": "1" * 64,
        "signed-content-sha256": "cd" * 32,
    }


@pytest.mark.parametrize(
    ("language", "rating", "tag"),
    [
        ("zh", "属实", "zh-Hans"),
        ("en", "Supported", "en"),
        ("both", "属实 / Supported", ["zh-Hans", "en"]),
    ],
)
def test_a_review_is_in_the_languages_of_the_issue(language: str, rating: str, tag: Any) -> None:
    found = review(a_claim(), language=language)
    assert found["reviewRating"]["alternateName"] == rating
    assert found["inLanguage"] == tag
    assert ("份额" in found["claimReviewed"]) == (language != "en")


@pytest.mark.parametrize("status", VerificationStatus)
def test_only_a_degree_of_truth_is_a_number_and_what_is_unchecked_is_no_review(
    status: VerificationStatus,
) -> None:
    found = reviews(a_claim(status=status))
    if status is VerificationStatus.UNCHECKED:
        assert found == []
        return
    rating = found[0]["reviewRating"]
    assert rating.get("ratingValue") == SCALE.get(status)
    assert ("bestRating" in rating) == ("worstRating" in rating) == (status in SCALE)
    assert lacking(found[0]) == set()


@pytest.mark.parametrize(
    "facts",
    [
        {"stage": "submitted"},
        {"sign_offs": []},
        {"sign_offs": [{**SIGNED, "at": "2026-11-20T08:00:00+00:00", "void": True}]},
        {"sign_offs": [{**SIGNED, "at": "2026-11-20T08:00:00+00:00", "decision": "returned"}]},
        {"sign_offs": [HIDDEN]},
        {"status": HIDDEN},
        {"statement": HIDDEN},
    ],
)
def test_what_nobody_signed_or_nobody_may_see_is_no_review(facts: Document) -> None:
    assert not is_published(a_claim(**facts))
    assert reviews(a_claim(5, **facts), HIDDEN, a_claim()) == reviews(a_claim())


def test_what_is_withheld_is_left_out() -> None:
    names = ("assessment", "quote", "citations", "evidence", "content_sha256")
    hidden: dict[str, Any] = dict.fromkeys(names, HIDDEN)
    found = review(a_claim(**hidden))
    assert "withheld" not in json.dumps(found)
    assert HIDDEN["withheld"] not in json.dumps(found)
    assert lacking(found) == set()
    assert "citation" not in found


def test_an_open_dispute_is_not_kept_back() -> None:
    settled, still_open = {"number": 1, "outcome": "rejected"}, {"number": 2, "outcome": None}
    assert "description" not in review(a_claim(contests=[settled]))
    found = review(a_claim(contests=[settled, still_open]), language="both")
    assert found["description"].startswith("对这条论断有未决的争议")
    assert found["description"].endswith("gives both sides.")


def test_a_source_is_cited_once_and_only_where_it_may_be_named() -> None:
    evidence = [an_item(number) for number in (1, 2, 3, 4, 9, 1)]
    evidence += [an_item(5, withdrawn={"by": 1, "reason": "wrong"}), an_item(5, terms="background")]
    hidden: dict[str, Any] = dict.fromkeys(("title", "url"), HIDDEN)
    sources = [
        a_source(1),
        a_source(2) | {"identity": HIDDEN},
        a_source(3, title=None, url="javascript:alert(1)"),
        a_source(4, title="Handbook", url="file:///etc/passwd", issued="2024~", publisher=None),
        a_source(5, title="Not cited"),
        a_source(9, **hidden),
    ]
    document = a_document(a_claim(evidence=[*evidence, HIDDEN]), sources=sources)
    [found] = Reviews(document, HOUSE).nodes()
    assert [work["name"] for work in found["citation"]] == ["Annual report 2024", "Handbook"]
    assert found["citation"][1].keys() == {"@type", "name", "inLanguage"}
    [found] = Reviews(document, HOUSE, frozenset({"report-1"})).nodes()
    assert [work["name"] for work in found["citation"]] == ["Handbook"]


def test_who_said_it_and_where_first_is_told_where_the_article_names_it() -> None:
    vague = a_citation({"zh": "市场上的消息", "en": "word in the market"})
    named = a_citation({"zh": "年报", "en": "the annual report"}, source=1)
    claim = review(a_claim(citations=[vague, named]))["itemReviewed"]
    assert claim["author"] == {"@type": "Organization", "name": "Example plc"}
    assert claim["creditText"] == "word in the market; the annual report"
    assert claim["firstAppearance"]["url"] == "https://example.org/report"
    assert claim["appearance"][0]["url"] == "https://gazette.example/ten-years"
    claim = review(a_claim(citations=[vague, a_citation(HIDDEN, source=HIDDEN)]))["itemReviewed"]
    assert not claim.keys() & {"author", "firstAppearance"}
    claim = review(a_claim())["itemReviewed"]
    assert claim["firstAppearance"]["headline"] == "Ten years"
    assert not claim.keys() & {"author", "creditText"}


def test_the_address_of_a_review_is_the_newsrooms_own_and_outlives_its_issue() -> None:
    own = Newsroom("G", "https://g.example", "https://g.example/{article}/check-{claim}")
    first, second = (review(a_claim(), own, number=number) for number in (3, 4))
    assert first["url"] == second["url"] == "https://g.example/ten-years/check-4"
    assert first["@id"] == second["@id"]
    assert "appearance" not in first["itemReviewed"]
    assert "url" not in first["itemReviewed"]["firstAppearance"]
    assert own.review("十年/1?", 4) == "https://g.example/%E5%8D%81%E5%B9%B4%2F1%3F/check-4"


WORDS = st.dictionaries(st.sampled_from(["zh", "en"]), st.text(min_size=1), min_size=1)
MAYBE = st.one_of(st.none(), st.just(HIDDEN), WORDS)
CLAIMS = st.fixed_dictionaries(
    {
        "status": st.sampled_from([*map(str, VerificationStatus)]),
        "stage": st.sampled_from(["checking", "signed_off", "dropped"]),
        "statement": WORDS,
        "assessment": st.one_of(st.none(), st.just(HIDDEN), MAYBE.map(reasoned)),
        "quote": st.one_of(st.none(), st.just(HIDDEN), st.text()),
        "citations": st.one_of(
            st.just(HIDDEN),
            st.lists(
                st.builds(a_citation, MAYBE, st.one_of(st.none(), st.just(HIDDEN), st.just(1)))
            ),
        ),
    }
)
SOURCES = st.fixed_dictionaries(
    {
        "title": st.one_of(st.none(), st.just(HIDDEN), st.text()),
        "url": st.one_of(st.none(), st.just(HIDDEN), st.text().map("https://a.example/".__add__)),
        "issued": st.one_of(st.none(), st.text(), st.just("2024-10")),
        "publisher": st.one_of(st.none(), st.just(HIDDEN), st.text()),
    }
)


@settings(max_examples=40)
@given(
    claims=st.lists(CLAIMS, max_size=3),
    source=SOURCES,
    language=st.sampled_from(["zh", "en", "both"]),
)
def test_whatever_an_appendix_holds_its_reviews_know_only_schema_org(
    claims: list[Document], source: Document, language: str
) -> None:
    made = [a_claim(number, **facts) for number, facts in enumerate(claims, start=1)]
    document = a_document(*made, sources=[a_source(**source)], language=language)
    found = list(Reviews(document, HOUSE).nodes())
    assert len(found) == sum(map(is_published, made))
    for one in found:
        assert list(faults(one, {"ClaimReview"})) == []
        assert lacking(one) == set()
        assert HIDDEN["withheld"] not in json.dumps(one)
