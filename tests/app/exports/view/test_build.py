"""The view puts a document into words once: in its own languages, and nothing that is withheld."""

from dataclasses import fields

import pytest

from app.exports.view import Hidden, Said, flat
from app.exports.view.headings import HEADINGS, Headings
from tests.app.exports.a_paper import a_content, a_document, a_paper
from tests.app.exports.claims_of_a_paper import a_claim
from tests.app.exports.printing import viewed


def test_a_view_speaks_the_languages_of_its_document_whoever_asks() -> None:
    for asked in ("zh", "en"):
        view = viewed(a_paper("both"), asked)
        claim = view.claims[1]
        assert claim.badges[0].words == ("证据冲突", "Conflicting evidence")
        assert claim.evidence[0].locator == ("第 37 页", "Page 37")
        assert claim.evidence[1].remarks == (("背景信息：不署名", "On background: not by name"),)
        assert claim.contests[0].title == (
            "争议 1 · 定义或口径 · 未结 · 针对 F1 · 阻止签发 · 期限 2026-12-01",
            "Contest 1 · Definition or scope · open · about F1 · blocks sign-off · due 2026-12-01",
        )
        assert viewed(a_paper("en"), asked).claims[1].badges[0].words == ("Conflicting evidence",)


def test_people_have_the_names_of_the_issue_and_times_are_utc() -> None:
    claim = viewed(a_paper("en")).claims[1]
    assert claim.sign_offs[0].by == Said("张敏")
    assert claim.sign_offs[0].at == Said("2026-11-20 08:30 UTC")
    assert claim.sign_offs[0].void == ("void: it no longer stands under the content",)
    assert claim.contests[1].settled == ("Settled by 李薇, 2026-11-20 08:30 UTC",)


def test_a_profile_that_names_nobody_tells_people_apart_by_their_numbers() -> None:
    view = viewed(a_paper("en", "public"))
    assert view.claims[1].sign_offs[0].by == ("newsroom, person 2",)
    assert "李薇" not in repr(view.facts)
    marked = flat(view.people[0].named, view.tongues)
    assert marked.startswith("newsroom, person 1 [withheld ")


def test_a_withheld_value_is_a_mark_with_the_beginning_of_its_commitment() -> None:
    wording = viewed(a_paper("both", "public")).claims[1].wording
    assert isinstance(wording, Hidden)
    assert wording.mark == (
        f"〔不公开 {wording.commitment[:8]}〕",
        f"[withheld {wording.commitment[:8]}]",
    )


def test_a_claim_that_was_dropped_keeps_its_number_and_nothing_else() -> None:
    dropped = a_document(a_content([a_claim(1, stage="dropped")]), "en", "public")
    claim = viewed(dropped).claims[0]
    assert (claim.number, claim.badges[1].words) == ("C-01", ("Dropped",))
    assert isinstance(claim.statement, Hidden)
    assert (claim.evidence, claim.figures) == ((), ())
    assert [gap.name for gap in claim.gaps] == [("Figures",), ("Evidence",), ("Sign-offs",)]


@pytest.mark.parametrize(("place", "number"), [(0, "C-01"), (-1, "C-04"), (2, "C-03")])
def test_claims_are_made_when_they_are_asked_for(place: int, number: str) -> None:
    claims = viewed(a_paper("en", claims=4)).claims
    assert len(claims) == 4
    assert claims[place].number == number
    assert [one.number for one in claims[1:3]] == ["C-02", "C-03"]


def test_changes_name_the_claims_that_differ() -> None:
    changes = viewed(a_paper("en")).changes
    assert changes.sentences == (
        ("This appendix replaces No. 2.",),
        ("Changed: C-01.",),
        ("Added: C-02.",),
        ("No longer included: C-09.",),
    )
    assert changes.claims == (("C-01", "c1"), ("C-02", "c2"))


def test_a_preview_has_no_number_and_nothing_that_binds_it() -> None:
    preview = viewed(a_document(a_content([a_claim()]), "en", number=0))
    assert preview.kicker == ("Verification appendix · preview",)
    assert preview.integrity is None
    assert ("Issued",) not in [fact.name for fact in preview.facts]


def test_an_article_without_claims_says_so() -> None:
    empty = viewed(a_document(a_content([], sources=[], people=[], sign_offs=[]), "en"))
    assert empty.summary.sentences == (("The article holds no claim.",),)
    assert (len(empty.claims), len(empty.sources)) == (0, 0)


def test_every_heading_has_its_words() -> None:
    assert list(HEADINGS) == [field.name for field in fields(Headings)]
