"""What a statement leaves out, and what it claims too much of."""

import pytest

from claims.figures import Role
from claims.models import Citation
from claims.rules.statement import statement
from claims.vocabulary import Severity
from tests.claims.rules.stated import claim, figure


def codes(said: str, language: str = "zh-Hans") -> set[str]:
    return {hit.code for hit in statement(claim(said=said, language=language))}


def test_a_material_figure_without_period_or_unit_is_named() -> None:
    found = claim(figure("18", 1, period=None, unit=None), said="据年报，份额为18")

    assert {hit.code for hit in statement(found)} == {"missing_period", "missing_unit"}


def test_a_rank_needs_no_unit_and_what_is_not_material_needs_nothing() -> None:
    rank = figure("4", 1, role=Role.RANK, unit=None)
    aside = figure("18", 2, period=None, unit=None, material=False)

    assert list(statement(claim(rank, aside, said="据年报，排名第4"))) == []


@pytest.mark.parametrize(
    ("said", "language", "code"),
    [
        ("据统计局数据，产量创历史新高", "zh-Hans", "superlative"),
        ("公司表示这是全球首家", "zh-Hans", "superlative"),
        ("The company said it was the largest in Europe", "en", "superlative"),
        ("据介绍，十年前份额只有5%", "zh-Hans", "relative_date"),
        ("The agency said output fell last year", "en", "relative_date"),
        ("份额达到5%", "zh-Hans", "unattributed"),
        ("The share reached 5%", "en", "unattributed"),
    ],
)
def test_wording_is_noticed(said: str, language: str, code: str) -> None:
    assert codes(said, language) == {code}


def test_the_sentence_quotes_the_word_that_hit() -> None:
    (hit,) = [hit for hit in statement(claim(said="据称是史上最大")) if hit.code == "superlative"]

    assert "“史上”" in hit.message["zh"]
    assert hit.severity is Severity.MANDATORY


def test_a_citation_is_an_attribution_whatever_the_words_are() -> None:
    cited = claim(said="份额达到5%", citations=[Citation(attribution={"zh": "年报"})])

    assert list(statement(cited)) == []
