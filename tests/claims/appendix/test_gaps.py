"""What is missing in an appendix is listed by kind, the gravest first, with the claims' numbers."""

from typing import Any

from claims.appendix.gaps import Gap, gaps

ITEM = {"withdrawn": None, "source": 1, "snapshot": {"sha256": "a"}}
SUMMARY = {"numbers_total": 9, "numbers_accounted": 7}


def a_claim(number: int, **changed: Any) -> dict[str, Any]:
    """A claim that lacks nothing."""
    return {
        "number": number,
        "status": "supported",
        "stage": "signed_off",
        "sign_offs": [{"void": False}],
        "contests": [{"outcome": "rejected"}],
        "origins": {"origins": 2, "primary": 0},
        "evidence": [ITEM],
        **changed,
    }


def test_a_claim_that_lacks_nothing_is_not_named() -> None:
    found = gaps({**SUMMARY, "numbers_accounted": 9}, [a_claim(1)])
    assert not found
    assert (found.claims, found.numbers) == ({}, 0)


def test_each_gap_names_its_claims_the_gravest_first() -> None:
    taken_back = {**ITEM, "withdrawn": {"by": 1, "reason": "wrong page"}}
    claims = [
        a_claim(9, evidence=[taken_back]),
        a_claim(8, evidence=[{**ITEM, "snapshot": None}]),
        a_claim(7, origins={"origins": 1, "primary": 0}),
        a_claim(6, contests=[{"outcome": None}]),
        a_claim(5, stage="checking", sign_offs=[{"void": True}]),
        a_claim(4, stage="submitted", sign_offs=[]),
        a_claim(3, stage="open", status="unchecked", sign_offs=[]),
        a_claim(2, evidence=[{**ITEM, "source": None, "snapshot": None}]),
        a_claim(1, origins={"origins": 1, "primary": 1}),
    ]
    found = gaps(SUMMARY, claims)
    assert list(found.claims.items()) == [
        (Gap.UNCHECKED, [3]),
        (Gap.UNSIGNED, [3, 4]),
        (Gap.VOID, [5]),
        (Gap.CONTESTED, [6]),
        (Gap.SINGLE_ORIGIN, [7]),
        (Gap.NO_SNAPSHOT, [8]),
        (Gap.NO_EVIDENCE, [9]),
    ]
    assert found.numbers == 2


def test_a_claim_that_no_longer_stands_in_the_article_lacks_nothing() -> None:
    dropped = a_claim(1, stage="dropped", status="unchecked", evidence=[])
    assert gaps({**SUMMARY, "numbers_accounted": 9}, [dropped]).claims == {}
