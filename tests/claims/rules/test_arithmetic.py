"""Arithmetic inside a claim: wrong results hit, honest rounding does not."""

import pytest

from claims.figures import ChangeKind
from claims.models import Claim
from claims.policy import current_policy
from claims.rules.arithmetic import arithmetic
from claims.vocabulary import RelationKind, Severity
from tests.claims.rules.stated import change, claim, figure, from_to, related

PERCENT, POINTS = ChangeKind.PERCENT, ChangeKind.PERCENTAGE_POINTS
TIMES, ABSOLUTE = ChangeKind.TIMES, ChangeKind.ABSOLUTE


def codes(found: Claim) -> list[str]:
    return [hit.code for hit in arithmetic(found, current_policy())]


@pytest.mark.parametrize(
    ("start", "end", "stated", "kind", "expected"),
    [
        ("200亿元", "250亿元", "25%", PERCENT, []),
        ("200亿元", "250亿元", "20%", PERCENT, ["arithmetic"]),
        ("200亿元", "25000000000元", "25%", PERCENT, []),
        ("15%", "18%", "20%", PERCENT, []),
        ("15.0%", "18.0%", "25%", PERCENT, ["arithmetic"]),
        ("15%", "18%", "3个百分点", POINTS, []),
        ("15%", "18%", "5个百分点", POINTS, ["arithmetic"]),
        ("18%", "15%", "3个百分点", POINTS, []),
        ("40亿元", "100亿元", "1.5倍", TIMES, []),
        ("40亿元", "100亿元", "2.5倍", TIMES, []),
        ("40亿元", "100亿元", "3.5倍", TIMES, ["arithmetic"]),
        ("3km", "5000m", "2km", ABSOLUTE, []),
        ("3km", "5000m", "7km", ABSOLUTE, ["arithmetic"]),
        ("40亿元", "超过100亿元", "80%", PERCENT, ["arithmetic"]),
        ("40亿元", "超过100亿元", "200%", PERCENT, []),
        ("40亿元", "5公里", "80%", PERCENT, []),
    ],
)
def test_a_stated_change_must_follow_from_its_ends(
    start: str, end: str, stated: str, kind: ChangeKind, expected: list[str]
) -> None:
    assert codes(from_to(start, end, change(stated, kind))) == expected


def test_the_sentence_names_what_is_printed_and_what_follows() -> None:
    wrong = from_to("200亿元", "250亿元", change("20%", PERCENT))
    (hit,) = arithmetic(wrong, current_policy())

    assert hit.figure == 3
    assert hit.severity is Severity.MANDATORY
    assert "“20%”" in hit.message["zh"]
    assert "20%" in hit.message["en"]


def test_a_share_must_be_the_part_over_the_whole() -> None:
    part, whole, share = figure("111.1亿元", 1), figure("300.9亿元", 2), figure("43%", 3)
    found = claim(part, whole, share)
    related(found, RelationKind.PART_OF, part, whole)
    related(found, RelationKind.SHARE_OF, share, whole)

    assert codes(found) == ["arithmetic"]


def test_a_share_that_fits_raises_nothing() -> None:
    part, whole, share = figure("111.1亿元", 1), figure("300.9亿元", 2), figure("36.9%", 3)
    found = claim(part, whole, share)
    related(found, RelationKind.PART_OF, part, whole)
    related(found, RelationKind.SHARE_OF, share, whole)

    assert codes(found) == []


@pytest.mark.parametrize(
    ("parts", "whole", "expected"),
    [
        (("12人", "9人"), "20人", ["parts_exceed_whole"]),
        (("12人", "8人"), "20人", []),
        (("12人", "至少9人"), "20人", ["parts_exceed_whole"]),
        (("12人", "近10人"), "21人", []),
    ],
)
def test_parts_are_not_more_than_their_whole(
    parts: tuple[str, str], whole: str, expected: list[str]
) -> None:
    total = figure(whole, 9)
    pieces = [figure(text, number) for number, text in enumerate(parts, start=1)]
    found = claim(total, *pieces)
    for piece in pieces:
        related(found, RelationKind.PART_OF, piece, total)

    assert codes(found) == expected


def test_shares_of_one_whole_do_not_exceed_a_hundred_per_cent() -> None:
    total = figure("300亿元", 1)
    shares = [figure(text, number) for number, text in ((2, "60%"), (3, "30%"), (4, "15%"))]
    found = claim(total, *shares)
    for share in shares:
        related(found, RelationKind.SHARE_OF, share, total)

    assert codes(found) == ["parts_exceed_whole"]
