"""Two appendices differ where their reader sees something else, and nowhere else."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claims.appendix.differences import Marks, differences, marks

WITHHELD = {"withheld": "a" * 64}


def a_head(**changed: Any) -> dict[str, Any]:
    return {
        "article": {"key": "chips", "title": {"zh": "芯片"}},
        "version": {"number": 1},
        "sources": [a_source(1, "wire"), a_source(2, "filing")],
        "people": [a_person(1, "li.wei"), a_person(2, "zhang.min")],
        "sign_offs": [],
        "method": {"paragraphs": []},
        "policy_version": "2026.3",
        "schema_revision": "0025",
        "summary": {"claims": 2},
        **changed,
    }


def a_source(number: int, key: str, **changed: Any) -> dict[str, Any]:
    return {"number": number, "used_by": [number], "derived_from": None, "key": key, **changed}


def a_person(number: int, name: str) -> dict[str, Any]:
    return {"number": number, "acts": ["assessed"], "name": {"account": name}}


def a_claim(number: int, source: int = 1, by: int = 1, **changed: Any) -> dict[str, Any]:
    evidence = [{"number": 1, "source": source, "by": by, "passage": {"quote": "5%"}}]
    return {"number": number, "statement": {"zh": "份额为 5%"}, "evidence": evidence, **changed}


CLAIMS = [a_claim(4), a_claim(11, source=2, by=2)]
BEFORE = marks(a_head(), CLAIMS)


def told(after: Marks) -> tuple[list[int], list[int], list[int], list[str]]:
    found = differences(BEFORE, after)
    return found.changed, found.added, found.removed, found.elsewhere


def test_the_same_content_does_not_differ() -> None:
    assert not differences(BEFORE, marks(a_head(), CLAIMS))


def test_claims_that_changed_came_and_went_are_named() -> None:
    reworded = a_claim(4, statement={"zh": "份额为 6%"})
    assert told(marks(a_head(), [reworded, a_claim(12)])) == ([4], [12], [11], [])


def test_numbers_that_shift_because_a_list_grew_are_no_difference() -> None:
    sources = [a_source(1, "agency"), a_source(2, "wire"), a_source(3, "filing")]
    people = [a_person(1, "wu.yi"), a_person(2, "li.wei"), a_person(3, "zhang.min")]
    claims = [a_claim(4, source=2, by=2), a_claim(11, source=3, by=3)]
    after = marks(a_head(sources=sources, people=people), claims)
    assert told(after) == ([], [], [], ["sources"])


def test_a_source_that_became_another_changes_the_claims_that_rest_on_it() -> None:
    sources = [a_source(1, "wire"), a_source(2, "filing", tier="primary")]
    assert told(marks(a_head(sources=sources), CLAIMS)) == ([11], [], [], ["sources"])


def test_a_commitment_is_another_in_every_issue_and_no_difference() -> None:
    hidden = [a_claim(4, note=WITHHELD), CLAIMS[1]]
    other = [a_claim(4, note={"withheld": "b" * 64}), CLAIMS[1]]
    assert not differences(marks(a_head(), hidden), marks(a_head(), other))
    assert told(marks(a_head(), hidden))[0] == [4]


def test_what_differs_beside_the_claims_is_named_by_its_field() -> None:
    head = a_head(article={"key": "chips", "title": {"zh": "另一题"}}, summary={"claims": 3})
    assert told(marks(head, CLAIMS)) == ([], [], [], ["article"])
    a_model = {"text": "A320", "start": 9, "reason": "designation", "note": None, "by": 2}
    assert told(marks(a_head(set_aside=[a_model]), CLAIMS)) == ([], [], [], ["set_aside"])


@given(st.sets(st.integers(1, 20)), st.sets(st.integers(1, 20)), st.sets(st.integers(1, 20)))
def test_every_claim_is_same_changed_added_or_removed(
    before: set[int], after: set[int], reworded: set[int]
) -> None:
    said = {number: "new" if number in reworded else "old" for number in after}
    found = differences(
        marks(a_head(), [a_claim(number, said="old") for number in before]),
        marks(a_head(), [a_claim(number, said=said[number]) for number in after]),
    )
    assert found.changed == sorted(before & after & reworded)
    assert found.added == sorted(after - before)
    assert found.removed == sorted(before - after)
